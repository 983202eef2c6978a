import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkRequest, parseRequest, requestOf } from "../cluster/index.ts";
import type { ClusterRequest } from "../cluster/model.ts";
import { checkProfile, parseProfile, profileOf } from "../profile/index.ts";
import type { Profile } from "../profile/model.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import { PaletteError } from "../shared/errors.ts";
import { Lines } from "../shared/lines.ts";
import type { CommandIo } from "./command.ts";

/**
 * Reads a `*.cluster.yaml`; its warnings go to the error stream. Throws `InvalidDocument` with the place of the
 * first error, after the others were told.
 */
export async function readRequest(file: string, io: CommandIo): Promise<ClusterRequest> {
  const text = await read(file, io);
  const document = parseRequest(text);
  const request = requestOf(document);
  tell(file, text, checkRequest(document), io, request === undefined);
  if (request === undefined) {
    throw new PaletteError("InvalidDocument", `No cluster can be made from ${file}`, {
      next: "Correct what is named above.",
    });
  }
  return request;
}

/** Reads a profile file. Throws `InvalidDocument` after its errors were told. */
export async function readProfile(
  file: string,
  io: CommandIo,
): Promise<{ readonly text: string; readonly profile: Profile }> {
  const text = await read(file, io);
  const document = parseProfile(text);
  const profile = profileOf(document);
  if (profile === undefined) {
    tell(file, text, checkProfile(document), io, true);
    throw new PaletteError("InvalidDocument", `Profile ${file} has errors`, {
      next: "Correct what is named above.",
    });
  }
  return { text, profile };
}

/** The path of the profile that a request names by file: relative to the request. */
export function profilePath(requestFile: string, file: string, { cwd }: CommandIo): string {
  return resolve(cwd, dirname(requestFile), file);
}

async function read(file: string, { cwd, signal }: CommandIo): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), { encoding: "utf8", signal });
  } catch (cause) {
    signal.throwIfAborted();
    const { code } = cause as NodeJS.ErrnoException;
    throw new PaletteError(
      "NotFound",
      code === "ENOENT"
        ? `There is no file ${file}`
        : `File ${file} cannot be read (${code ?? String(cause)})`,
      { cause },
    );
  }
}

/** Says errors, and warnings too where there are no errors, as `palette check` does. */
function tell(
  file: string,
  text: string,
  diagnostics: readonly Diagnostic[],
  io: CommandIo,
  onlyErrors: boolean,
): void {
  const lines = new Lines(text);
  for (const { severity, span, code, message } of diagnostics) {
    if (severity === "error" || (!onlyErrors && severity === "warning")) {
      const { line, character } = lines.positionAt(span.start);
      io.err(`${file}:${line + 1}:${character + 1}: ${severity} ${code}: ${message}`);
    }
  }
}
