/** One item of a list, from the line of its dash to that of the next one. */
interface Segment {
  readonly start: number;
  readonly text: string;
}

/** A block list of a text, whose items can be parsed one by one. */
export interface SplitList {
  /** Column of the dashes. */
  readonly column: number;
  readonly segments: readonly Segment[];
  /** Where the list begins and ends: both at the start of a line. */
  readonly start: number;
  readonly end: number;
}

/** A profile has one list of each. */
const MOST_LISTS = 2;

/**
 * The first block lists under `packs` and `variables`, split at their items, in the order of the text. In block style
 * every line of an item stands further right than its dash, so that lines alone show where the items are. Ends
 * before the first such key that has no list, or one in which tabs make columns uncertain.
 */
export function splitAtItems(text: string): SplitList[] {
  const lists: SplitList[] = [];
  const key = /^[ ]*(?:packs|variables):[ \t]*(?:#.*)?\r?$/gm;
  while (lists.length < MOST_LISTS) {
    const found = key.exec(text);
    const list = found === null ? undefined : listBehind(text, found.index, found[0].search(/[^ ]/));
    if (list === undefined) {
      break;
    }
    lists.push(list);
    key.lastIndex = list.end;
  }
  return lists;
}

/** The list under the key whose line begins at `keyLine`. */
function listBehind(text: string, keyLine: number, keyColumn: number): SplitList | undefined {
  const starts: number[] = [];
  let column = -1;
  let at = text.indexOf("\n", keyLine) + 1;
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
