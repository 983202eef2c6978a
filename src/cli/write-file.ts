import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { reasonOf } from "./check/files.ts";
import type { CommandIo } from "./command.ts";

/**
 * Writes a result to a file, or to the output for `-`. An existing file stays unless `force` is set.
 * Gives the exit code.
 */
export async function writeResult(
  file: string,
  text: string,
  force: boolean,
  io: CommandIo,
): Promise<number> {
  if (file === "-") {
    io.out(text);
    return 0;
  }
  try {
    await writeFile(resolve(io.cwd, file), text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    io.err(
      exists
        ? `${file} exists and stays as it is. Choose another file with --output, or overwrite it with --force.`
        : `${file} was not written. ${reasonOf(error)}`,
    );
    return 1;
  }
  io.err(`${file} is written.`);
  return 0;
}
