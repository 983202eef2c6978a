import type {
  CodeLens,
  CompletionItem,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  SelectionRange,
} from "vscode-languageserver-types";
import type { UserPacks } from "../catalog/index.ts";
import type { Surroundings } from "../profile/check.ts";
import type { ProfileVersion } from "../profile/versions.ts";
import type { Diagnostic, Replacement, Span } from "../shared/diagnostic.ts";
import type { Lines } from "../shared/lines.ts";

/** Something that has a name in a file, and every place that says it. */
interface Named {
  readonly name: string;
  /** The mention that was asked about. */
  readonly span: Span;
  readonly definition: Span | undefined;
  readonly uses: readonly Span[];
}

/** The kinds of tokens, in the order of the protocol's legend. */
export const TOKEN_TYPES = ["variable", "property", "string", "number", "keyword", "comment"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** A word that is colored by what it means. */
export interface Token {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: TokenType;
}

/**
 * One version of one text, as a language sees it. Made once per version and shared by all features; each method
 * computes from what is already parsed. What a language does not have is left out.
 */
export interface LanguageFile {
  readonly lines: Lines;
  readonly diagnostics: readonly Diagnostic[];
  lenses?(uri: string): CodeLens[];
  symbols?(): DocumentSymbol[];
  /** @param user the charts of the user's own registries */
  hover?(offset: number, user?: UserPacks): Hover | undefined;
  completion?(offset: number, user?: UserPacks): CompletionItem[];
  named?(offset: number): Named | undefined;
  /** The edits that give what is named at `offset` another name; nothing where the name cannot be one. */
  rename?(offset: number, to: string): Replacement[] | undefined;
  folding?(): FoldingRange[];
  selection?(offset: number): SelectionRange;
  hints?(span: Span, user?: UserPacks): InlayHint[];
  /** In the order of the text. */
  tokens?(): Token[];
  /** Edits that change no value. */
  format?(): Replacement[];
  links?(uri: string): DocumentLink[];
  /** Whether it holds Kubernetes objects, to load what they are judged by. */
  hasManifests?(): boolean;
  /** Which version of which profile this is, to judge it with others. */
  version?(): ProfileVersion | undefined;
}

/** A language: how its text is read. */
export interface Language {
  /**
   * @param last an earlier version of the text: what it shares with this one is not parsed again.
   * @param around what diagnostics may know beyond the text
   */
  open(text: string, last?: LanguageFile, around?: Surroundings): LanguageFile;
}
