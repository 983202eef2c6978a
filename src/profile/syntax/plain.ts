import type { MapNode, Pair, ScalarNode, ScalarStyle, SeqNode, YamlNode } from "./nodes.ts";

/** Deeper texts are left to the library, which knows when to stop. */
const MAX_DEPTH = 100;
/** As many as the library may make of a text with aliases. */
const MAX_NODES = 1_000_000;

/**
 * Reads the YAML that people write most: block maps and lists, texts in one line, literal blocks, flow collections
 * in one line, several documents. It gives the roots of the documents that hold something, just as the library would,
 * in a tenth of the time and without its garbage; nothing where the text holds anything else or anything
 * wrong, which is the library's to read. That both agree is a property test.
 */
export function parsePlain(text: string): YamlNode[] | undefined {
  if (/[\t\0\uFEFF]|\r(?!\n)/.test(text)) {
    return undefined;
  }
  try {
    return new PlainParser(text).documents();
  } catch (error) {
    if (error === NOT_PLAIN) {
      return undefined;
    }
    throw error;
  }
}

/** Thrown once per text that is not plain; made once, since its trace is of no use. */
const NOT_PLAIN = new Error("not plain");

const SPACE = 32;
const HASH = 35;
const DASH = 45;
const COLON = 58;
const QUOTE = 34;
const APOSTROPHE = 39;

/** What a plain text cannot begin with here: indicators of YAML, and a few more that need a closer look. */
const INDICATORS = new Set([..."?:,[]{}#&*!|>'\"%@`"].map((c) => c.charCodeAt(0)));

