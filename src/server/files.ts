import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Language, type LanguageFile, languageOf } from "../language/index.ts";

export interface OpenFile {
  readonly language: Language;
  readonly file: LanguageFile;
}

/** Parses each version of an open document once, whichever feature asks first. */
export class Files {
  /** The day it is, yyyy-mm-dd. */
  readonly #today: () => string;
  readonly #parsed = new Map<string, OpenFile & { readonly version: number }>();

  constructor(today: () => string) {
    this.#today = today;
  }

  /** Nothing for a document of no language of ours. */
  of(document: TextDocument | undefined): OpenFile | undefined {
    if (document === undefined) {
      return undefined;
    }
    const known = this.#parsed.get(document.uri);
    if (known?.version === document.version) {
      return known;
    }
    const language = languageOf(document.languageId, document.uri);
    if (language === undefined) {
      return undefined;
    }
    // The language of a document never changes: an editor closes it and opens it anew.
    const opened = {
      language,
      file: language.open(document.getText(), known?.file, this.#today()),
      version: document.version,
    };
    this.#parsed.set(document.uri, opened);
    return opened;
  }

  forget(uri: string): void {
    this.#parsed.delete(uri);
  }
}
