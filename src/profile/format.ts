import type { Replacement } from "../shared/diagnostic.ts";
import { Lines } from "../shared/lines.ts";
import { applyEdits } from "./edits.ts";
import type { MapNode, ScalarNode, SeqNode, YamlNode } from "./syntax/nodes.ts";
import { parseYaml } from "./syntax/parse.ts";
import { blockIndent } from "./syntax/source-map.ts";

const STEP = 2;

/**
 * The edits that indent a document by two columns per nesting, list items below their key, one blank behind colons
 * and dashes, and none at the end of lines. Text inside values moves as a block and stays as it is. Nothing where
 * the text cannot be read, or where an edit would change a value: that is checked.
 */
export function formatYaml(text: string): Replacement[] {
  const before = parseYaml(text);
  if (before.length === 0 || before.some(({ problems }) => problems.length > 0)) {
    return [];
  }
  const layout = new Layout(text);
  for (const { root } of before) {
    if (root !== undefined && !layout.place(root, 0)) {
      return [];
    }
  }
  const edits = layout.edits();
  const after = parseYaml(applyEdits(text, edits));
  const same =
    after.length === before.length &&
    after.every(({ root, problems }, i) => problems.length === 0 && sameValue(root, before[i]?.root));
  return same ? edits : [];
}

function sameValue(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) {
    return a === b;
  }
  switch (a.kind) {
    case "scalar":
      return b.kind === "scalar" && a.value === b.value && a.style === b.style;
    case "alias":
      return b.kind === "alias" && a.name === b.name;
    case "seq":
      return (
        b.kind === "seq" &&
        a.items.length === b.items.length &&
        a.items.every((item, i) => sameValue(item, b.items[i]))
      );
    case "map":
      return (
        b.kind === "map" &&
        a.pairs.length === b.pairs.length &&
        a.pairs.every(
          (pair, i) => sameValue(pair.key, b.pairs[i]?.key) && sameValue(pair.value, b.pairs[i]?.value),
        )
      );
  }
}

