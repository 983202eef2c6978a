/**
 * `npm run lockfile`: completes package-lock.json after `npm install`, when the registry at hand does not carry the
 * ready-made binaries of other platforms. npm then leaves them out, and `npm ci` refuses the lock file everywhere.
 * They are named by version and platform here, without a checksum, which npm takes as it is.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./bundles.ts";

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, LockedPackage>;
}

const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];

/** The packages that a lock file leaves out, by their place in node_modules. */
export function leftOut({ packages }: Lock): Record<string, LockedPackage> {
  const found: Record<string, LockedPackage> = {};
  for (const [place, { optionalDependencies, dev = false }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      if (!isLocked(packages, place, name)) {
        found[`node_modules/${name}`] = entryOf(name, version, dev);
      }
    }
  }
  return found;
}

/** Whether the package at `place` finds `name`, looking upwards as Node.js does. */
function isLocked(packages: Lock["packages"], place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    if (`${folder === "" ? "" : `${folder}/`}node_modules/${name}` in packages) {
      return true;
    }
    if (folder === "") {
      return false;
    }
  }
}

/** What npm would write of a binary package, by what its name says about where it runs: `cli-linux-x64-musl`. */
function entryOf(name: string, version: string, dev: boolean): LockedPackage {
  const words = name.split(/[-/]/);
  const at = words.findIndex((word) => systems.includes(word));
  const [os, cpu, abi] = words.slice(at);
  if (at === -1 || os === undefined || cpu === undefined) {
    throw new Error(`${name} does not say which platform it is for. Complete package-lock.json by hand.`);
  }
  const libc = os === "linux" && abi !== undefined ? [abi.startsWith("musl") ? "musl" : "glibc"] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc }),
    optional: true,
    os: [os],
  };
}

if (import.meta.main) {
  const path = join(root, "package-lock.json");
  const lock = JSON.parse(await readFile(path, "utf8")) as Lock;
  const missing = leftOut(lock);
  const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) =>
    a.localeCompare(b, "en"),
  );
  await writeFile(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  console.log(`${Object.keys(missing).length} packages of other platforms added`);
}
