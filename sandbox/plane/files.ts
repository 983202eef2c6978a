import { randomBytes } from "node:crypto";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";

/** Creates a folder that only its owner may enter. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Writes a file that only its owner may read, at once: a reader sees the old content or the new one. */
export async function writePrivate(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  await writeFile(temporary, content, { mode: 0o600, flag: "wx" });
  await rename(temporary, path);
}

/** Makes `path` a symbolic link to `target`, in place of what was there. */
export async function linkTo(target: string, path: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  await symlink(target, temporary);
  await rename(temporary, path);
}