const DOUBLE = /"(?:[^"\\\n\r]|\\["\\/bfnrt])*"/y;
const SINGLE = /'(?:[^'\n\r]|'')*'/y;
/** In a flow collection a plain text ends at its signs; one with a colon or a # inside is left to the library. */
const FLOW_PLAIN = /[^\s?:,[\]{}#&*!|>'"%@`-][^\n\r,[\]{}:#]*|-[^\s,[\]{}:#][^\n\r,[\]{}:#]*/y;

class PlainParser {
  readonly #text: string;
  /** The first character of the line that is not blank, and the end of what the line holds. */
  #at = 0;
  #end = 0;
  /** Column of that character; -1 behind the last line of the document. */
  #column = -1;
  /** Where the next line begins. */
  #next = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  documents(): YamlNode[] {
    const roots: YamlNode[] = [];
    while (this.#next < this.#text.length) {
      this.#advance();
      if (this.#column < 0) {
        continue;
      }
      roots.push(this.#block(0));
      if (this.#column >= 0) {
        throw NOT_PLAIN;
      }
    }
    return roots;
  }

  /** Goes to the next line that holds something other than a comment, or to the end of the document. */
  #advance(): void {
    const text = this.#text;
    while (this.#next < text.length) {
      const start = this.#next;
      const feed = text.indexOf("\n", start);
      let end = feed < 0 ? text.length : feed;
      this.#next = feed < 0 ? text.length : feed + 1;
      if (end > start && text.charCodeAt(end - 1) === 13) {
        end--;
      }
      let at = start;
      while (at < end && text.charCodeAt(at) === SPACE) {
        at++;
      }
      if (at === end || text.charCodeAt(at) === HASH) {
        continue;
      }
      if (at === start && isMarker(text, at)) {
        if (end - start === 3 && text.charCodeAt(at) === DASH) {
          this.#column = -1;
          return;
        }
        throw NOT_PLAIN;
      }
      if (at === start && text[at] === "%") {
        throw NOT_PLAIN;
      }
      this.#at = at;
      this.#end = end;
      this.#column = at - start;
      return;
    }
    this.#column = -1;
  }

  /** A map or a list that begins at the current place. */
  #block(depth: number): YamlNode {
    if (depth > MAX_DEPTH) {
      throw NOT_PLAIN;
    }
    if (this.#isDash()) {
      return this.#list(depth);
    }
    const key = this.#key();
    if (key === undefined) {
      throw NOT_PLAIN;
    }
    return this.#map(key, depth);
  }

  #isDash(): boolean {
    const behind = this.#at + 1;
    return (
      this.#text.charCodeAt(this.#at) === DASH &&
      (behind >= this.#end || this.#text.charCodeAt(behind) === SPACE)
    );
  }

  #map(firstKey: ScalarNode, depth: number): MapNode {
    const column = this.#column;
    const pairs: Pair[] = [];
    let key: ScalarNode | undefined = firstKey;
    while (key !== undefined) {
      pairs.push({ key, value: this.#value(column, depth) });
      if (this.#column < column) {
        break;
      }
      if (this.#column > column || this.#isDash()) {
        throw NOT_PLAIN;
      }
      key = this.#key();
      if (key === undefined) {
        throw NOT_PLAIN;
      }
    }
    const last = pairs.at(-1);
    const end = Math.max(last?.value?.span.end ?? 0, last?.key.span.end ?? 0);
    this.#count();
    return { kind: "map", span: { start: firstKey.span.start, end }, flow: false, pairs };
  }

  /** What stands behind the colon of a key in `column`; goes to the line behind it. */
  #value(column: number, depth: number): YamlNode | undefined {
    if (!this.#isRestEmpty()) {
      return this.#inline(column);
    }
    this.#advance();
    if (this.#column > column || (this.#column === column && this.#isDash())) {
      return this.#block(depth + 1);
    }
    return undefined;
  }

  #list(depth: number): SeqNode {
    const column = this.#column;
    const start = this.#at;
    const items: (YamlNode | undefined)[] = [];
    let end = start + 1;
    while (this.#column === column && this.#isDash()) {
      const item = this.#item(column, depth);
      items.push(item);
      end = Math.max(end, item?.span.end ?? 0);
    }
    if (this.#column > column) {
      throw NOT_PLAIN;
    }
    this.#count();
    return { kind: "seq", span: { start, end }, flow: false, items };
  }

  #item(column: number, depth: number): YamlNode | undefined {
    const dash = this.#at;
    this.#at++;
    if (this.#isRestEmpty()) {
      this.#advance();
      return this.#column > column ? this.#block(depth + 1) : undefined;
    }
    if (this.#isDash()) {
      this.#column += this.#at - dash;
      return this.#block(depth + 1);
    }
    const first = this.#at;
    const key = this.#key();
    if (key !== undefined) {
      if (depth > MAX_DEPTH) {
        throw NOT_PLAIN;
      }
      this.#column += first - dash;
      return this.#map(key, depth + 1);
    }
    return this.#inline(column);
  }

  /** Skips blanks; whether nothing but a comment is left of the line. */
  #isRestEmpty(): boolean {
    const before = this.#at;
    while (this.#at < this.#end && this.#text.charCodeAt(this.#at) === SPACE) {
      this.#at++;
    }
    return this.#at >= this.#end || (this.#at > before && this.#text.charCodeAt(this.#at) === HASH);
  }

  /** The key that the rest of the line begins with, and goes behind its colon; nothing where there is none. */
  #key(): ScalarNode | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === QUOTE || first === APOSTROPHE) {
      const key = this.#quoted(start);
      if (text.charCodeAt(key.span.end) !== COLON || !this.#isBlank(key.span.end + 1)) {
        return undefined;
      }
      this.#checkKey(start, key.span.end);
      this.#at = key.span.end + 1;
      return key;
    }
    if (INDICATORS.has(first)) {
      return undefined;
    }
    for (let at = start; at < this.#end; at++) {
      const c = text.charCodeAt(at);
      if (c === COLON && this.#isBlank(at + 1)) {
        let end = at;
        while (end > start && text.charCodeAt(end - 1) === SPACE) {
          end--;
        }
        this.#checkKey(start, at);
        this.#at = at + 1;
        return this.#scalar(start, end);
      }
      if (c === HASH && text.charCodeAt(at - 1) === SPACE) {
        return undefined;
      }
    }
    return undefined;
  }

  /** Longer keys are an error of YAML. */
  #checkKey(start: number, end: number): void {
    if (end - start > 1000) {
      throw NOT_PLAIN;
    }
  }

  #isBlank(at: number): boolean {
    return at >= this.#end || this.#text.charCodeAt(at) === SPACE;
  }

  /** A value in the rest of the line, or the literal block that begins there; goes to the line behind it. */
  #inline(column: number): YamlNode {
    const text = this.#text;
    const first = text[this.#at];
    if (first === "|") {
      return this.#literal(column);
    }
    let node: YamlNode;
    if (first === "[" || first === "{") {
      node = this.#flow(0);
    } else if (first === '"' || first === "'") {
      node = this.#quoted(this.#at);
    } else {
      node = this.#plain();
    }
    this.#at = node.span.end;
    if (!this.#isRestEmpty()) {
      throw NOT_PLAIN;
    }
    this.#advance();
    if (this.#column > column) {
      // The text goes on.
      throw NOT_PLAIN;
    }
    return node;
  }

  #plain(): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    if (INDICATORS.has(text.charCodeAt(start)) || this.#isDash()) {
      throw NOT_PLAIN;
    }
    let end = start;
    for (let at = start; at < this.#end; at++) {
      const c = text.charCodeAt(at);
      if (c === SPACE) {
        continue;
      }
      if (c === COLON && this.#isBlank(at + 1)) {
        throw NOT_PLAIN;
      }
      if (c === HASH && text.charCodeAt(at - 1) === SPACE) {
        break;
      }
      end = at + 1;
    }
    return this.#scalar(start, end);
  }

  #scalar(start: number, end: number): ScalarNode {
    this.#count();
    const text = this.#text.slice(start, end);
    return { kind: "scalar", span: { start, end }, style: "plain", value: plainValue(text), text };
  }

  #quoted(start: number): ScalarNode {
    const double = this.#text.charCodeAt(start) === QUOTE;
    const source = match(double ? DOUBLE : SINGLE, this.#text, start);
    const inside = source.slice(1, -1);
    if (!double) {
      return this.#texted(start, source, "single", inside.replaceAll("''", "'"));
    }
    return this.#texted(
      start,
      source,
      "double",
      inside.includes("\\") ? inside.replace(/\\(.)/g, unescaped) : inside,
    );
  }

  #texted(start: number, source: string, style: ScalarStyle, text: string): ScalarNode {
    this.#count();
    return { kind: "scalar", span: { start, end: start + source.length }, style, value: text, text };
  }

  /** A flow collection in one line. */
  #flow(depth: number): YamlNode {
    if (depth > MAX_DEPTH) {
      throw NOT_PLAIN;
    }
    this.#count();
    const text = this.#text;
    const start = this.#at;
    const isMap = text[start] === "{";
    const close = isMap ? "}" : "]";
    const items: YamlNode[] = [];
    const pairs: Pair[] = [];
    this.#at++;
    this.#skipBlanks();
    while (text[this.#at] !== close) {
      if (isMap) {
        const key = this.#flowScalar();
        this.#skipBlanks();
        if (text[this.#at] !== ":" || text[this.#at + 1] !== " ") {
          throw NOT_PLAIN;
        }
        this.#at++;
        this.#skipBlanks();
        pairs.push({ key, value: this.#flowNode(depth) });
      } else {
        items.push(this.#flowNode(depth));
      }
      this.#skipBlanks();
      if (text[this.#at] === ",") {
        this.#at++;
        this.#skipBlanks();
        if (text[this.#at] === close) {
          throw NOT_PLAIN;
        }
      } else if (text[this.#at] !== close) {
        throw NOT_PLAIN;
      }
    }
    this.#at++;
    const span = { start, end: this.#at };
    return isMap ? { kind: "map", span, flow: true, pairs } : { kind: "seq", span, flow: true, items };
  }

  #flowNode(depth: number): YamlNode {
    const c = this.#text[this.#at];
    return c === "{" || c === "[" ? this.#flow(depth + 1) : this.#flowScalar();
  }

  #flowScalar(): ScalarNode {
    const c = this.#text.charCodeAt(this.#at);
    let node: ScalarNode;
    if (c === QUOTE || c === APOSTROPHE) {
      node = this.#quoted(this.#at);
    } else {
      const source = match(FLOW_PLAIN, this.#text, this.#at).trimEnd();
      node = this.#scalar(this.#at, this.#at + source.length);
    }
    this.#at = node.span.end;
    return node;
  }

  #skipBlanks(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) {
      this.#at++;
    }
  }

  /** A literal block whose first line shows its indentation. */
  #literal(column: number): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const header = text.slice(start, this.#end);
    if (header !== "|" && header !== "|-") {
      throw NOT_PLAIN;
    }
    let indent = -1;
    let value = "";
    let feeds = "";
    let end = this.#end;
    while (this.#next < text.length) {
      const lineStart = this.#next;
      const feed = text.indexOf("\n", lineStart);
      const next = feed < 0 ? text.length : feed + 1;
      let lineEnd = feed < 0 ? text.length : feed;
      if (lineEnd > lineStart && text.charCodeAt(lineEnd - 1) === 13) {
        lineEnd--;
      }
      let at = lineStart;
      while (at < lineEnd && text.charCodeAt(at) === SPACE) {
        at++;
      }
      if (at === lineEnd) {
        if (at > lineStart) {
          // Blanks alone: whether they count depends on what follows.
          throw NOT_PLAIN;
        }
        feeds += "\n";
      } else {
        if (indent < 0) {
          indent = at - lineStart;
          if (indent <= column) {
            throw NOT_PLAIN;
          }
        }
        if (at - lineStart < indent) {
          break;
        }
        value += feeds + text.slice(lineStart + indent, lineEnd);
        feeds = "\n";
        end = lineEnd;
      }
      this.#next = next;
    }
    if (indent < 0) {
      throw NOT_PLAIN;
    }
    const decoded = header === "|" ? `${value}\n` : value;
    const node = this.#texted(start, text.slice(start, end), "literal", decoded);
    this.#advance();
    if (this.#column > column) {
      throw NOT_PLAIN;
    }
    return node;
  }

  #count(): void {
    this.#nodes++;
    if (this.#nodes > MAX_NODES) {
      throw NOT_PLAIN;
    }
  }
}

function isMarker(text: string, at: number): boolean {
  return text.startsWith("---", at) || text.startsWith("...", at);
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) {
    throw NOT_PLAIN;
  }
  return found[0];
}

const ESCAPED: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function unescaped(_: string, c: string): string {
  return ESCAPED[c] ?? c;
}

/** What a plain text means in YAML 1.2's core schema. */
function plainValue(text: string): ScalarNode["value"] {
  const first = text.charCodeAt(0);
  // Digits, signs and the dot: maybe a number.
  if ((first >= 48 && first <= 57) || first === DASH || first === 43 || first === 46) {
    return numberOf(text);
  }
  if (text.length > 5) {
    return text;
  }
  if (/^(?:~|[Nn]ull|NULL)$/.test(text)) {
    return null;
  }
  if (/^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/.test(text)) {
    return text[0] === "t" || text[0] === "T";
  }
  return text;
}

function numberOf(text: string): number | string {
  if (/^[-+]?(?:\d+|\.\d+|\d+\.\d*)(?:[eE][-+]?\d+)?$/.test(text)) {
    return Number(text);
  }
  if (/^0o[0-7]+$/.test(text)) {
    return Number.parseInt(text.slice(2), 8);
  }
  if (/^0x[0-9a-fA-F]+$/.test(text)) {
    return Number.parseInt(text.slice(2), 16);
  }
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) {
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}
