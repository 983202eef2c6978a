/** One item of a list, from the line of its dash to that of the next one. */
interface Segment {
  readonly start: number;
  readonly text: string;
}

/** A text around the block list under `packs`, whose items can be parsed one by one. */
export interface SplitText {
  /** Column of the dashes. */
  readonly column: number;
  readonly segments: readonly Segment[];
  /** Where the list begins and ends: both at the start of a line. */
  readonly start: number;
  readonly end: number;
}

const LIST_KEY = /^[ ]*packs:[ \t]*(?:#.*)?\r?$/m;

/**
 * Splits a text at the items of its first block list under `packs`. In block style every line of an item stands
 * further right than its dash, so that lines alone show where the items are. Nothing where there is no such list
 * or where tabs make columns uncertain.
 */
export function splitAtLayers(text: string): SplitText | undefined {
  const key = LIST_KEY.exec(text);
  if (key === null) {
    return undefined;
  }
  const keyColumn = key[0].indexOf("p");
  const starts: number[] = [];
  let column = -1;
  let at = text.indexOf("\n", key.index) + 1;
  let end = text.length;
  while (at > 0 && at < text.length) {
    let first = at;
    while (text[first] === " ") {
      first++;
    }
    const c = text[first];
    if (c === "\t") {
      return undefined;
    }
    const next = text.indexOf("\n", first) + 1;
    if (c !== "\n" && c !== "\r" && c !== "#" && c !== undefined) {
      const indent = first - at;
      const isItem = c === "-" && /[ \r\n]|^$/.test(text[first + 1] ?? "");
      if (column < 0) {
        if (!isItem || indent < keyColumn || indent === 0) {
          return undefined;
        }
        column = indent;
      }
      if (indent < column || (indent === column && !isItem)) {
        end = at;
        break;
      }
      if (indent === column) {
        starts.push(at);
      }
    }
    if (next === 0) {
      break;
    }
    at = next;
  }
  const [start] = starts;
  if (start === undefined) {
    return undefined;
  }
  return {
    column,
    start,
    end,
    segments: starts.map((from, i) => ({ start: from, text: text.slice(from, starts[i + 1] ?? end) })),
  };
}
