import { type CompletionItem, CompletionItemKind, InsertTextMode } from "vscode-languageserver-types";
import type { FieldShape } from "../../cluster/fields.ts";
import { cursorAt } from "../../profile/cursor.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";
import { requestShape, shapeAt } from "./shape.ts";

/** What may be written in a cluster request of a cloud at an offset, also in half-typed lines. */
export function requestCompletion(lines: Lines, offset: number, cloudType: string): CompletionItem[] {
  const cursor = cursorAt(lines, offset);
  if (cursor === undefined || cursor.inside !== undefined) {
    return [];
  }
  const range = toRange(lines, cursor.typed);
  const shape = shapeAt(requestShape(cloudType), cursor.path);
  const inList = shape?.kind === "list" && shape.fields === undefined;
  if (cursor.kind === "value" || (inList && cursor.path.at(-1) === "[]")) {
    return valuesOf(shape).map((value, i) => ({
      label: value,
      kind: CompletionItemKind.EnumMember,
      sortText: order(i),
      textEdit: { range, newText: value },
    }));
  }
  if (shape?.kind === "list" && cursor.path.at(-1) !== "[]") {
    return [];
  }
  const below = `\n${" ".repeat(cursor.column + 2)}`;
  return Object.entries(shape?.fields ?? {})
    .filter(([name, field]) => field.unused !== true && !cursor.siblings.has(name))
    .map(([name, field], i) => ({
      label: name,
      kind: CompletionItemKind.Property,
      sortText: order(i),
      insertTextMode: InsertTextMode.asIs,
      ...(field.doc === undefined ? {} : { documentation: field.doc }),
      textEdit: { range, newText: `${name}:${behindKey(field, below)}` },
    }));
}

/** What a list shows is in the order that the field has it. */
function order(i: number): string {
  return String(i).padStart(3, "0");
}

function behindKey({ kind }: FieldShape, below: string): string {
  if (kind === "list") {
    return `${below}- `;
  }
  return kind === "object" || kind === "map" ? below : " ";
}

function valuesOf(shape: FieldShape | undefined): readonly string[] {
  return shape?.kind === "boolean" ? ["true", "false"] : (shape?.values ?? shape?.suggestions ?? []);
}
