import { valid } from "semver";
import { newProfile } from "../../profile/index.ts";
import { PROFILE_TYPES } from "../../profile/model.ts";
import { choice, parseArguments } from "../arguments.ts";
import { type CommandIo, UsageError } from "../command.ts";
import { writeResult } from "../write-file.ts";

export const PROFILE_NEW_USAGE =
  "palette profile new NAME --cloud CLOUD [--type cluster|infra|add-on|system] [--kubernetes-version X.Y.Z] [--output FILE|-] [--force]";

const OPTIONS = {
  type: { type: "string", default: "cluster" },
  cloud: { type: "string" },
  "kubernetes-version": { type: "string" },
  output: { type: "string" },
  force: { type: "boolean", default: false },
} as const;

/** `palette profile new`: writes a valid profile to start from. An existing file stays unless `--force` is given. */
export async function runProfileNew(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parse(args);
  const text = newProfile(options);
  return writeResult(options.output ?? `${options.name}.profile.yaml`, text, options.force, io);
}

function parse(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, OPTIONS);
  const [name, ...others] = positionals;
  if (name === undefined || name === "" || others.length > 0) {
    throw new UsageError("Give the profile one name.");
  }
  if (values.output === undefined && /[\\/]/.test(name)) {
    throw new UsageError(`${name} cannot be part of a file name. Choose the file with --output.`);
  }
  const type = choice(values.type, "type", PROFILE_TYPES);
  const full = type === "cluster" || type === "infra";
  const cloudType = values.cloud ?? (full ? undefined : "all");
  if (cloudType === undefined || cloudType === "") {
    throw new UsageError("Choose the cloud with --cloud, for example --cloud docker.");
  }
  if (cloudType === "all" && full) {
    throw new UsageError("A full or infrastructure profile is for one cloud, not for all.");
  }
  const kubernetesVersion = values["kubernetes-version"];
  if (kubernetesVersion !== undefined && valid(kubernetesVersion) !== kubernetesVersion) {
    throw new UsageError(`${kubernetesVersion} is not an exact version, for example 1.36.4.`);
  }
  return {
    name,
    type,
    cloudType,
    output: values.output,
    force: values.force,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
  };
}
