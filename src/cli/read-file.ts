import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { reasonOf } from "./check/files.ts";
import type { CommandIo } from "./command.ts";

/** The text of a file; nothing where it cannot be read, which is said. */
export async function readText(file: string, io: CommandIo): Promise<string | undefined> {
  try {
    return await readFile(resolve(io.cwd, file), { encoding: "utf8", signal: io.signal });
  } catch (error) {
    io.signal.throwIfAborted();
    io.err(`${file} was not read. ${reasonOf(error)}`);
    return undefined;
  }
}
