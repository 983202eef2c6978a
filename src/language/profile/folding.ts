import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { ProfileDocument } from "../../profile/document.ts";
import { walk, type YamlNode } from "../../profile/syntax/nodes.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";

/** Maps, lists, items and blocks of text that take several lines, inside values too; runs of comments. */
export function profileFolding(lines: Lines, document: ProfileDocument): FoldingRange[] {
  const folds = new Map<number, FoldingRange>();
  const add = (span: Span, kind?: FoldingRangeKind): void => {
    const startLine = lines.lineAt(span.start);
    const endLine = lines.lineAt(Math.max(span.start, span.end - 1));
    const known = folds.get(startLine);
    if (endLine > startLine && (known === undefined || known.endLine < endLine)) {
      folds.set(startLine, { startLine, endLine, ...(kind === undefined ? {} : { kind }) });
    }
  };
  const fold = (root: YamlNode | undefined, lift: (span: Span) => Span): void => {
    walk(root, (node) => {
      if (node.kind === "map") {
        for (const { key, value } of node.pairs) {
          if (value !== undefined && value.kind !== "alias") {
            add(lift({ start: key.span.start, end: Math.max(key.span.end, value.span.end) }));
          }
        }
      } else if (node.kind === "seq") {
        for (const item of node.items) {
          if (item !== undefined) {
            add(lift(item.span));
          }
        }
      }
    });
  };
  fold(document.root, (span) => span);
  for (const text of document.embedded) {
    for (const { root } of text.documents) {
      fold(root, text.toSpan);
    }
  }
  let start = -1;
  for (let line = 0; line <= lines.count; line++) {
    const comment =
      line < lines.count && /^\s*#/.test(lines.text.slice(lines.startOf(line), lines.endOf(line)));
    if (comment && start < 0) {
      start = line;
    } else if (!comment && start >= 0) {
      if (line - 1 > start && !folds.has(start)) {
        folds.set(start, { startLine: start, endLine: line - 1, kind: FoldingRangeKind.Comment });
      }
      start = -1;
    }
  }
  return [...folds.values()].sort((a, b) => a.startLine - b.startLine);
}
