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

/** A change that removes the problem. */
export interface Fix {
  readonly title: string;
  /** There is one right answer: may be applied unasked, as `source.fixAll` does. */
  readonly preferred?: boolean;
  readonly edits: readonly Replacement[];
}

/** The other place of a problem that two places make together. */
interface Related {
  readonly span: Span;
  readonly message: string;
}

/** Something wrong with a document, at the exact place. */
export interface Diagnostic {
  /** Rule id, for example `P02`; documented in docs/rules/. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
  /** Something that nothing uses: editors fade it. */
  readonly unnecessary?: boolean;
}
