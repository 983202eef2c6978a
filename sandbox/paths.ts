import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where the sandbox keeps what. */
export interface Folders {
  /** Everything of one plane: data, credentials, logs. Private to its user. */
  readonly state: string;
  /** Built engines and rendered manifests, shared by every plane of the user. */
  readonly engines: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folders for an environment: PALETTE_HOME and PALETTE_CACHE where they are set, else the platform's own
 * data and cache folders (XDG on Linux, Library on macOS).
 */
export function foldersOf(env: Environment = process.env, platform: string = process.platform): Folders {
  const home = env.HOME ?? homedir();
  const mac = platform === "darwin";
  const data = env.XDG_DATA_HOME ?? join(home, mac ? "Library/Application Support" : ".local/share");
  const cache = env.XDG_CACHE_HOME ?? join(home, mac ? "Library/Caches" : ".cache");
  return {
    state: join(env.PALETTE_HOME ?? join(data, "palette-onboarding"), "sandbox"),
    engines: join(env.PALETTE_CACHE ?? join(cache, "palette-onboarding"), "engines"),
  };
}

/**
 * The go.mod wrappers that ship with the product. The path is the same from the source (sandbox/) and from the
 * bundle (dist/), whose build puts its own folder in place of `import.meta.dirname`.
 */
export const wrappers: string = resolve(import.meta.dirname, "../sandbox/engines");

/** The stand-in for sveltoscluster-manager. */
export const clusterManager: string = standIn("sveltosClusterManager");

/** The stand-in for what runs in the pods of virtual clusters. */
export const virtualClusters: string = standIn("virtualClusters");

/** A program of our own: a bundle of its own in the product, else its source. */
function standIn(name: string): string {
  const bundled = join(import.meta.dirname, `${name}.cjs`);
  return existsSync(bundled) ? bundled : join(import.meta.dirname, `standins/${name}.ts`);
}
