import { slug } from "../../cluster/names.ts";
import {
  addressProblem,
  checkImport,
  IMPORT_MODES,
  type ImportChoice,
  type ImportFacts,
  type ImportMode,
  importObjects,
  modeTitle,
  problemsOf,
} from "../../imports/index.ts";
import { describeError, isPaletteError } from "../../shared/errors.ts";
import { isLabelName, MAX_LABEL } from "../../shared/names.ts";
import { choice, OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import {
  allContexts,
  CLUSTER_KUBECONFIG,
  CLUSTER_KUBECONFIG_USAGE,
  placeOf,
  withCluster,
} from "../contexts.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, type Management, withManagement } from "../management.ts";
import { objectsText } from "../objects.ts";
import { table } from "../table.ts";

interface Entered {
  readonly name: string | undefined;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mode: ImportMode;
  readonly address: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
}

/** What became of one context. */
interface Outcome {
  readonly context: string;
  readonly name: string;
  readonly imported: boolean;
  readonly message: string;
}

/** `palette import`: puts clusters that are there already under a management cluster. */
export const importCommand: Command = {
  summary: "Import clusters that are there already",
  usage: `palette import CONTEXT... [--mode read-only|full] [--name NAME] [--namespace NAME] [--label KEY=VALUE]... [--address URL] [--tls-server-name NAME] [--proxy-url URL] [--dry-run | --manifest] ${CLUSTER_KUBECONFIG_USAGE} ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...OUTPUT,
      ...CLUSTER_KUBECONFIG,
      mode: { type: "string", default: "read-only" },
      name: { type: "string" },
      namespace: { type: "string", short: "n", default: "default" },
      label: { type: "string", multiple: true, default: [] },
      address: { type: "string" },
      "tls-server-name": { type: "string" },
      "proxy-url": { type: "string" },
      "dry-run": { type: "boolean", default: false },
      manifest: { type: "boolean", default: false },
    });
    const output = outputOf(values.output);
    const entered: Entered = {
      name: values.name,
      namespace: values.namespace,
      labels: labelsOf(values.label),
      mode: choice(values.mode, "mode", IMPORT_MODES),
      address: values.address,
      tlsServerName: values["tls-server-name"],
      proxyUrl: values["proxy-url"],
    };
    checkUse(positionals, entered, values);
    return withManagement(values, io, async (management) => {
      const places = await allContexts(management.kube, values["cluster-kubeconfig"], io);
      const outcomes: Outcome[] = [];
      for (const context of positionals) {
        const name = entered.name ?? nameOf(context);
        try {
          // One cluster that fails does not keep from the others.
          const message = await withCluster(management, placeOf(places, context), values, io, (cluster) =>
            importOne(management, cluster, { ...entered, name }, values, io),
          );
          outcomes.push({ context, name, imported: true, message });
        } catch (error) {
          if (isPaletteError(error, "Cancelled") || positionals.length === 1) {
            throw error;
          }
          outcomes.push({ context, name, imported: false, message: describeError(error) });
        }
      }
      if (!values.manifest && !values["dry-run"]) {
        tell(outcomes, output, io);
      }
      return outcomes.every(({ imported }) => imported) ? 0 : 1;
    });
  },
};

/** Throws `UsageError` for what cannot be meant. */
function checkUse(
  contexts: readonly string[],
  { name, address }: Entered,
  { manifest, "dry-run": dryRun }: { readonly manifest: boolean; readonly "dry-run": boolean },
): void {
  if (contexts.length === 0) {
    throw new UsageError("Name the contexts of the clusters.");
  }
  if (contexts.length > 1 && (name !== undefined || address !== undefined)) {
    throw new UsageError("--name and --address go with one context.");
  }
  if (name !== undefined && !isLabelName(name)) {
    throw new UsageError(
      `A name has lower-case letters, digits and dashes, at most ${MAX_LABEL}, not ${name}.`,
    );
  }
  const problem = address === undefined ? undefined : addressProblem(address);
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  if (manifest && dryRun) {
    throw new UsageError("Give --dry-run or --manifest.");
  }
}

type Cluster = Management["cluster"];

/** Imports one cluster, or shows what that would write; gives the sentence that says so. */
async function importOne(
  { kube, cluster: management }: Management,
  imported: Cluster,
  entered: Entered & { readonly name: string },
  { "dry-run": dryRun, manifest }: { readonly "dry-run": boolean; readonly manifest: boolean },
  io: CommandIo,
): Promise<string> {
  const facts = await kube.importFacts(management, imported, entered.namespace, { signal: io.signal });
  const chosen = kube.importChoice(facts, entered);
  const { name } = entered;
  if (manifest) {
    io.out(objectsText(sides(chosen).imported, "yaml"));
    return `The manifest of ${name}`;
  }
  tellChecks(facts, entered, io);
  if (dryRun) {
    io.out(objectsText([...sides(chosen).imported, ...sides(chosen).management], "yaml"));
    const problems = problemsOf(checkImport(facts, checked(entered)));
    if (problems.length > 0) {
      io.err(`${name} would not be imported for what is named above. Nothing was written.`);
    }
    return `${name} was looked at`;
  }
  const { tokenUntil } = await kube.importCluster({ management, imported }, facts, chosen, {
    signal: io.signal,
    onProgress: ({ step, done, total }) => io.err(`${done} of ${total}: ${step}`),
  });
  return `Cluster ${name} is imported into ${entered.namespace} on ${management.name}, ${modeTitle(entered.mode).toLowerCase()}. Its token renews itself; this one is valid until ${tokenUntil}.`;
}

function checked({ name, namespace, mode, address }: Entered & { readonly name: string }) {
  return { name, namespace, mode, ...(address === undefined ? {} : { address }) };
}

function sides(choice: ImportChoice) {
  const objects = importObjects(choice);
  const of = (which: string) => objects.filter(({ side }) => side === which).map(({ object }) => object);
  return { imported: of("imported"), management: of("management") };
}

/** Says what the checks say that is worth knowing. */
function tellChecks(facts: ImportFacts, entered: Entered & { readonly name: string }, io: CommandIo): void {
  const rows = checkImport(facts, checked(entered)).flatMap(({ title, here, there }) => [
    { title, where: "from here", ...here },
    { title, where: `from ${facts.management.name}`, ...there },
  ]);
  for (const { title, where, state, message, next } of rows) {
    if (state === "problem" || state === "warning") {
      io.err(`${title}, ${where}: ${message}${next === undefined ? "" : ` ${next}`}`);
    }
  }
  const { cloud, machines, network, storage, releases } = facts.found;
  const found = [
    cloud?.title,
    `${machines} ${machines === 1 ? "machine" : "machines"}`,
    network?.title,
    ...storage.map(({ title }) => title),
    `${releases.length} Helm ${releases.length === 1 ? "release" : "releases"}`,
  ];
  io.err(`Found on ${facts.context}: ${found.filter((each) => each !== undefined).join(", ")}.`);
}

function tell(outcomes: readonly Outcome[], output: "text" | "json", io: CommandIo): void {
  const [only, ...others] = outcomes;
  if (output === "json") {
    io.out(JSON.stringify(outcomes, undefined, 2));
  } else if (only !== undefined && others.length === 0) {
    io.out(only.message);
  } else {
    io.out(
      table(
        ["CONTEXT", "NAME", "IMPORTED", "MESSAGE"],
        outcomes.map(({ context, name, imported, message }) => [
          context,
          name,
          imported ? "yes" : "no",
          message,
        ]),
      ),
    );
  }
}

/** A context's name as a cluster may be called. */
function nameOf(context: string): string {
  // Managed clouds put account, region and name into it: what is last tells the cluster.
  const last = context.split(/[/:@]/).at(-1) ?? context;
  return slug(last === "" ? context : last).replaceAll(".", "-");
}

function labelsOf(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const at = entry.indexOf("=");
      if (at <= 0) {
        throw new UsageError(`--label is KEY=VALUE, not ${entry}.`);
      }
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
