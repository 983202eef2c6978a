import { isPaletteError, PaletteError } from "../shared/errors.ts";
import type { KindRef } from "./management.ts";
import type { Transport } from "./transport.ts";

/** How a kind is addressed. */
export interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

/** Finds how kinds are addressed, and remembers it: once per API group and version. */
export class Discovery {
  readonly #transport: Transport;
  readonly #management: string;
  readonly #groups = new Map<string, Promise<ReadonlyMap<string, Resource>>>();

  constructor(transport: Transport, management: string) {
    this.#transport = transport;
    this.#management = management;
  }

  /** Throws `Prerequisite` where the kind is not installed; it is looked for anew the next time. */
  async resource({ apiVersion, kind }: KindRef): Promise<Resource> {
    let known = this.#groups.get(apiVersion);
    if (known === undefined) {
      known = this.#load(apiVersion);
      this.#groups.set(apiVersion, known);
    }
    const found = await known.then(
      (resources) => resources.get(kind),
      (error: unknown) => {
        this.#groups.delete(apiVersion);
        throw error;
      },
    );
    if (found === undefined) {
      this.#groups.delete(apiVersion);
      throw new PaletteError("Prerequisite", `${this.#management} has no kind ${kind} of ${apiVersion}`, {
        next: "Install the Cluster API provider that brings it.",
      });
    }
    return found;
  }

  async #load(apiVersion: string): Promise<ReadonlyMap<string, Resource>> {
    const path = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
    try {
      // Callers share the answer, so no caller's signal may end it.
      const { resources = [] } = (await this.#transport.json({
        method: "GET",
        path,
        words: { verb: "read", object: `API ${apiVersion}` },
      })) as { resources?: { name: string; kind: string; namespaced: boolean }[] };
      return new Map(
        resources
          .filter(({ name }) => !name.includes("/"))
          .map(({ name, kind, namespaced }) => [kind, { name, namespaced }]),
      );
    } catch (error) {
      if (isPaletteError(error, "NotFound")) {
        return new Map();
      }
      throw error;
    }
  }
}
