import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  type YAMLError,
} from "yaml";
import type { Diagnostic, Span } from "../../shared/diagnostic.ts";
import { keyText, type Pair, type ScalarNode, type ScalarStyle, walk, type YamlNode } from "./nodes.ts";
import { parsePlain } from "./plain.ts";

/** Longer texts are not parsed: nobody writes them, and they would stop the editor. */
export const MAX_LENGTH = 5_000_000;
/** Nodes after all aliases are followed; a YAML bomb has billions. */
const MAX_EXPANDED = 1_000_000;

/** One document of a stream. */
export interface ParsedYaml {
  readonly root: YamlNode | undefined;
  /** Syntax problems: the first that hinders reading, else every duplicate key and alias without an anchor. */
  readonly problems: readonly Diagnostic[];
  /** Whether it holds anchors or aliases. */
  readonly anchored: boolean;
}

/**
 * Parses YAML (or JSON, which is YAML) with positions; documents without content are left out. Never throws: what
 * cannot be parsed is a diagnostic with code `YAML`, and the tree is what could be read up to there.
 */
export function parseYaml(text: string): ParsedYaml[] {
  if (text.length > MAX_LENGTH) {
    const millions = (text.length / 1e6).toFixed(1);
    return refusal(
      `This text has ${millions} million characters. Texts over ${MAX_LENGTH / 1e6} million are not checked.`,
    );
  }
  const plain = parsePlain(text);
  if (plain !== undefined) {
    return plain.map((root) => ({ root, problems: duplicateKeys(root), anchored: false }));
  }
  return parseFully(text);
}

/** As `parseYaml`, by the library, whatever the text holds. */
export function parseFully(text: string): ParsedYaml[] {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) {
      return refusal("This text is nested too deeply to be read.");
    }
    throw error;
  }
}

function refusal(message: string): ParsedYaml[] {
  const problem: Diagnostic = { code: "YAML", severity: "error", message, span: { start: 0, end: 0 } };
  return [{ root: undefined, problems: [problem], anchored: false }];
}

function parse(text: string): ParsedYaml[] {
  const parsed = parseAllDocuments(text, {
    // The library's own check is quadratic; `duplicateKeys` below is not.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    merge: false,
  });
  const documents: Document.Parsed[] = "empty" in parsed ? [] : parsed;
  const result: ParsedYaml[] = [];
  let expanded = 0;
  for (const document of documents) {
    if (document.contents === null && document.errors.length === 0) {
      continue;
    }
    const converter = new Converter(text);
    const root = converter.node(document.contents);
    expanded += converter.expanded;
    if (expanded > MAX_EXPANDED) {
      return refusal("The aliases of this text repeat more than a million nodes. It is not checked.");
    }
    const { anchored } = converter;
    const first = firstCause(document.errors, text, root);
    if (first !== undefined) {
      result.push({ root, problems: [syntaxProblem(first, text, root)], anchored });
    } else if (root !== undefined) {
      result.push({ root, problems: [...converter.unresolved, ...duplicateKeys(root)], anchored });
    }
  }
  return result;
}

