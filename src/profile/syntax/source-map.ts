import type { Span } from "../../shared/diagnostic.ts";
import type { ScalarNode } from "./nodes.ts";

/**
 * Maps the decoded text of a scalar to the places it is written at, through indentation, folding, chomping and
 * escapes. Made of runs: from each start on, decoded and written characters go side by side.
 */
export class SourceMap {
  readonly #decoded: number[] = [];
  readonly #source: number[] = [];

  /** From decoded offset `decoded` on, the characters stand at `source` and behind. Offsets never go back. */
  add(decoded: number, source: number): void {
    const last = this.#decoded.length - 1;
    const delta = source - decoded;
    if (last >= 0 && (this.#source[last] ?? 0) - (this.#decoded[last] ?? 0) === delta) {
      return;
    }
    this.#decoded.push(decoded);
    this.#source.push(source);
  }

  toSource(offset: number): number {
    const run = lastAtMost(this.#decoded, offset);
    return (this.#source[run] ?? 0) + offset - (this.#decoded[run] ?? 0);
  }

  /** The decoded offset of a place in the document: for one in the indentation, that of the text behind it. */
  toDecoded(source: number): number {
    const run = lastAtMost(this.#source, source);
    const offset = (this.#decoded[run] ?? 0) + Math.max(0, source - (this.#source[run] ?? 0));
    return Math.min(offset, this.#decoded[run + 1] ?? offset);
  }

  toSpan(span: Span): Span {
    const start = this.toSource(span.start);
    // The end belongs to the last character, not to what follows it: the next line begins behind its indentation.
    return { start, end: span.end > span.start ? this.toSource(span.end - 1) + 1 : start };
  }
}

/** Index of the last entry that is not greater than `value`; the first if all are. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** The map of a scalar. Where what is written does not decode to its value, every place is that of the scalar. */
export function sourceMapOf(text: string, node: ScalarNode): SourceMap {
  const map = exactMap(text, node);
  if (map !== undefined) {
    return map;
  }
  const start = new SourceMap();
  start.add(0, node.span.start);
  return start;
}

function exactMap(text: string, node: ScalarNode): SourceMap | undefined {
  switch (node.style) {
    case "literal":
      return literalMap(text, node);
    case "folded":
      return foldedMap(text, node);
    default:
      return flowMap(text, node);
  }
}

interface BodyLine {
  readonly start: number;
  /** Without the line end. */
  readonly text: string;
}

/** The lines below the header of a block scalar, to the end of the text: the value says where they stop. */
function* bodyLines(text: string, node: ScalarNode): Iterable<BodyLine> {
  let at = text.indexOf("\n", node.span.start) + 1;
  while (at > 0 && at < text.length) {
    const next = text.indexOf("\n", at);
    const end = next < 0 ? text.length : next;
    yield { start: at, text: text.slice(at, text[end - 1] === "\r" ? end - 1 : end) };
    at = next + 1;
  }
}

/** Blanks before the content of each line: the first line with content shows how many of its blanks are gone. */
export function blockIndent(text: string, node: ScalarNode): number {
  const decoded = node.text.split("\n").find((line) => line.trim() !== "");
  for (const line of bodyLines(text, node)) {
    if (line.text.trim() !== "") {
      return leadingSpaces(line.text) - leadingSpaces(decoded ?? "");
    }
  }
  return 0;
}

function leadingSpaces(line: string): number {
  let count = 0;
  while (line[count] === " ") {
    count++;
  }
  return count;
}

function literalMap(text: string, node: ScalarNode): SourceMap | undefined {
  const map = new SourceMap();
  const indent = blockIndent(text, node);
  let decoded = 0;
  map.add(0, node.span.start);
  for (const line of bodyLines(text, node)) {
    if (decoded >= node.text.length) {
      break;
    }
    const content = line.text.slice(Math.min(indent, leadingSpaces(line.text)));
    if (!node.text.startsWith(content, decoded)) {
      // Blanks of a last line without content are chomped.
      return content.trim() === "" ? map : undefined;
    }
    map.add(decoded, line.start + line.text.length - content.length);
    decoded += content.length + 1;
  }
  // Behind the last character stands the end of its line.
  return map;
}

function foldedMap(text: string, node: ScalarNode): SourceMap | undefined {
  const map = new SourceMap();
  const indent = blockIndent(text, node);
  let decoded = 0;
  map.add(0, node.span.start);
  for (const line of bodyLines(text, node)) {
    const content = line.text.slice(Math.min(indent, leadingSpaces(line.text)));
    if (content === "") {
      continue;
    }
    // Between the lines stands what the fold made of their line ends: a blank or line feeds.
    let at = decoded;
    while (at < node.text.length && !node.text.startsWith(content, at) && /[ \n]/.test(node.text[at] ?? "")) {
      at++;
    }
    if (!node.text.startsWith(content, at) || at >= node.text.length) {
      return decoded >= node.text.trimEnd().length ? map : undefined;
    }
    map.add(at, line.start + line.text.length - content.length);
    decoded = at + content.length;
  }
  return map;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
  "\t": "\t",
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function flowMap(text: string, node: ScalarNode): SourceMap | undefined {
  const map = new SourceMap();
  const quoted = node.style !== "plain";
  const end = quoted ? node.span.end - 1 : node.span.end;
  let at = quoted ? node.span.start + 1 : node.span.start;
  let decoded = "";
  /** Up to here nothing of `decoded` may be trimmed: an escape wrote it. */
  let kept = 0;
  const put = (value: string, source: number): void => {
    map.add(decoded.length, source);
    decoded += value;
  };
  map.add(0, at);
  while (at < end) {
    const c = text[at] ?? "";
    if (c === "\n" || c === "\r") {
      const trimmed = decoded.slice(kept).replace(/[ \t]+$/, "");
      decoded = decoded.slice(0, kept) + trimmed;
      const from = at;
      const breaks = lineBreaks(text, at, end);
      put(breaks.count === 1 ? " " : "\n".repeat(breaks.count - 1), from);
      kept = decoded.length;
      at = breaks.end;
    } else if (node.style === "single" && c === "'") {
      put("'", at);
      at += 2;
    } else if (node.style === "double" && c === "\\") {
      const code = text[at + 1] ?? "";
      if (code === "\n" || code === "\r") {
        const breaks = lineBreaks(text, at + 1, end);
        put("\n".repeat(breaks.count - 1), at);
        at = breaks.end;
      } else if (HEX_LENGTH[code] !== undefined) {
        const length = HEX_LENGTH[code];
        put(codePoint(text.slice(at + 2, at + 2 + length)), at);
        at += 2 + length;
      } else {
        put(ESCAPES[code] ?? code, at);
        at += 2;
      }
      kept = decoded.length;
    } else {
      put(c, at);
      at++;
    }
  }
  map.add(decoded.length, end);
  return decoded === node.text ? map : undefined;
}

function codePoint(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Line ends from `at` on, the blanks between and behind them included. */
function lineBreaks(text: string, at: number, limit: number): { count: number; end: number } {
  let count = 0;
  let end = at;
  while (end < limit) {
    const c = text[end];
    if (c === "\r" && text[end + 1] === "\n") {
      end += 2;
      count++;
    } else if (c === "\n" || c === "\r") {
      end++;
      count++;
    } else if (c === " " || c === "\t") {
      end++;
    } else {
      break;
    }
  }
  return { count, end };
}
