import { parseProfile, profileToJson, profileToYaml } from "../../profile/index.ts";
import { describeError } from "../../shared/errors.ts";
import { choice, onlyArgument, parseArguments } from "../arguments.ts";
import type { CommandIo } from "../command.ts";
import { readText } from "../read-file.ts";
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
  const text = await readText(file, io);
  if (text === undefined) {
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
  const { values, positionals } = parseArguments(args, OPTIONS);
  const file = onlyArgument(positionals, "one profile");
  const to = values.to === undefined ? undefined : choice(values.to, "to", ["json", "yaml"]);
  return { file, to, output: values.output, force: values.force };
}
