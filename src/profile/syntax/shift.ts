import type { Diagnostic, Span } from "../../shared/diagnostic.ts";
import type { YamlNode } from "./nodes.ts";

export function moveSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The same tree further down the text. It holds no aliases. */
export function moveNode(node: YamlNode, by: number): YamlNode {
  const span = moveSpan(node.span, by);
  switch (node.kind) {
    case "map":
      return {
        ...node,
        span,
        pairs: node.pairs.map(({ key, value }) => ({
          key: moveNode(key, by),
          value: value === undefined ? undefined : moveNode(value, by),
        })),
      };
    case "seq":
      return {
        ...node,
        span,
        items: node.items.map((item) => (item === undefined ? undefined : moveNode(item, by))),
      };
    default:
      return { ...node, span };
  }
}

/** The same problem at another place. */
export function mapProblem(problem: Diagnostic, map: (span: Span) => Span): Diagnostic {
  return {
    ...problem,
    span: map(problem.span),
    ...(problem.related === undefined
      ? {}
      : { related: problem.related.map((each) => ({ ...each, span: map(each.span) })) }),
  };
}
