import type { ProfileDocument } from "../../profile/document.ts";
import type { Lines } from "../../shared/lines.ts";
import type { Token } from "../file.ts";

/** The names in macros that count: variables, Palette's own, and other layers. */
export function profileTokens(lines: Lines, document: ProfileDocument): Token[] {
  const tokens: Token[] = [];
  for (const text of document.embedded) {
    for (const { kind, span } of text.macros.flatMap(({ refs }) => refs)) {
      const place = text.toSpan(span);
      const { line, character } = lines.positionAt(place.start);
      const length = place.end - place.start;
      if (lines.lineAt(place.end) === line && length > 0) {
        tokens.push({
          line,
          character,
          length,
          type: kind === "var" || kind === "macro" ? "variable" : "property",
        });
      }
    }
  }
  return tokens.sort((a, b) => a.line - b.line || a.character - b.character);
}
