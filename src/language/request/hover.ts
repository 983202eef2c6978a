import type { Hover } from "vscode-languageserver-types";
import { entriesOf, resolve, type YamlNode } from "../../profile/syntax/nodes.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";
import { escaped } from "../markdown.ts";
import { requestShape, shapeAt } from "./shape.ts";

/** What the field at an offset means, with what may be written there. */
export function requestHover(
  lines: Lines,
  root: YamlNode | undefined,
  offset: number,
  cloudType: string,
): Hover | undefined {
  const found = keyAt(root, offset, []);
  const shape = found && shapeAt(requestShape(cloudType), found.path);
  if (found === undefined || shape?.doc === undefined) {
    return undefined;
  }
  const values = shape.values ?? shape.suggestions;
  const word = shape.values === undefined ? "For example" : "One of";
  const parts = [
    `**${escaped(found.path.at(-1) ?? "")}**`,
    shape.doc,
    ...(values === undefined
      ? []
      : [
          `${word} ${values
            .slice(0, 12)
            .map((value) => `\`${value}\``)
            .join(", ")}${values.length > 12 ? ", …" : ""}.`,
        ]),
    ...(shape.unused === true ? ["Palette has this field; clusters are made without it today."] : []),
  ];
  return {
    contents: { kind: "markdown", value: parts.join("\n\n") },
    range: toRange(lines, found.span),
  };
}

/** The key under the cursor, or the key whose scalar is. */
function keyAt(
  written: YamlNode | undefined,
  offset: number,
  path: readonly string[],
): { readonly path: readonly string[]; readonly span: Span } | undefined {
  const node = resolve(written);
  if (node?.kind === "seq") {
    const item = node.items.find((each) => each !== undefined && holds(each.span, offset));
    return item === undefined ? undefined : keyAt(item, offset, [...path, "[]"]);
  }
  if (node?.kind !== "map") {
    return undefined;
  }
  for (const { name, key, written: value } of entriesOf(node).values()) {
    const here = [...path, name];
    if (holds(key.span, offset)) {
      return { path: here, span: key.span };
    }
    if (value !== undefined && holds(value.span, offset)) {
      return resolve(value)?.kind === "scalar"
        ? { path: here, span: value.span }
        : keyAt(value, offset, here);
    }
  }
  return undefined;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
