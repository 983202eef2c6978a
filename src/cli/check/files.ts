import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Folders that hold other people's files. */
const SKIPPED = new Set(["node_modules", ".git"]);
const CHECKED = /\.(?:profile|cluster)\.ya?ml$/;

export interface FoundFiles {
  readonly files: readonly string[];
  /** Paths that could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * The files to check: those that are named, and every profile and cluster request below the named folders, in
 * the order of their names. Symbolic links to folders are not followed.
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const files = new Set<string>();
  const unreadable: { path: string; reason: string }[] = [];
  const visit = async (folder: string): Promise<void> => {
    let entries: Dirent[];
    try {
      entries = await readdir(resolve(cwd, folder), { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: folder, reason: reasonOf(error) });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        await visit(path);
      } else if (CHECKED.test(entry.name) && (await isReadable(entry, resolve(cwd, path)))) {
        files.add(path);
      }
    }
  };
  for (const path of paths) {
    try {
      const found = await stat(resolve(cwd, path));
      if (found.isDirectory()) {
        await visit(path);
      } else {
        files.add(path);
      }
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) });
    }
  }
  return { files: [...files], unreadable };
}

/** Whether an entry of a folder is a file, or leads to one or to nothing: of a pipe or a device the end may never come. */
async function isReadable(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) {
    return entry.isFile();
  }
  const found = await stat(path).catch(() => undefined);
  return found === undefined || found.isFile();
}

/** Why a file cannot be read or written, without Node's own prefix. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return "There is no such file or folder.";
    case "EACCES":
    case "EPERM":
      return "The permission is missing.";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
