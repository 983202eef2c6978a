import type { Diagnostic, Span } from "../../shared/diagnostic.ts";
import type { YamlNode } from "./nodes.ts";
import { MAX_LENGTH, type ParsedYaml, parseYaml } from "./parse.ts";
import { type SplitList, splitAtItems } from "./segments.ts";
import { mapProblem, moveNode, moveSpan } from "./shift.ts";

/** What parsing a text left behind for parsing the next version of it. */
export interface ParseCache {
  /** By their text. */
  readonly items: ReadonlyMap<string, ParsedItem>;
  /** The text around the lists, and what it holds. */
  readonly around: { readonly text: string; readonly documents: readonly ParsedYaml[] } | undefined;
}

interface ParsedItem {
  /** As if the text began with the item. */
  readonly node: YamlNode | undefined;
  readonly problems: readonly Diagnostic[];
  /** Where it was last used, and the node at that place. */
  readonly start: number;
  readonly placed: YamlNode | undefined;
}

export interface IncrementalParse {
  readonly documents: readonly ParsedYaml[];
  readonly cache: ParseCache;
}

const NOTHING: ParseCache = { items: new Map(), around: undefined };

/**
 * Parses a text like `parseYaml`, its layers and variables one by one, and what stands around them: what the last
 * version had is taken from there, so that the cost of an edit is that of the part it is in. An error in one part
 * does not hide those of others.
 */
export function parseIncrementally(text: string, last: ParseCache = NOTHING): IncrementalParse {
  // Too long a text is refused as a whole, though its parts could be read.
  const lists = text.length > MAX_LENGTH ? [] : splitAtItems(text);
  const parsed = lists.length === 0 ? undefined : parseParts(text, lists, last);
  return parsed ?? { documents: parseYaml(text), cache: NOTHING };
}

/** A list of which one short item stands in the text around the lists. */
interface ParsedList extends SplitList {
  /** Where that item's line begins there, and where it ends. */
  readonly standIn: Span;
  readonly items: readonly (YamlNode | undefined)[];
  readonly problems: readonly Diagnostic[];
}

/** Nothing where the parts are not independent of each other: where there are anchors or aliases. */
function parseParts(
  text: string,
  lists: readonly SplitList[],
  last: ParseCache,
): IncrementalParse | undefined {
  const items = new Map<string, ParsedItem>();
  const parsed: ParsedList[] = [];
  let around = "";
  let end = 0;
  for (const list of lists) {
    const nodes: (YamlNode | undefined)[] = [];
    const problems: Diagnostic[] = [];
    for (const { start, text: source } of list.segments) {
      const item = placedAt(start, last.items.get(source) ?? parseItem(source, list.column));
      if (item === undefined) {
        return undefined;
      }
      items.set(source, item);
      nodes.push(item.placed);
      problems.push(...item.problems.map((each) => mapProblem(each, (span) => moveSpan(span, start))));
    }
    const before = around + text.slice(end, list.start);
    around = `${before}${" ".repeat(list.column)}- ""\n`;
    end = list.end;
    const standIn = { start: before.length, end: around.length };
    parsed.push({ ...list, standIn, items: nodes, problems });
  }
  around += text.slice(end);
  const frame = last.around?.text === around ? last.around.documents : parseYaml(around);
  if (frame.length === 0 || frame.some(({ anchored }) => anchored)) {
    return undefined;
  }
  const filler = new Filler(parsed);
  const documents = frame.map((document) => filler.fill(document));
  if (filler.filled.size < parsed.length && frame.every(({ problems }) => problems.length === 0)) {
    // A key stands in a text or in another list.
    return undefined;
  }
  return { documents, cache: { items, around: { text: around, documents: frame } } };
}

function parseItem(source: string, column: number): ParsedItem | undefined {
  const documents = parseYaml(source);
  const [document] = documents;
  const list = document?.root;
  const [node] = list?.kind === "seq" ? list.items : [];
  const isItem = list?.kind === "seq" && list.items.length === 1 && list.span.start === column;
  if (document === undefined || documents.length > 1 || document.anchored || !isItem) {
    return undefined;
  }
  return { node, problems: document.problems, start: 0, placed: node };
}

function placedAt(start: number, item: ParsedItem | undefined): ParsedItem | undefined {
  if (item === undefined || item.start === start) {
    return item;
  }
  const { node } = item;
  return { ...item, start, placed: node === undefined ? undefined : moveNode(node, start) };
}

/** Puts the items in the place of their stand-ins, and everything else where it belongs. */
class Filler {
  readonly #lists: readonly ParsedList[];
  /** The lists whose stand-ins were met. */
  readonly filled = new Set<ParsedList>();

  constructor(lists: readonly ParsedList[]) {
    this.#lists = lists;
  }

  /** A document of the text around the lists as one of the whole text. */
  fill({ root, problems }: ParsedYaml): ParsedYaml {
    const before = new Set(this.filled);
    const filled = root === undefined ? undefined : this.#node(root);
    const ofItems = [...this.filled].flatMap((list) => (before.has(list) ? [] : list.problems));
    return {
      root: filled,
      problems: [...problems.map((each) => mapProblem(each, (span) => this.#place(span))), ...ofItems],
      anchored: false,
    };
  }

  #node(node: YamlNode): YamlNode {
    if (node.kind === "seq") {
      const list = node.flow
        ? undefined
        : this.#lists.find(({ standIn, column }) => standIn.start + column === node.span.start);
      if (list !== undefined) {
        this.filled.add(list);
      }
      const items =
        list?.items ?? node.items.map((item) => (item === undefined ? undefined : this.#node(item)));
      return { ...node, items, span: node.flow ? this.#place(node.span) : this.#around(node.span, items) };
    }
    if (node.kind === "map") {
      const pairs = node.pairs.map(({ key, value }) => ({
        key: this.#node(key),
        value: value === undefined ? undefined : this.#node(value),
      }));
      const parts = pairs.flatMap(({ key, value }) => [key, value]);
      return { ...node, pairs, span: node.flow ? this.#place(node.span) : this.#around(node.span, parts) };
    }
    return { ...node, span: this.#place(node.span) };
  }

  #place({ start, end }: Span): Span {
    return { start: this.#toText(start), end: this.#toText(end) };
  }

  #toText(offset: number): number {
    const list = this.#lists.findLast(({ standIn }) => standIn.start <= offset);
    if (list === undefined) {
      return offset;
    }
    const { standIn, start, end, column } = list;
    return offset < standIn.end
      ? start + Math.min(offset - standIn.start, column)
      : offset - standIn.end + end;
  }

  /** A block collection ends with the last of its parts, a list of nothing with its first dash. */
  #around(span: Span, parts: readonly (YamlNode | undefined)[]): Span {
    const { start, end } = this.#place(span);
    return {
      start,
      end: parts.length === 0 ? end : Math.max(start + 1, maximum(parts.map((part) => part?.span.end ?? 0))),
    };
  }
}

/** `Math.max(...)` without its limit on arguments. */
function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
