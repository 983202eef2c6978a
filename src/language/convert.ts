import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type Range,
  type TextEdit,
} from "vscode-languageserver-types";
import type { Diagnostic, Replacement, Severity, Span } from "../shared/diagnostic.ts";
import type { Lines } from "../shared/lines.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toRange(lines: Lines, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

export function toSpan(lines: Lines, range: Range): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function toTextEdit(lines: Lines, edit: Replacement): TextEdit {
  return { range: toRange(lines, edit.span), newText: edit.text };
}

/**
 * A diagnostic as editors take it.
 * @param rulePages address of the folder with a page per rule, if there is one
 */
export function toDiagnostic(
  lines: Lines,
  uri: string,
  diagnostic: Diagnostic,
  rulePages: string | undefined,
): LspDiagnostic {
  return {
    range: toRange(lines, diagnostic.span),
    severity: SEVERITIES[diagnostic.severity],
    source: "palette",
    code: diagnostic.code,
    message: diagnostic.message,
    ...(rulePages === undefined ? {} : { codeDescription: { href: `${rulePages}/${diagnostic.code}.md` } }),
    ...(diagnostic.unnecessary === true ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(diagnostic.related === undefined
      ? {}
      : {
          relatedInformation: diagnostic.related.map(({ span, message }) => ({
            location: { uri, range: toRange(lines, span) },
            message,
          })),
        }),
  };
}
