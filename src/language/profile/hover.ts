import type { Hover } from "vscode-languageserver-types";
import type { ProfileDocument } from "../../profile/document.ts";
import { locate } from "../../profile/locate.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";

/** What a field means to Palette, on its key or on its value where that is one of a few. */
export function profileHover(lines: Lines, document: ProfileDocument, offset: number): Hover | undefined {
  if (document.foreign) {
    return undefined;
  }
  const place = locate(document.root, offset);
  const { shape, key, node, onKey } = place;
  if (shape === undefined || key === undefined || (!onKey && shape.values === undefined)) {
    return undefined;
  }
  const values = (shape.values ?? []).filter((value) => value !== "").map((value) => `\`${value}\``);
  const choice = values.length === 0 ? "" : `\n\nOne of ${values.join(", ")}.`;
  return {
    contents: { kind: "markdown", value: `**${key.text}**\n\n${shape.doc}${choice}` },
    range: toRange(lines, onKey || node === undefined ? key.span : node.span),
  };
}
