import type { Fix, Replacement, Span } from "../shared/diagnostic.ts";
import type { MapNode, ScalarNode, SeqNode, YamlNode } from "./syntax/nodes.ts";

/** Writes another text into a scalar and keeps its quotes. */
export function replaceScalar(node: ScalarNode, text: string): Replacement {
  if (node.style === "single") {
    return { span: node.span, text: `'${text.replaceAll("'", "''")}'` };
  }
  if (node.style === "double") {
    return { span: node.span, text: JSON.stringify(text) };
  }
  return { span: node.span, text };
}

export function renameKey(key: ScalarNode, name: string): Fix {
  return { title: `Change to ${name}`, edits: [replaceScalar(key, name)] };
}

export function applyEdits(text: string, edits: readonly Replacement[]): string {
  // Stable: several insertions at one place stay in their order.
  const sorted = edits.map((edit, index) => ({ edit, index }));
  sorted.sort((a, b) => a.edit.span.start - b.edit.span.start || a.index - b.index);
  let result = "";
  let at = 0;
  for (const { edit } of sorted) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = Math.max(at, edit.span.end);
  }
  return result + text.slice(at);
}

export function lineEndOf(text: string): "\r\n" | "\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Column of an offset, from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Behind the line end of the line that holds `offset`; the end of the text for its last line. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** How far nested keys are indented in this document; 2 where nothing is nested. */
export function indentStep(text: string, root: MapNode): number {
  for (const pair of root.pairs) {
    if (pair.value?.kind === "map" && !pair.value.flow) {
      const step = columnOf(text, pair.value.span.start) - columnOf(text, pair.key.span.start);
      if (step > 0) {
        return step;
      }
    }
  }
  return 2;
}

/** An item of a block list that can be moved as whole lines, the comments directly above it included. */
export interface ItemLines {
  readonly start: number;
  readonly end: number;
}

/**
 * The lines of each item of a block list, one behind the other. Nothing where an item does not begin its own
 * line, as in flow style.
 */
export function itemLines(text: string, list: SeqNode): ItemLines[] | undefined {
  if (list.flow || list.items.length === 0) {
    return undefined;
  }
  const column = columnOf(text, list.span.start);
  const starts: number[] = [];
  for (const item of list.items) {
    const dash = item === undefined ? -1 : dashOf(text, item);
    if (
      dash < 0 ||
      columnOf(text, dash) !== column ||
      !/^[ ]*$/.test(text.slice(lineStart(text, dash), dash))
    ) {
      return undefined;
    }
    starts.push(commentsAbove(text, lineStart(text, dash)));
  }
  const last = list.items.at(-1);
  const end = nextLine(text, last?.span.end ?? list.span.end);
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? end }));
}

/** Offset of the `-` before an item. */
function dashOf(text: string, item: YamlNode): number {
  let at = item.span.start - 1;
  while (at >= 0 && /[\s]/.test(text[at] ?? "")) {
    at--;
  }
  return text[at] === "-" ? at : -1;
}

function commentsAbove(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const previous = lineStart(text, at - 1);
    if (!/^\s*#/.test(text.slice(previous, at))) {
      break;
    }
    at = previous;
  }
  return at;
}

/** Reorders the items of a list; comments move with the item below them. Nothing where it cannot be done safely. */
export function reorder(text: string, list: SeqNode, order: readonly number[]): Replacement[] | undefined {
  if (list.flow) {
    return list.items.flatMap((item, i) => {
      const from = list.items[order[i] ?? i];
      return item === undefined || from === undefined || from === item
        ? []
        : [{ span: item.span, text: text.slice(from.span.start, from.span.end) }];
    });
  }
  const lines = itemLines(text, list);
  const first = lines?.[0];
  const last = lines?.at(-1);
  if (lines === undefined || first === undefined || last === undefined) {
    return undefined;
  }
  const eol = lineEndOf(text);
  const chunks = order.map((i) => {
    const line = lines[i];
    const chunk = line === undefined ? "" : text.slice(line.start, line.end);
    return chunk.endsWith("\n") ? chunk : chunk + eol;
  });
  const span: Span = { start: first.start, end: last.end };
  return [{ span, text: chunks.join("") }];
}
