import { isInTheWay, previewText } from "../../layers/index.ts";
import { describeError, PaletteError } from "../../shared/errors.ts";
import { OUTPUT, OUTPUT_USAGE, onlyArgument, outputOf, pair, parseArguments } from "../arguments.ts";
import { CHART_SOURCES, CHART_SOURCES_USAGE, chartSourcesOf } from "../chartSources.ts";
import { type CommandIo, UsageError } from "../command.ts";
import { LOGINS, LOGINS_USAGE, loginsOf, tellLogin } from "../logins.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, type Management, withManagement } from "../management.ts";
import { readProfile } from "../request.ts";

export const PROFILE_ATTACH_USAGE = `palette profile attach FILE.profile.yaml --cluster NAME…|--selector LABELS [--namespace NAME] [--set VARIABLE=VALUE] [--from-env VARIABLE=NAME] ${CHART_SOURCES_USAGE} ${LOGINS_USAGE} ${MANAGEMENT_USAGE}`;
export const PROFILE_PREVIEW_USAGE = `palette profile preview FILE.profile.yaml --cluster NAME…|--selector LABELS [--namespace NAME] [--set VARIABLE=VALUE] [--from-env VARIABLE=NAME] ${CHART_SOURCES_USAGE} ${LOGINS_USAGE} ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`;
export const PROFILE_DETACH_USAGE = `palette profile detach PROFILE --cluster NAME…|--selector LABELS --software keep|remove [--namespace NAME] ${MANAGEMENT_USAGE}`;

const TARGET = {
  ...MANAGEMENT,
  cluster: { type: "string", multiple: true, default: [] as string[] },
  selector: { type: "string", short: "l" },
  namespace: { type: "string", short: "n" },
} as const;

const PROFILE_INPUT = {
  ...TARGET,
  set: { type: "string", multiple: true, default: [] as string[] },
  "from-env": { type: "string", multiple: true, default: [] as string[] },
  ...CHART_SOURCES,
  ...LOGINS,
} as const;

/** `palette profile attach`: puts an add-on profile on clusters, or another version of it. */
export async function runProfileAttach(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, PROFILE_INPUT);
  const { profile, input } = await attachInput(values, positionals, io);
  return forClusters(values, io, async ({ kube, cluster }, ref) => {
    await kube.attachProfile(cluster, ref, input, writing(io));
    io.out(
      `Profile ${profile.name} ${profile.version} is attached to ${ref.name}. palette describe ${ref.name} shows how far its layers are.`,
    );
  });
}

/** `palette profile preview`: shows what attaching would change; what cannot be done there is exit code 1. */
export async function runProfilePreview(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...PROFILE_INPUT, ...OUTPUT });
  const output = outputOf(values.output);
  const { input } = await attachInput(values, positionals, io);
  let isRefused = false;
  const code = await forClusters(values, io, async ({ kube, cluster }, ref) => {
    const preview = await kube.previewAttachment(cluster, ref, input, writing(io));
    isRefused ||= isInTheWay(preview);
    io.out(output === "json" ? JSON.stringify(preview, undefined, 2) : previewText(preview).trimEnd());
  });
  return isRefused ? 1 : code;
}

async function attachInput(
  values: ReturnType<typeof parseArguments<typeof PROFILE_INPUT>>["values"],
  positionals: readonly string[],
  io: CommandIo,
) {
  const file = onlyArgument(positionals, "one profile file");
  const sources = chartSourcesOf(values);
  const logins = await loginsOf(values, sources, io);
  const { text, profile } = await readProfile(file, io);
  const variables = variablesOf(values, masked(profile.variables), io);
  return {
    profile,
    input: { profileText: text, sources, logins, ...(variables === undefined ? {} : { variables }) },
  };
}

