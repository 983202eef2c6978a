import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { throwIfCancelled } from "./errors.ts";
import { startOf } from "./processes/identity.ts";
import type { TaskOptions } from "./progress.ts";

/** Who holds a lock; null once it was given back. */
type Holder = { readonly pid: number; readonly start: string } | null;

const pattern = /^lock\.(\d+)$/;

/**
 * Runs `work` while no other process works on `folder`, waiting for one that does. A lock is a file with a number:
 * the highest counts, and taking one over means to create the next number, which only one process can; who created
 * one that is not the highest any more, since it was late, takes it back. So a process that died holding it locks
 * nobody out, and no two can believe to hold it.
 */
export async function withLock<T>(
  folder: string,
  options: TaskOptions,
  purpose: string,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = await acquire(folder, options, purpose);
  try {
    return await work();
  } finally {
    // It stays as a file, given back: were it deleted, numbers could be used twice.
    await writeFile(own, JSON.stringify(null));
  }
}

async function acquire(folder: string, options: TaskOptions, purpose: string): Promise<string> {
  const me: Holder = { pid: process.pid, start: (await startOf(process.pid)) ?? "" };
  const temporary = join(folder, `lock-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  await writeFile(temporary, JSON.stringify(me), { mode: 0o600 });
  try {
    for (;;) {
      throwIfCancelled(options.signal);
      const numbers = await lockNumbers(folder);
      const highest = numbers.at(-1) ?? 0;
      const holder = highest === 0 ? null : await readHolder(join(folder, `lock.${highest}`));
      if (holder !== null && (await startOf(holder.pid)) === holder.start) {
        options.onProgress?.({
          step: `Waiting for another ${purpose} (process ${holder.pid})`,
          done: 0,
          total: 0,
        });
        await sleep(300, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
          () => undefined,
        );
        continue;
      }
      const path = join(folder, `lock.${highest + 1}`);
      if (!(await createFrom(temporary, path))) {
        continue;
      }
      // Others may have taken this number, given it back and gone on to the next since the folder was read.
      if ((await lockNumbers(folder)).some((number) => number > highest + 1)) {
        await rm(path, { force: true });
        continue;
      }
      await Promise.all(numbers.map((number) => rm(join(folder, `lock.${number}`), { force: true })));
      return path;
    }
  } finally {
    await rm(temporary, { force: true });
  }
}

async function lockNumbers(folder: string): Promise<number[]> {
  return (await readdir(folder))
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

async function readHolder(path: string): Promise<Holder> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    // Taken over in this moment (gone), or its writer died while giving it back (empty).
    return null;
  }
}

/** Creates `path` with the content of `temporary` at once, or says that it exists. */
async function createFrom(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}
