import {
  checkUpgrade,
  compareProfiles,
  comparisonText,
  headOf,
  type ProfileDocument,
  parseProfile,
} from "../../profile/index.ts";
import { OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { type CommandIo, UsageError } from "../command.ts";
import { readText } from "../read-file.ts";

export const PROFILE_COMPARE_USAGE = `palette profile compare OLD NEW ${OUTPUT_USAGE}`;

/** `palette profile compare`: what differs between two versions, in the words of the editor. */
export async function runProfileCompare(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, OUTPUT);
  const output = outputOf(values.output);
  const [old, young, ...others] = positionals;
  if (old === undefined || young === undefined || others.length > 0) {
    throw new UsageError("Name the older and the newer version.");
  }
  const before = await read(old, io);
  const after = await read(young, io);
  if (before === undefined || after === undefined) {
    return 1;
  }
  const comparison = compareProfiles(before, after);
  if (output === "json") {
    io.out(JSON.stringify(comparison, undefined, 2));
    return 0;
  }
  const title = (document: ProfileDocument): string => {
    const { name, version } = headOf(document);
    return `${name} ${version}`;
  };
  const names = { before: title(before), after: title(after) };
  io.out(comparisonText(comparison, names, checkUpgrade(before, after)).trimEnd());
  return 0;
}

async function read(file: string, io: CommandIo): Promise<ProfileDocument | undefined> {
  const text = await readText(file, io);
  if (text === undefined) {
    return undefined;
  }
  const document = parseProfile(text);
  const [problem] = document.syntax.filter(({ severity }) => severity === "error");
  if (problem !== undefined || document.foreign) {
    io.err(`${file} was not compared. ${problem?.message ?? "This is not a cluster profile."}`);
    return undefined;
  }
  return document;
}
