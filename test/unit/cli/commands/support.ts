import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandIo } from "../../../../src/cli/command.ts";

/** A command's edges in a folder of its own, which `remove` deletes. */
export function temporaryIo(): { io: CommandIo; output: string[]; errors: string[]; remove(): void } {
  const cwd = mkdtempSync(join(tmpdir(), "palette-cli-"));
  const output: string[] = [];
  const errors: string[] = [];
  return {
    io: {
      out: (text) => output.push(text),
      err: (line) => errors.push(line),
      cwd,
      today: "2026-11-24",
      env: {},
      signal: new AbortController().signal,
    },
    output,
    errors,
    remove: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
