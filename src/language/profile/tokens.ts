import type { ProfileDocument } from "../../profile/document.ts";
import type { EmbeddedText } from "../../profile/embedded.ts";
import { type ScalarNode, walk } from "../../profile/syntax/nodes.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";
import type { Token, TokenType } from "../file.ts";

interface Piece extends Span {
  readonly type: TokenType;
}

/**
 * The YAML inside values and manifests, which a grammar sees as one text: keys, texts, numbers and comments, and the
 * names in macros.
 */
export function profileTokens(lines: Lines, document: ProfileDocument): Token[] {
  return document.embedded
    .flatMap((text) => pieces(text).flatMap((piece) => place(lines, text, piece)))
    .sort((a, b) => a.line - b.line || a.character - b.character);
}

/** By what was parsed, which the next version of the profile shares where the text did not change. */
const known = new WeakMap<EmbeddedText["documents"], readonly Piece[]>();

/** In the order of the text, none inside another. */
function pieces(text: EmbeddedText): readonly Piece[] {
  const found = known.get(text.documents) ?? findPieces(text);
  known.set(text.documents, found);
  return found;
}

function findPieces(text: EmbeddedText): Piece[] {
  const scalars: Piece[] = [];
  const keys = new Set<ScalarNode>();
  for (const { root } of text.documents) {
    walk(root, (node) => {
      if (node.kind === "map") {
        for (const { key } of node.pairs) {
          if (key.kind === "scalar") {
            keys.add(key);
          }
        }
      } else if (node.kind === "scalar") {
        scalars.push({ ...node.span, type: keys.has(node) ? "property" : typeOf(node) });
      }
    });
  }
  scalars.sort((a, b) => a.start - b.start);
  const names = text.macros.flatMap(({ refs }) =>
    refs.map(({ span }): Piece => ({ ...span, type: "variable" })),
  );
  return cut(
    [...scalars, ...comments(text.text, scalars)].sort((a, b) => a.start - b.start),
    names,
  );
}

function typeOf({ style, value }: ScalarNode): TokenType {
  if (style !== "plain" || typeof value === "string") {
    return "string";
  }
  return typeof value === "number" || typeof value === "bigint" ? "number" : "keyword";
}

/** From each # that begins a comment, in no scalar, to the end of its line. */
function comments(text: string, scalars: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let next = 0;
  for (const match of text.matchAll(/(?<=^|[ \t])#.*$/gm)) {
    const start = match.index;
    while ((scalars[next]?.end ?? Number.POSITIVE_INFINITY) <= start) {
      next++;
    }
    if ((scalars[next]?.start ?? Number.POSITIVE_INFINITY) > start) {
      found.push({ start, end: start + match[0].length, type: "comment" });
    }
  }
  return found;
}

/** Takes the names out of what they are in, so that nothing overlaps. Both are in the order of the text. */
function cut(parts: readonly Piece[], names: readonly Piece[]): Piece[] {
  if (names.length === 0) {
    return [...parts];
  }
  const result: Piece[] = [...names];
  let next = 0;
  for (const part of parts) {
    let start = part.start;
    for (let name = names[next]; name !== undefined && name.start < part.end; name = names[++next]) {
      if (name.start >= start && name.end <= part.end) {
        result.push({ ...part, start, end: name.start });
        start = name.end;
      }
    }
    result.push({ ...part, start });
  }
  return result.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
}

/** A token lies in one line: a text over several is one for each. */
function* lineTokens(lines: Lines, { start, end }: Span, type: TokenType): Iterable<Token> {
  const last = lines.lineAt(end);
  for (let line = lines.lineAt(start); line <= last; line++) {
    const from = Math.max(start, lines.startOf(line));
    const to = Math.min(end, lines.endOf(line));
    if (to > from) {
      yield { line, character: from - lines.startOf(line), length: to - from, type };
    }
  }
}

function place(lines: Lines, text: EmbeddedText, { type, ...span }: Piece): Token[] {
  const found = text.toSpan(span);
  const block = text.node.style === "literal" || text.node.style === "folded";
  return [...lineTokens(lines, found, type)].flatMap((token) => {
    // The indentation of the block belongs to the file, not to the text.
    const start = lines.startOf(token.line) + token.character;
    const blanks = block ? (/^[ ]*/.exec(lines.text.slice(start, start + token.length))?.[0].length ?? 0) : 0;
    return blanks >= token.length
      ? []
      : [{ ...token, character: token.character + blanks, length: token.length - blanks }];
  });
}
