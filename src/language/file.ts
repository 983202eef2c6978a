import type { CodeLens, DocumentSymbol, Hover } from "vscode-languageserver-types";
import type { Diagnostic } from "../shared/diagnostic.ts";
import type { Lines } from "../shared/lines.ts";

/**
 * One version of one text, as a language sees it. Made once per version and shared by all features; each method
 * computes from what is already parsed.
 */
export interface LanguageFile {
  readonly lines: Lines;
  readonly diagnostics: readonly Diagnostic[];
  lenses(uri: string): CodeLens[];
  symbols(): DocumentSymbol[];
  hover(offset: number): Hover | undefined;
}

/** A language: how its text is read. */
export interface Language {
  /** The language id of editors. */
  readonly id: string;
  /** The endings of its files, for editors that know them as plain YAML. */
  readonly endings: readonly string[];
  open(text: string): LanguageFile;
}
