import type { LanguageFile } from "../language/index.ts";
import type { KubernetesSchemas } from "../profile/kubernetes/schemas.ts";

/** The API of Kubernetes for those files that hold objects of it: it is read when the first of them is seen. */
export class Schemas {
  kubernetes: KubernetesSchemas | undefined;
  #loading: Promise<void> | undefined;

  /**
   * Whether what a file needs is there. If not, it is loaded, and `again` called then.
   */
  serve(file: LanguageFile, again: () => void): boolean {
    if (this.kubernetes !== undefined || file.hasManifests?.() !== true) {
      return true;
    }
    this.#loading ??= import("../profile/kubernetes/index.ts").then(({ schemas }) => {
      this.kubernetes = schemas;
    });
    void this.#loading.then(again);
    return false;
  }
}