/** `palette profile detach`: takes an add-on profile off clusters; its software stays or goes, as is said. */
export async function runProfileDetach(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...TARGET, software: { type: "string" } });
  const profile = onlyArgument(positionals, "the name of one profile");
  const { software } = values;
  if (software !== "keep" && software !== "remove") {
    throw new UsageError("Say whether the software stays or goes: --software keep or --software remove.");
  }
  return forClusters(values, io, async ({ kube, cluster }, ref) => {
    await kube.detachProfile(cluster, ref, { profile, removeSoftware: software === "remove" }, progress(io));
    io.out(
      software === "remove"
        ? `Profile ${profile} is detached from ${ref.name}, and its software is removed.`
        : `Profile ${profile} is detached from ${ref.name}. Its software stays, and nobody looks after it.`,
    );
  });
}

type Target = { readonly namespace: string; readonly name: string };

/** One cluster after the other; one that fails is said and does not stop the others. */
function forClusters(
  values: ReturnType<typeof parseArguments<typeof TARGET>>["values"],
  io: CommandIo,
  work: (management: Management, ref: Target) => Promise<void>,
): Promise<number> {
  const { cluster: names, selector } = values;
  if ((names.length === 0) === (selector === undefined)) {
    throw new UsageError("Name clusters with --cluster, or choose them by labels with --selector.");
  }
  return withManagement(values, io, async (management) => {
    const refs = await targetsOf(management, values, io);
    const [only] = refs;
    if (only !== undefined && refs.length === 1) {
      await work(management, only);
      return 0;
    }
    let failed = 0;
    for (const ref of refs) {
      try {
        await work(management, ref);
      } catch (error) {
        io.signal.throwIfAborted();
        failed += 1;
        io.err(`${ref.name}: ${describeError(error)}`);
      }
    }
    return failed === 0 ? 0 : 1;
  });
}

async function targetsOf(
  { kube, cluster }: Management,
  { cluster: names, namespace, selector }: ReturnType<typeof parseArguments<typeof TARGET>>["values"],
  { signal }: CommandIo,
): Promise<Target[]> {
  const where = namespace === undefined ? "" : ` in ${namespace}`;
  const all = await kube.listLayerTargets(cluster, { namespace, labelSelector: selector, signal });
  if (selector !== undefined) {
    if (all.length === 0) {
      throw new PaletteError("NotFound", `No cluster${where} on ${cluster.name} has labels ${selector}`);
    }
    return all;
  }
  return names.map((name) => {
    const [found, other] = all.filter((each) => each.name === name);
    if (found === undefined) {
      throw new PaletteError("NotFound", `There is no cluster ${name}${where} on ${cluster.name}`, {
        next: "palette clusters lists all.",
      });
    }
    if (other !== undefined) {
      throw new PaletteError(
        "InvalidDocument",
        `Several clusters are called ${name}: in ${found.namespace} and ${other.namespace}`,
        { next: "Name the namespace with --namespace." },
      );
    }
    return found;
  });
}

function writing(io: CommandIo) {
  return { ...progress(io), mayWriteLogin: tellLogin(io) };
}

function progress(io: CommandIo) {
  return {
    signal: io.signal,
    onProgress: ({ step, done, total }: { step: string; done: number; total: number }) =>
      io.err(`${done} of ${total}: ${step}`),
  };
}

function masked(variables: readonly { readonly name: string; readonly isSensitive: boolean }[]): Set<string> {
  return new Set(variables.filter(({ isSensitive }) => isSensitive).map(({ name }) => name));
}

/** Values of variables; nothing where none is given, so that a cluster keeps those that it has. */
function variablesOf(
  { set, "from-env": fromEnv }: { readonly set: readonly string[]; readonly "from-env": readonly string[] },
  secret: ReadonlySet<string>,
  { env }: CommandIo,
): Record<string, string> | undefined {
  const given: Record<string, string> = {};
  for (const [name, value] of set.map((each) => pair(each, "set", "VARIABLE=VALUE"))) {
    if (secret.has(name)) {
      throw new UsageError(`${name} is masked, and other programs would see it. Give it with --from-env.`);
    }
    given[name] = value;
  }
  for (const [name, variable] of fromEnv.map((each) => pair(each, "from-env", "VARIABLE=NAME"))) {
    const value = env[variable];
    if (value === undefined || value === "") {
      throw new UsageError(`The environment has no variable ${variable}.`);
    }
    given[name] = value;
  }
  return Object.keys(given).length === 0 ? undefined : given;
}
