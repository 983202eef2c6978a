/** Half-open range of UTF-16 offsets into a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = "error" | "warning" | "info" | "hint";

export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** A change that removes the problem. Offered only where there is one right answer. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Replacement[];
}

/** Something wrong with a document, at the exact place. */
export interface Diagnostic {
  /** Rule id, for example `P02`; documented in docs/rules/. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly fixes?: readonly Fix[];
}
