import type { SelectionRange } from "vscode-languageserver-types";
import type { ProfileDocument } from "../../profile/document.ts";
import type { YamlNode } from "../../profile/syntax/nodes.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";

/** Selections that grow from the word at an offset to the whole document, through the YAML inside text. */
export function profileSelection(lines: Lines, document: ProfileDocument, offset: number): SelectionRange {
  const spans: Span[] = [{ start: 0, end: lines.text.length }];
  const push = (span: Span): void => {
    const outer = spans.at(-1);
    const within = outer !== undefined && outer.start <= span.start && span.end <= outer.end;
    if (within && (outer.start !== span.start || outer.end !== span.end)) {
      spans.push(span);
    }
  };
  descend(document.root, offset, (span) => span, push);
  const text = document.embedded.find(({ node }) => node.span.start <= offset && offset <= node.span.end);
  if (text !== undefined) {
    const inner = text.toDecoded(offset);
    for (const { root } of text.documents) {
      descend(root, inner, text.toSpan, push);
    }
  }
  let range: SelectionRange = { range: toRange(lines, spans[0] ?? { start: 0, end: 0 }) };
  for (const span of spans.slice(1)) {
    range = { range: toRange(lines, span), parent: range };
  }
  return range;
}

function descend(
  root: YamlNode | undefined,
  offset: number,
  lift: (span: Span) => Span,
  push: (span: Span) => void,
): void {
  let node = root;
  while (node !== undefined && node.span.start <= offset && offset <= node.span.end) {
    push(lift(node.span));
    let next: YamlNode | undefined;
    if (node.kind === "map") {
      const pair = node.pairs.findLast(({ key }) => key.span.start <= offset);
      if (pair !== undefined) {
        push(
          lift({ start: pair.key.span.start, end: Math.max(pair.key.span.end, pair.value?.span.end ?? 0) }),
        );
        next = offset <= pair.key.span.end ? pair.key : pair.value;
      }
    } else if (node.kind === "seq") {
      next = node.items.findLast((item) => item !== undefined && item.span.start <= offset);
    }
    node = next;
  }
}
