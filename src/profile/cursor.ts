import type { Span } from "../shared/diagnostic.ts";
import type { Lines } from "../shared/lines.ts";

/** Where in a half-typed document the cursor is. Read from the lines above, so that nothing has to parse. */
export interface Cursor {
  /** `key`: a key may stand here; `value`: behind `key: `. */
  readonly kind: "key" | "value";
  /** Keys from the root to the map the cursor is in, `[]` for an item of a list; for a value its own key too. */
  readonly path: readonly string[];
  /** Within the YAML inside this field (`values`, `content`): where `path` goes on inside it. */
  readonly inside: { readonly field: string; readonly path: readonly string[] } | undefined;
  /** What is typed of the word, up to the cursor. */
  readonly typed: Span;
  /** Column that the key of this line has or would have. */
  readonly column: number;
  /** Whether the dash of a list item stands before the cursor in its line, with nothing between. */
  readonly afterDash: boolean;
  /** Keys of the same map that are there already. */
  readonly siblings: ReadonlySet<string>;
}

const KEY_LINE = /^(\s*)((?:-\s+)*)("?)([^\s"'#{}[\],&*!|>%@`][^:#]*?|\S)\3\s*:(?=\s|$)(.*)$/;
const BLOCK_HEADER = /^\s*(?:&\S+\s+)?[|>][-+0-9]*\s*(?:#.*)?$/;

interface Line {
  readonly indent: number;
  /** Columns of the dashes. */
  readonly dashes: readonly number[];
  /** Column of the key, or of what follows the dashes. */
  readonly column: number;
  readonly key: string | undefined;
  readonly rest: string;
}

/** Nothing in flow style, in comments, and where neither a key nor a value can stand. */
export function cursorAt(lines: Lines, offset: number): Cursor | undefined {
  const at = lines.lineAt(offset);
  const start = lines.startOf(at);
  const before = lines.text.slice(start, offset);
  if (/^\s*#|\s#/.test(before)) {
    return undefined;
  }
  const value = KEY_LINE.exec(before);
  const key = /^(\s*(?:-\s+)*)("?[\w./-]*)$/.exec(before);
  if (value !== null && /^\s/.test(value[5] ?? "")) {
    const line = readLine(before);
    const typed = (value[5] ?? "").trimStart();
    const found = ancestors(lines, at, line.column, line.dashes);
    return {
      kind: "value",
      ...withKey(found, value[4] ?? ""),
      typed: { start: offset - typed.length, end: offset },
      column: line.column,
      afterDash: false,
      siblings: new Set(),
    };
  }
  if (key === null) {
    return undefined;
  }
  const lead = key[1] ?? "";
  const typed = key[2] ?? "";
  const line = readLine(`${lead}x`);
  return {
    kind: "key",
    ...ancestors(lines, at, line.column, line.dashes),
    typed: { start: offset - typed.length, end: offset },
    column: line.column,
    afterDash: line.dashes.length > 0,
    siblings: siblings(lines, at, line),
  };
}

function withKey(found: Pick<Cursor, "path" | "inside">, key: string): Pick<Cursor, "path" | "inside"> {
  return found.inside === undefined
    ? { path: [...found.path, key], inside: undefined }
    : { path: found.path, inside: { ...found.inside, path: [...found.inside.path, key] } };
}

function readLine(text: string): Line {
  const indent = /^[ \t]*/.exec(text)?.[0].length ?? 0;
  const dashes: number[] = [];
  let column = indent;
  while (text[column] === "-" && /\s|^$/.test(text[column + 1] ?? "")) {
    dashes.push(column);
    column++;
    while (text[column] === " ") {
      column++;
    }
  }
  const match = KEY_LINE.exec(text);
  return { indent, dashes, column, key: match?.[4], rest: match?.[5] ?? "" };
}

function lineText(lines: Lines, line: number): string {
  return lines.text.slice(lines.startOf(line), lines.endOf(line));
}

function isEmpty(text: string): boolean {
  return /^\s*(?:#|$)/.test(text);
}

/** Goes up from a line and collects the keys and list items that it is nested in. */
function ancestors(
  lines: Lines,
  from: number,
  column: number,
  ownDashes: readonly number[],
): Pick<Cursor, "path" | "inside"> {
  let path: string[] = ownDashes.map(() => "[]");
  let inside: Cursor["inside"];
  let need = ownDashes[0] ?? column;
  // The key of a list may stand in the column of its dashes.
  let inList = ownDashes.length > 0;
  const leave = (dashes: readonly number[]): void => {
    for (const dash of dashes.toReversed()) {
      path.unshift("[]");
      need = dash;
      inList = true;
    }
  };
  for (let at = from - 1; at >= 0 && (need > 0 || inList); at--) {
    const text = lineText(lines, at);
    if (isEmpty(text)) {
      continue;
    }
    const { key, column: found, dashes, rest } = readLine(text);
    if (key !== undefined && (found < need || (inList && found === need))) {
      if (BLOCK_HEADER.test(rest)) {
        // Text inside text inside text: nothing is known about it.
        inside = { field: key, path: inside === undefined ? path : [...path, ""] };
        path = [];
      }
      path.unshift(key);
      need = found;
      inList = false;
      leave(dashes);
    } else if (!inList && dashes.length > 0 && (key === undefined ? found < need + 2 : found === need)) {
      leave(dashes);
    }
  }
  return { path, inside };
}

function siblings(lines: Lines, from: number, own: Line): Set<string> {
  const found = new Set<string>();
  /** Whether the map may go on behind this line. */
  const goesOn = (at: number): boolean => {
    const text = lineText(lines, at);
    const line = readLine(text);
    if (isEmpty(text) || line.indent > own.column) {
      return true;
    }
    const begins = line.dashes.length > 0;
    if (line.column === own.column && line.key !== undefined) {
      found.add(line.key);
      return !begins;
    }
    return line.indent === own.column && begins;
  };
  for (let at = from - 1; own.dashes.length === 0 && at >= 0; at--) {
    if (!goesOn(at)) {
      break;
    }
  }
  for (let at = from + 1; at < lines.count; at++) {
    const line = readLine(lineText(lines, at));
    const nextItem = line.dashes.length > 0 && line.indent < own.column;
    if (nextItem || !goesOn(at)) {
      break;
    }
  }
  return found;
}
