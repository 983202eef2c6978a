import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseProfile, profileToJson, profileToYaml } from "../../profile/index.ts";
import { describeError } from "../../shared/errors.ts";
import { reasonOf } from "../check/files.ts";
import { type CommandIo, UsageError } from "../command.ts";
import { writeResult } from "../write-file.ts";

export const PROFILE_CONVERT_USAGE =
  "palette profile convert FILE [--to json|yaml] [--output FILE|-] [--force]";

const OPTIONS = {
  to: { type: "string" },
  output: { type: "string", default: "-" },
  force: { type: "boolean", default: false },
} as const;

/** `palette profile convert`: between Palette's JSON export and a profile file; by default to the other of the two. */
export async function runProfileConvert(args: readonly string[], io: CommandIo): Promise<number> {
  const { file, to, output, force } = parse(args);
  let text: string;
  try {
    text = await readFile(resolve(io.cwd, file), { encoding: "utf8", signal: io.signal });
  } catch (error) {
    io.signal.throwIfAborted();
    io.err(`${file} was not read. ${reasonOf(error)}`);
    return 1;
  }
  const isJson = /^\uFEFF?\s*\{/.test(text);
  const document = parseProfile(text);
  let result: string;
  try {
    result =
      (to ?? (isJson ? "yaml" : "json")) === "json" ? profileToJson(document) : profileToYaml(document);
  } catch (error) {
    io.err(`${file} was not converted. ${describeError(error)}`);
    return 1;
  }
  return writeResult(output, result, force, io);
}

function parse(args: readonly string[]) {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new UsageError("Name one profile to convert.");
  }
  if (values.to !== undefined && values.to !== "json" && values.to !== "yaml") {
    throw new UsageError(`${values.to} is not a format. Use json or yaml.`);
  }
  return { file, to: values.to, output: values.output, force: values.force };
}
