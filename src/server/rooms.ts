import { type Language, type LanguageFile, languageIdOf, profileLanguage } from "../language/index.ts";
import type { KubernetesSchemas } from "../profile/kubernetes/schemas.ts";

/** What is loaded when the first document needs it: most people write profiles only, many of them without manifests. */
export class Rooms {
  kubernetes: KubernetesSchemas | undefined;
  #requests: Language | undefined;
  #loadingKubernetes: Promise<void> | undefined;
  #loadingRequests: Promise<void> | undefined;

  /** The language of a document; nothing where it has none of ours, or one that is not loaded yet. */
  languageOf(languageId: string, uri: string): Language | undefined {
    switch (languageIdOf(languageId, uri)) {
      case "palette-profile":
        return profileLanguage;
      case "palette-cluster":
        return this.#requests;
      case undefined:
        return undefined;
    }
  }

  /** Whether the language of a document is there. If not, it is loaded, and `again` called then. */
  hasLanguage(languageId: string, uri: string, again: () => void): boolean {
    if (languageIdOf(languageId, uri) !== "palette-cluster" || this.#requests !== undefined) {
      return true;
    }
    this.#loadingRequests ??= import("../language/request/index.ts").then(({ requestLanguage }) => {
      this.#requests = requestLanguage;
    });
    void this.#loadingRequests.then(again);
    return false;
  }

  /** Whether what a file is judged by is there. If not, it is loaded, and `again` called then. */
  hasSchemas(file: LanguageFile, again: () => void): boolean {
    if (this.kubernetes !== undefined || file.hasManifests?.() !== true) {
      return true;
    }
    this.#loadingKubernetes ??= import("../profile/kubernetes/index.ts").then(({ schemas }) => {
      this.kubernetes = schemas;
    });
    void this.#loadingKubernetes.then(again);
    return false;
  }
}
