import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Language, LanguageFile } from "../language/index.ts";
import type { Surroundings } from "../profile/check.ts";
import type { Rooms } from "./rooms.ts";

export interface OpenFile {
  readonly language: Language;
  readonly file: LanguageFile;
}

/** Parses each version of an open document once, whichever feature asks first. */
export class Files {
  /** What is known beyond the texts at the moment. */
  readonly #around: () => Surroundings;
  readonly #languageOf: Rooms["languageOf"];
  readonly #parsed = new Map<string, OpenFile & { readonly version: number }>();

  constructor(around: () => Surroundings, languageOf: Rooms["languageOf"]) {
    this.#around = around;
    this.#languageOf = languageOf;
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
    const language = this.#languageOf(document.languageId, document.uri);
    if (language === undefined) {
      return undefined;
    }
    // The language of a document never changes: an editor closes it and opens it anew.
    const opened = {
      language,
      file: language.open(document.getText(), known?.file, this.#around()),
      version: document.version,
    };
    this.#parsed.set(document.uri, opened);
    return opened;
  }

  /** Something else is known beyond the texts: reads them anew when they are asked for, which costs little. */
  renew(): void {
    for (const [uri, file] of this.#parsed) {
      this.#parsed.set(uri, { ...file, version: Number.NaN });
    }
  }

  forget(uri: string): void {
    this.#parsed.delete(uri);
  }
}