/** Collects where each line goes. */
class Layout {
  readonly #text: string;
  readonly #lines: Lines;
  /** New indentation of the lines that begin something. */
  readonly #indents = new Map<number, number>();
  /** Lines inside a scalar or a flow collection, and how far they move. */
  readonly #moved = new Map<
    number,
    { readonly by: number; readonly least: number; readonly literal: boolean }
  >();
  readonly #spacing: Replacement[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#lines = new Lines(text);
  }

  /** Lays out a node whose parts begin at `column`. False where something is written that is not understood. */
  place(node: YamlNode, column: number): boolean {
    if (node.kind === "map" && !node.flow) {
      return this.#map(node, column);
    }
    if (node.kind === "seq" && !node.flow) {
      return this.#seq(node, column);
    }
    const line = this.#lines.lineAt(node.span.start);
    const by = this.#isFirst(node.span.start) ? column - this.#indentOf(line) : 0;
    if (this.#isFirst(node.span.start)) {
      this.#indents.set(line, column);
    }
    this.#continuation(node, by, column);
    return true;
  }

  #map(map: MapNode, column: number): boolean {
    return map.pairs.every(({ key, value }) => {
      if (key.kind !== "scalar" || this.#text[key.span.end] !== ":" || this.#spansLines(key)) {
        return false;
      }
      const line = this.#lines.lineAt(key.span.start);
      if (this.#isFirst(key.span.start)) {
        this.#indents.set(line, column);
      } else if (!this.#isBehindDash(key.span.start)) {
        return false;
      }
      return value === undefined || this.#value(key, value, column);
    });
  }

  #value(key: ScalarNode, value: YamlNode, column: number): boolean {
    const start = value.span.start;
    const sameLine = this.#lines.lineAt(start) === this.#lines.lineAt(key.span.start);
    if ((value.kind === "map" || value.kind === "seq") && !value.flow) {
      return !sameLine && this.place(value, column + STEP);
    }
    if (!sameLine && this.#isFirst(start)) {
      return this.place(value, column + STEP);
    }
    if (!sameLine) {
      return false;
    }
    this.#oneBlank(key.span.end + 1, start);
    const oldColumn = this.#lines.positionAt(key.span.start).character;
    this.#continuation(value, column - oldColumn, column);
    return true;
  }

  #seq(list: SeqNode, column: number): boolean {
    return list.items.every((item) => {
      if (item === undefined) {
        return false;
      }
      let dash = item.span.start - 1;
      while (dash >= 0 && /\s/.test(this.#text[dash] ?? "")) {
        dash--;
      }
      if (this.#text[dash] !== "-") {
        return false;
      }
      const line = this.#lines.lineAt(dash);
      if (this.#isFirst(dash)) {
        this.#indents.set(line, column);
      } else if (!this.#isBehindDash(dash)) {
        return false;
      }
      if (this.#lines.lineAt(item.span.start) === line) {
        this.#oneBlank(dash + 1, item.span.start);
        if (item.kind === "scalar" || item.kind === "alias" || item.flow) {
          const oldColumn = this.#lines.positionAt(dash).character;
          this.#continuation(item, column - oldColumn, column);
          return true;
        }
      }
      return this.place(item, column + STEP);
    });
  }

  /** The lines of a node below its first. */
  #continuation(node: YamlNode, by: number, column: number): void {
    const first = this.#lines.lineAt(node.span.start);
    const last = this.#lines.lineAt(node.span.end);
    const literal = node.kind === "scalar" && (node.style === "literal" || node.style === "folded");
    let move = by;
    if (literal) {
      const header = this.#text.slice(node.span.start, this.#lines.endOf(first));
      const indent = blockIndent(this.#text, node);
      // With a number in its header the text stands that far from its key, and goes where the key goes.
      move = /^[|>][-+]?\d/.test(header) ? by : column + STEP - indent;
    }
    for (let line = first + 1; line <= last; line++) {
      this.#moved.set(line, { by: move, least: literal ? 0 : column + 1, literal });
    }
    if (literal) {
      // Blank lines behind belong to the text: with + in the header they count.
      for (let line = last + 1; line < this.#lines.count && this.#lineText(line).trim() === ""; line++) {
        this.#moved.set(line, { by: move, least: 0, literal });
      }
    }
  }

  #spansLines({ span }: YamlNode): boolean {
    return this.#lines.lineAt(span.start) !== this.#lines.lineAt(span.end);
  }

  #lineText(line: number): string {
    return this.#text.slice(this.#lines.startOf(line), this.#lines.endOf(line));
  }

  #indentOf(line: number): number {
    return /^[ \t]*/.exec(this.#lineText(line))?.[0].length ?? 0;
  }

  #isFirst(offset: number): boolean {
    const line = this.#lines.lineAt(offset);
    return this.#indentOf(line) === offset - this.#lines.startOf(line);
  }

  #isBehindDash(offset: number): boolean {
    const line = this.#lines.lineAt(offset);
    return /^\s*(?:-\s+)+$/.test(this.#text.slice(this.#lines.startOf(line), offset));
  }

  #oneBlank(start: number, end: number): void {
    const written = this.#text.slice(start, end);
    if (written !== " " && /^[ \t]+$/.test(written)) {
      this.#spacing.push({ span: { start, end }, text: " " });
    }
  }

  edits(): Replacement[] {
    const edits = [...this.#spacing];
    // From below: a comment goes with the line below that begins something, or with the document at the end.
    let below = this.#indents.get(0) ?? 0;
    for (let line = this.#lines.count - 1; line >= 0; line--) {
      const text = this.#lineText(line);
      const start = this.#lines.startOf(line);
      const old = this.#indentOf(line);
      const moved = this.#moved.get(line);
      const indent = this.#newIndent(line, text, old, below);
      below = this.#indents.get(line) ?? below;
      if (indent !== undefined && indent !== old) {
        edits.push({ span: { start, end: start + old }, text: " ".repeat(indent) });
      }
      const content = text.trimEnd();
      // Blanks at the end of a line of text are part of the text.
      if (moved === undefined && content.length < text.length && content !== "") {
        edits.push({ span: { start: start + content.length, end: start + text.length }, text: "" });
      }
    }
    return edits.sort((a, b) => a.span.start - b.span.start);
  }

  #newIndent(line: number, text: string, old: number, below: number): number | undefined {
    const moved = this.#moved.get(line);
    if (text.trim() === "") {
      // Of a blank line of text the blanks behind the indentation count.
      return moved?.literal === true ? Math.max(0, old + moved.by) : 0;
    }
    if (moved !== undefined) {
      return Math.max(moved.least, old + moved.by);
    }
    return this.#indents.get(line) ?? (/^\s*#/.test(text) ? below : undefined);
  }
}