/** Where the quote or bracket that is never closed stands; the library only says where it missed the end. */
function opened(error: YAMLError, text: string, root: YamlNode | undefined): number | undefined {
  const quote = /^Missing closing/.test(error.message);
  const bracket = /end with a .$|expected .$/i.test(error.message);
  let found: number | undefined;
  if (quote || bracket) {
    walk(root, (node) => {
      const fits = quote
        ? node.kind === "scalar" && /["']/.test(text[node.span.start] ?? "")
        : /[[{]/.test(text[node.span.start] ?? "") && isFlow(node);
      const rest = error.pos[0] - node.span.end;
      const reaches = rest <= 0 || (rest < 1000 && text.slice(node.span.end, error.pos[0]).trim() === "");
      if (fits && node.span.start <= error.pos[0] && reaches) {
        found = node.span.start;
      }
    });
  }
  return found;
}

/** A bracket that is never closed is the cause of what stands wrong behind it. */
function firstCause(
  errors: readonly YAMLError[],
  text: string,
  root: YamlNode | undefined,
): YAMLError | undefined {
  const [first] = errors;
  const unclosed = errors.find(({ message }) => /end with a .$/.test(message));
  const start = unclosed === undefined ? undefined : opened(unclosed, text, root);
  return first !== undefined && start !== undefined && start < first.pos[0] ? unclosed : first;
}

function isFlow(node: YamlNode): boolean {
  return (node.kind === "map" || node.kind === "seq") && node.flow;
}

/** The library's words for its error codes, in ours; the rest is passed on. */
const WORDS: Readonly<Record<string, string>> = {
  BAD_INDENT: "This line is indented wrongly for its place.",
  BAD_SCALAR_START: "A text that starts with this character must be quoted.",
  BLOCK_AS_IMPLICIT_KEY: "A colon inside a value starts a nested map here. Quote the value.",
  MISSING_CHAR: "A character is missing here.",
  MULTILINE_IMPLICIT_KEY: "A key must stand on one line, with a colon and a space behind it.",
  TAB_AS_INDENT: "Tabs must not indent YAML. Use spaces.",
  BAD_DQ_ESCAPE:
    "This is no escape of a double-quoted text. Write the backslash twice, or use single quotes.",
};

function syntaxProblem(error: YAMLError, text: string, root: YamlNode | undefined): Diagnostic {
  const message =
    sharpen(error) ??
    tabbed(error, text) ??
    continued(error, text) ??
    WORDS[error.code] ??
    `${error.message.replace(/\.$/, "")}.`;
  let start = Math.min(opened(error, text, root) ?? error.pos[0], text.length);
  let end = Math.min(Math.max(error.pos[1], start), text.length);
  if (error.code !== "TAB_AS_INDENT" && /^[ ]+$/.test(text.slice(start, end))) {
    // Blanks cannot be seen: what stands behind them is where to look.
    const word = /[ ]*([^\s:]*)/y;
    word.lastIndex = start;
    const found = word.exec(text);
    end = start + (found?.[0].length ?? 0);
    start = end - (found?.[1]?.length ?? 0);
  }
  // One line is enough to point at: an unclosed quote would otherwise mark the rest of the file.
  const lineEnd = text.indexOf("\n", start);
  if (lineEnd >= 0 && lineEnd > start) {
    end = Math.min(end, text[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd);
  }
  return { code: "YAML", severity: "error", message, span: { start, end } };
}

/** A line of a block of text that tabs indent: to the library it is just not indented. */
function tabbed({ code, pos }: YAMLError, text: string): string | undefined {
  return code === "BAD_INDENT" && text[pos[0]] === "\t" ? WORDS.TAB_AS_INDENT : undefined;
}

/** A value that goes on in deeper lines, where a key is meant: its own line has no colon to blame. */
function continued({ code, pos }: YAMLError, text: string): string | undefined {
  if (code !== "BLOCK_AS_IMPLICIT_KEY") {
    return undefined;
  }
  const end = text.indexOf("\n", pos[0]);
  return end >= 0 && !/:(?:\s|$)/.test(text.slice(pos[0], end))
    ? "The next line is indented deeper than this key and counts as part of its value. Indent both alike."
    : undefined;
}

function sharpen({ code, message }: YAMLError): string | undefined {
  if (code === "MISSING_CHAR" || code === "BAD_INDENT") {
    const missing = /^Missing closing (.)quote|end with a (.)$|expected (.)$/i.exec(message);
    const sign = missing?.[1] ?? missing?.[2] ?? missing?.[3];
    return sign === undefined ? undefined : `The closing ${sign} is missing.`;
  }
  return /block sequence may not be used as an implicit map key/.test(message)
    ? "This dash stands in another column than those above. Items of one list begin in the same column."
    : undefined;
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  [Scalar.PLAIN]: "plain",
  [Scalar.QUOTE_SINGLE]: "single",
  [Scalar.QUOTE_DOUBLE]: "double",
  [Scalar.BLOCK_LITERAL]: "literal",
  [Scalar.BLOCK_FOLDED]: "folded",
};

/** Turns the library's nodes into ours, following anchors, and counts what all aliases would expand to. */
class Converter {
  readonly #text: string;
  readonly #anchors = new Map<string, { node: YamlNode; size: number }>();
  readonly unresolved: Diagnostic[] = [];
  expanded = 0;
  anchored = false;

  constructor(text: string) {
    this.#text = text;
  }

  node(source: unknown): YamlNode | undefined {
    const before = this.expanded;
    const node = this.#convert(source);
    const anchor = isAlias(source) ? undefined : (source as { anchor?: string } | null)?.anchor;
    this.anchored ||= anchor !== undefined || isAlias(source);
    if (node !== undefined && anchor !== undefined) {
      this.#anchors.set(anchor, { node, size: this.expanded - before });
    }
    return node;
  }

  #convert(source: unknown): YamlNode | undefined {
    this.expanded++;
    if (isAlias(source)) {
      const span = this.#span(source.range);
      const target = this.#anchors.get(source.source);
      if (target === undefined) {
        this.unresolved.push({
          code: "YAML",
          severity: "error",
          message: `No anchor &${source.source} stands before this alias.`,
          span,
        });
      }
      this.expanded += target?.size ?? 0;
      return { kind: "alias", span, name: source.source, target: target?.node };
    }
    if (isScalar(source)) {
      return this.#scalar(source);
    }
    if (isMap(source)) {
      const pairs = source.items.flatMap((item): Pair[] => {
        if (!isPair(item)) {
          return [];
        }
        const key = this.node(item.key);
        const value = this.node(item.value);
        return key === undefined ? [] : [{ key, value }];
      });
      const last = pairs.at(-1);
      const range = this.#span(source.range);
      const end = source.flow ? range.end : Math.max(last?.value?.span.end ?? 0, last?.key.span.end ?? 0);
      const start = source.flow ? range.start : (pairs[0]?.key.span.start ?? range.start);
      return { kind: "map", span: { start, end: Math.max(start, end) }, flow: source.flow === true, pairs };
    }
    if (isSeq(source)) {
      const items = source.items.map((item) => this.node(item));
      const range = this.#span(source.range);
      let end = range.end;
      if (!source.flow) {
        end = range.start;
        for (const item of items) {
          end = Math.max(end, item?.span.end ?? 0);
        }
        end = Math.max(end, Math.min(range.start + 1, range.end));
      }
      return { kind: "seq", span: { start: range.start, end }, flow: source.flow === true, items };
    }
    return undefined;
  }

  #scalar(source: Scalar): ScalarNode | undefined {
    const span = this.#span(source.range);
    const style = STYLES[source.type ?? Scalar.PLAIN] ?? "plain";
    const value = source.value;
    if (style === "plain" && span.start === span.end) {
      return undefined;
    }
    const simple =
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "bigint" ||
      typeof value === "boolean"
        ? value
        : null;
    const text = style === "plain" ? (source.source ?? String(value ?? "")) : String(value ?? "");
    return { kind: "scalar", span, style, value: simple, text };
  }

  /** The range of a node without the line end that the library counts to a block scalar. */
  #span(range: readonly [number, number, number] | null | undefined): Span {
    const start = Math.min(range?.[0] ?? 0, this.#text.length);
    let end = Math.min(Math.max(range?.[1] ?? start, start), this.#text.length);
    while (end > start && (this.#text[end - 1] === "\n" || this.#text[end - 1] === "\r")) {
      end--;
    }
    return { start, end };
  }
}

/** Keys that stand twice in one map. Linear, unlike the library's own check. */
function duplicateKeys(root: YamlNode | undefined): Diagnostic[] {
  const problems: Diagnostic[] = [];
  walk(root, (node) => {
    if (node.kind !== "map") {
      return;
    }
    const seen = new Map<string, Span>();
    for (const pair of node.pairs) {
      const name = keyText(pair);
      if (name === undefined || name === "<<") {
        continue;
      }
      const first = seen.get(name);
      if (first === undefined) {
        seen.set(name, pair.key.span);
        continue;
      }
      problems.push({
        code: "YAML",
        severity: "error",
        message: `${name} stands twice in this map. Only one of them counts.`,
        span: pair.key.span,
        related: [{ span: first, message: `${name} stands here first.` }],
      });
    }
  });
  return problems;
}
