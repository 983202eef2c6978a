import {
  compareProfiles,
  headOf,
  type LayerChange,
  type ProfileDocument,
  parseProfile,
  type ValueChange,
} from "../../profile/index.ts";
import { OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { type CommandIo, UsageError } from "../command.ts";
import { readText } from "../read-file.ts";

export const PROFILE_COMPARE_USAGE = `palette profile compare OLD NEW ${OUTPUT_USAGE}`;

/** `palette profile compare`: what differs between two versions, by layer and by value. */
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
  const lines = [
    `${title(before)} → ${title(after)}`,
    ...comparison.profile.map(valueLine),
    ...comparison.layers.flatMap(layerLines),
  ];
  io.out(
    lines.length === 1 ? `${lines[0]}: no differences but in comments, quotes and order` : lines.join("\n"),
  );
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

const SIGNS: Readonly<Record<LayerChange["change"], string>> = { added: "+", removed: "-", changed: "~" };

function layerLines({ change, name, layer, replacesNodes, values }: LayerChange): string[] {
  const note = replacesNodes ? ", replaces machines" : "";
  return [`${SIGNS[change]} ${name} (${layer}${note})`, ...values.map((each) => `    ${valueLine(each)}`)];
}

function valueLine({ path, before, after }: ValueChange): string {
  const short = (text: string | undefined): string =>
    text === undefined ? "(none)" : JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
  return `${path}: ${short(before)} → ${short(after)}`;
}
