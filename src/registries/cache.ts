import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Chart } from "../catalog/userPacks.ts";
import type { Validators } from "./helm.ts";
import type { RegistrySettings } from "./settings.ts";

/** What is kept of a registry on disk. */
export interface Kept extends Validators {
  /** When the registry last answered, in milliseconds since 1970. */
  readonly checked: number;
  readonly charts: readonly Chart[];
}

/** Raised whenever `Kept` changes: files of another format are as good as none. */
const FORMAT = 1;

/** One file a registry in a folder that several windows share. */
export class Cache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Nothing where there is none, or none that can be read. */
  async read(settings: RegistrySettings): Promise<Kept | undefined> {
    try {
      const { format, ...kept } = JSON.parse(await readFile(this.#path(settings), "utf8"));
      return format === FORMAT && typeof kept.checked === "number" && Array.isArray(kept.charts)
        ? kept
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Another window sees the old file or the new one, never half of it. */
  async write(settings: RegistrySettings, kept: Kept): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(settings);
    const fresh = `${path}.${randomUUID()}`;
    try {
      // What a private registry has is nobody else's business.
      await writeFile(fresh, JSON.stringify({ format: FORMAT, ...kept }), { mode: 0o600 });
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  }

  async forget(settings: RegistrySettings): Promise<void> {
    await rm(this.#path(settings), { force: true });
  }

  #path({ kind, url, charts }: RegistrySettings): string {
    const id = createHash("sha256")
      .update(JSON.stringify([kind, url, charts]))
      .digest("hex")
      .slice(0, 32);
    return join(this.#folder, `${id}.json`);
  }
}
