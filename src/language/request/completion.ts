import { type CompletionItem, CompletionItemKind, InsertTextMode } from "vscode-languageserver-types";
import { CLOUDS } from "../../cluster/clouds/index.ts";
import { type FieldShape, REQUEST_SHAPE } from "../../cluster/fields.ts";
import { REQUEST_API_VERSION, REQUEST_KIND } from "../../cluster/model.ts";
import { cursorAt } from "../../profile/cursor.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";

/** What may be written in a cluster request at an offset, also in half-typed lines. */
export function requestCompletion(lines: Lines, offset: number): CompletionItem[] {
  const cursor = cursorAt(lines, offset);
  if (cursor === undefined || cursor.inside !== undefined) {
    return [];
  }
  const range = toRange(lines, cursor.typed);
  let shape: FieldShape | undefined = REQUEST_SHAPE;
  for (const step of cursor.path.filter((each) => each !== "[]")) {
    shape = shape?.fields?.[step];
  }
  if (cursor.kind === "value") {
    return values(cursor.path, shape).map((value) => ({
      label: value,
      kind: CompletionItemKind.EnumMember,
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
      sortText: String(i).padStart(3, "0"),
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: `${name}:${behindKey(field, below)}` },
    }));
}

function behindKey({ kind }: FieldShape, below: string): string {
  if (kind === "list") {
    return `${below}- `;
  }
  return kind === "object" || kind === "map" ? below : " ";
}

function values(path: readonly string[], shape: FieldShape | undefined): readonly string[] {
  if (shape?.kind === "boolean") {
    return ["true", "false"];
  }
  switch (path.join(".")) {
    case "apiVersion":
      return [REQUEST_API_VERSION];
    case "kind":
      return [REQUEST_KIND];
    case "spec.cloudType":
      return CLOUDS.map(({ id }) => id);
    default:
      return [];
  }
}
