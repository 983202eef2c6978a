import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join, relative, sep } from "node:path";

/** Where kubectl would look: every file of KUBECONFIG, and ~/.kube/config. Only files that exist, each once. */
export async function knownKubeconfigs(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const listed = (env.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  const candidates = [...new Set([...listed, join(homedir(), ".kube", "config")])];
  const present = await Promise.all(
    candidates.map((path) =>
      stat(path).then(
        (entry) => entry.isFile(),
        () => false,
      ),
    ),
  );
  return candidates.filter((_, index) => present[index]);
}

/** Whether `path`, links followed, lies in one of `folders`. */
export async function liesWithin(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path).catch(() => path);
  for (const folder of folders) {
    const way = relative(await realpath(folder).catch(() => folder), real);
    if (
      way !== "" &&
      way !== ".." &&
      !way.startsWith(`..${sep}`) &&
      !way.startsWith(sep) &&
      !/^[A-Za-z]:/.test(way)
    ) {
      return true;
    }
  }
  return false;
}

/** The key under which consent to a command is remembered: another file content or command asks again. */
export async function consentKey(path: string, command: string, args: readonly string[]): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .update("\0")
    .update(JSON.stringify([command, ...args]))
    .digest("hex");
}

/** A path as people write it: `~` for the home folder. */
export function shortPath(path: string, home = homedir()): string {
  return home !== "" && path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}

/** A command line for reading, quoted where needed; never run. */
export function commandLine(command: string, args: readonly string[]): string {
  return [command, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(" ");
}
