import type { VirtualCluster } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { DEFAULT_RESOURCES } from "../../virtual/index.ts";
import { OUTPUT_USAGE, onlyArgument, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { checkAsking, confirmName } from "../confirm.ts";
import { runList } from "../list.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, type Management, withManagement } from "../management.ts";
import {
  RESOURCES,
  RESOURCES_USAGE,
  resourcesOf,
  runVirtualCreate,
  VIRTUAL_CREATE_USAGE,
} from "./virtual-create.ts";

/** `palette virtual`: virtual clusters on the clusters of a management cluster. */
export const virtual: Command = {
  summary: "Create, list, resize, pause, resume and delete virtual clusters",
  usage: `${VIRTUAL_CREATE_USAGE} | palette virtual list [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE} | palette virtual resize NAME ${RESOURCES_USAGE} [--namespace NAME] ${MANAGEMENT_USAGE} | palette virtual pause|resume|kubeconfig NAME [--namespace NAME] ${MANAGEMENT_USAGE} | palette virtual delete NAME [--namespace NAME] [--yes] ${MANAGEMENT_USAGE}`,
  async run([action, ...args], io) {
    switch (action) {
      case "create":
        return runVirtualCreate(args, io);
      case "list":
        return list(args, io);
      case "resize":
        return resize(args, io);
      case "pause":
        return onOne(args, io, ({ kube, cluster }, ref, options) =>
          kube
            .pauseVirtualCluster(cluster, ref, options)
            .then(() => `Virtual cluster ${ref.name} is paused.`),
        );
      case "resume":
        return onOne(args, io, ({ kube, cluster }, ref, options) =>
          kube
            .resumeVirtualCluster(cluster, ref, options)
            .then(() => `Virtual cluster ${ref.name} is running.`),
        );
      case "kubeconfig":
        return onOne(args, io, ({ kube, cluster }, ref, options) =>
          kube.virtualKubeconfig(cluster, ref, options),
        );
      case "delete":
        return remove(args, io);
      default:
        throw new UsageError(
          action === undefined
            ? "Say create, list, resize, pause, resume, kubeconfig or delete."
            : `palette virtual has no ${action}.`,
        );
    }
  },
};

const NAMESPACE = { namespace: { type: "string", short: "n" } } as const;

function list(args: readonly string[], io: CommandIo): Promise<number> {
  const wrongUse = "palette virtual list takes no name.";
  return runList(args, io, wrongUse, async ({ kube, cluster }, namespace) => ({
    found: await kube.listVirtualClusters(cluster, { namespace, signal: io.signal }),
    none: `There is no virtual cluster on ${cluster.name}.`,
    head: ["NAME", "NAMESPACE", "HOST", "STATE", "KUBERNETES", "CPU", "MEMORY", "STORAGE"],
    row: (each: VirtualCluster) => [
      each.name,
      each.namespace,
      each.host,
      each.message === undefined ? each.state : `${each.state}: ${each.message}`,
      each.kubernetesVersion ?? "-",
      String(each.resources.cpu),
      `${each.resources.memoryMiB} MiB`,
      `${each.resources.storageGiB} GiB`,
    ],
  }));
}

type Options = Parameters<Management["kube"]["pauseVirtualCluster"]>[2];

/** Runs `work` on the virtual cluster that the arguments name, and says what it gives. */
async function onOne(
  args: readonly string[],
  io: CommandIo,
  work: (management: Management, found: VirtualCluster, options: Options) => Promise<string>,
): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...MANAGEMENT, ...NAMESPACE });
  const name = onlyArgument(positionals, "the name of one virtual cluster");
  return withManagement(values, io, async (management) => {
    const found = await find(management, name, values.namespace, io);
    io.out(await work(management, found, optionsOf(io)));
    return 0;
  });
}

async function resize(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...MANAGEMENT,
    ...NAMESPACE,
    ...RESOURCES,
  });
  const name = onlyArgument(positionals, "the name of one virtual cluster");
  if (Object.keys(RESOURCES).every((key) => values[key as keyof typeof RESOURCES] === undefined)) {
    throw new UsageError("Say what changes: --cpu, --memory, --storage.");
  }
  // Wrong use is said before anything is asked.
  resourcesOf(values, DEFAULT_RESOURCES);
  return withManagement(values, io, async (management) => {
    const { kube, cluster } = management;
    const found = await find(management, name, values.namespace, io);
    const { resources: now, problems } = await kube.sizeOf(cluster, found, { signal: io.signal });
    const resources = resourcesOf(values, now);
    for (const { severity, message, next } of problems(resources)) {
      if (severity === "warning") {
        io.err(`Note: ${message}. ${next}`);
      }
    }
    await kube.resizeVirtualCluster(cluster, found, resources, optionsOf(io));
    io.out(
      `Virtual cluster ${name} may use ${resources.cpu} CPU, ${resources.memoryMiB} MiB of memory and ${resources.storageGiB} GiB of storage.`,
    );
    return 0;
  });
}

async function remove(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...MANAGEMENT,
    ...NAMESPACE,
    yes: { type: "boolean", default: false },
  });
  const name = onlyArgument(positionals, "the name of one virtual cluster");
  checkAsking(values.yes);
  return withManagement(values, io, async (management) => {
    const found = await find(management, name, values.namespace, io);
    const warning = `This deletes virtual cluster ${name} on ${found.host} and everything on it.`;
    if (!values.yes && !(await confirmName(name, warning, io))) {
      return 1;
    }
    await management.kube.deleteVirtualCluster(management.cluster, found, optionsOf(io));
    io.out(`Virtual cluster ${name} is gone.`);
    return 0;
  });
}

function optionsOf({ signal, err }: CommandIo): Options {
  return { signal, onProgress: ({ step }) => err(step) };
}

async function find(
  { kube, cluster }: Management,
  name: string,
  namespace: string | undefined,
  { signal }: CommandIo,
): Promise<VirtualCluster> {
  const all = await kube.listVirtualClusters(cluster, { namespace, signal });
  const found = all.filter((each) => each.name === name);
  const [only] = found;
  if (only === undefined) {
    const where = namespace === undefined ? "" : ` in ${namespace}`;
    throw new PaletteError("NotFound", `There is no virtual cluster ${name}${where} on ${cluster.name}`, {
      next: "palette virtual list lists all.",
    });
  }
  if (found.length > 1) {
    throw new PaletteError(
      "InvalidDocument",
      `Several virtual clusters are called ${name}: in ${found.map((each) => each.namespace).join(", ")}`,
      { next: "Name the namespace with --namespace." },
    );
  }
  return only;
}
