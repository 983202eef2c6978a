import type { Diagnostic, Span } from "../../shared/diagnostic.ts";
import type { YamlNode } from "./nodes.ts";
import { type ParsedYaml, parseYaml } from "./parse.ts";
import { type SplitText, splitAtLayers } from "./segments.ts";
import { mapProblem, moveNode, moveSpan } from "./shift.ts";

/** What parsing a text left behind for parsing the next version of it. */
export type SegmentCache = ReadonlyMap<string, ParsedSegment>;

interface ParsedSegment {
  /** As if the text began with the segment. */
  readonly item: YamlNode | undefined;
  readonly problems: readonly Diagnostic[];
  /** Where it was last used, and the item at that place. */
  readonly start: number;
  readonly placed: YamlNode | undefined;
}

export interface IncrementalParse {
  readonly documents: readonly ParsedYaml[];
  readonly cache: SegmentCache;
}

/**
 * Parses a text like `parseYaml`, its layers one by one: those that the last version had are taken from there, so
 * that the cost of an edit is that of the layer it is in. An error in one layer does not hide those of others.
 */
export function parseIncrementally(text: string, last: SegmentCache = new Map()): IncrementalParse {
  const split = splitAtLayers(text);
  const parsed = split === undefined ? undefined : parseSplit(text, split, last);
  return parsed ?? { documents: parseYaml(text), cache: new Map() };
}

/** Nothing where the layers are not independent of each other: where there are anchors or aliases. */
function parseSplit(text: string, split: SplitText, last: SegmentCache): IncrementalParse | undefined {
  const cache = new Map<string, ParsedSegment>();
  const items: (YamlNode | undefined)[] = [];
  const problems: Diagnostic[] = [];
  for (const { start, text: source } of split.segments) {
    const segment = placedAt(start, last.get(source) ?? parseSegment(source, split.column));
    if (segment === undefined) {
      return undefined;
    }
    cache.set(source, segment);
    items.push(segment.placed);
    problems.push(...segment.problems.map((problem) => mapProblem(problem, (span) => moveSpan(span, start))));
  }
  // The rest is parsed with one short item in place of all.
  const placeholder = `${" ".repeat(split.column)}- ""\n`;
  const [first, ...others] = parseYaml(text.slice(0, split.start) + placeholder + text.slice(split.end));
  const listStart = split.start + split.column;
  const restStart = split.start + placeholder.length;
  const toText = (offset: number): number =>
    offset < restStart ? Math.min(offset, listStart) : offset - restStart + split.end;
  const place = ({ start, end }: Span): Span => ({ start: toText(start), end: toText(end) });
  const filler = new Filler(place, listStart, items);
  if (first === undefined || [first, ...others].some(({ anchored }) => anchored)) {
    return undefined;
  }
  const root = first.root === undefined ? undefined : filler.fill(first.root);
  const rest = first.problems.map((problem) => mapProblem(problem, place));
  if (!filler.filled && rest.length === 0) {
    // The key stands in a text or in another list.
    return undefined;
  }
  return {
    documents: [
      { root, problems: [...rest, ...problems], anchored: false },
      ...others.map((other) => ({
        root: other.root === undefined ? undefined : filler.fill(other.root),
        problems: other.problems.map((problem) => mapProblem(problem, place)),
        anchored: false,
      })),
    ],
    cache,
  };
}

function parseSegment(source: string, column: number): ParsedSegment | undefined {
  const documents = parseYaml(source);
  const [document] = documents;
  const list = document?.root;
  const [item] = list?.kind === "seq" ? list.items : [];
  const isItem = list?.kind === "seq" && list.items.length === 1 && list.span.start === column;
  if (document === undefined || documents.length > 1 || document.anchored || !isItem) {
    return undefined;
  }
  return { item, problems: document.problems, start: 0, placed: item };
}

function placedAt(start: number, segment: ParsedSegment | undefined): ParsedSegment | undefined {
  if (segment === undefined || segment.start === start) {
    return segment;
  }
  const { item } = segment;
  return { ...segment, start, placed: item === undefined ? undefined : moveNode(item, start) };
}

/** Puts the items in the place of their stand-in, and everything behind it where it belongs. */
class Filler {
  readonly #place: (span: Span) => Span;
  readonly #listStart: number;
  readonly #items: readonly (YamlNode | undefined)[];
  filled = false;

  constructor(place: (span: Span) => Span, listStart: number, items: readonly (YamlNode | undefined)[]) {
    this.#place = place;
    this.#listStart = listStart;
    this.#items = items;
  }

  fill(node: YamlNode): YamlNode {
    if (node.kind === "seq") {
      const isList = !node.flow && node.span.start === this.#listStart;
      this.filled ||= isList;
      const items = isList
        ? this.#items
        : node.items.map((item) => (item === undefined ? undefined : this.fill(item)));
      return { ...node, items, span: node.flow ? this.#place(node.span) : this.#around(node.span, items) };
    }
    if (node.kind === "map") {
      const pairs = node.pairs.map(({ key, value }) => ({
        key: this.fill(key),
        value: value === undefined ? undefined : this.fill(value),
      }));
      const parts = pairs.flatMap(({ key, value }) => [key, value]);
      return { ...node, pairs, span: node.flow ? this.#place(node.span) : this.#around(node.span, parts) };
    }
    return { ...node, span: this.#place(node.span) };
  }

  /** A block collection ends with the last of its parts. */
  #around(span: Span, parts: readonly (YamlNode | undefined)[]): Span {
    const { start, end } = this.#place(span);
    const ends = parts.map((part) => part?.span.end ?? 0);
    return {
      start,
      end: ends.length === 0 ? end : Math.max(start + (parts.length > 0 ? 0 : 1), maximum(ends)),
    };
  }
}

/** `Math.max(...)` without its limit on arguments. */
function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
