import {
  type ClusterGroup,
  DEFAULT_ENDPOINT,
  DEFAULT_LIMITS,
  DEFAULT_OVERSUBSCRIPTION,
  ENDPOINT_TYPES,
} from "../../virtual/index.ts";
import { choice, OUTPUT_USAGE, onlyArgument, pair, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { runList } from "../list.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { RESOURCES, RESOURCES_USAGE, resourcesOf, valuesIn } from "./virtual-create.ts";

/** `palette group`: cluster groups, hosts of virtual clusters chosen by labels. */
export const group: Command = {
  summary: "Create, list and delete cluster groups, which choose hosts for virtual clusters",
  usage: `palette group create NAME --host-label KEY=VALUE [--namespace NAME] ${RESOURCES_USAGE} [--oversubscription PERCENT] [--endpoint ${ENDPOINT_TYPES.join("|")}] [--values FILE] ${MANAGEMENT_USAGE} | palette group list [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE} | palette group delete NAME [--namespace NAME] ${MANAGEMENT_USAGE}`,
  async run([action, ...args], io) {
    switch (action) {
      case "create":
        return create(args, io);
      case "list":
        return list(args, io);
      case "delete":
        return remove(args, io);
      default:
        throw new UsageError(
          action === undefined ? "Say create, list or delete." : `palette group has no ${action}.`,
        );
    }
  },
};

const NAMESPACE = { namespace: { type: "string", short: "n", default: "default" } } as const;

async function create(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...MANAGEMENT,
    ...RESOURCES,
    ...NAMESPACE,
    "host-label": { type: "string", multiple: true, default: [] as string[] },
    oversubscription: { type: "string", default: String(DEFAULT_OVERSUBSCRIPTION) },
    endpoint: { type: "string", default: DEFAULT_ENDPOINT as string },
    values: { type: "string" },
  });
  const name = onlyArgument(positionals, "the name of one cluster group");
  const labels = values["host-label"].map((each) => pair(each, "host-label", "KEY=VALUE"));
  if (labels.length === 0) {
    throw new UsageError("Say which labels hosts carry with --host-label.");
  }
  if (!/^\d+$/.test(values.oversubscription)) {
    throw new UsageError(`--oversubscription is a whole number of percent, not ${values.oversubscription}.`);
  }
  const wanted = {
    name,
    namespace: values.namespace,
    hostLabels: Object.fromEntries(labels),
    limits: resourcesOf(values, DEFAULT_LIMITS),
    overSubscription: Number(values.oversubscription),
    endpointType: choice(values.endpoint, "endpoint", ENDPOINT_TYPES),
    ...(values.values === undefined ? {} : { values: await valuesIn(values.values, io) }),
  };
  return withManagement(values, io, async ({ kube, cluster }) => {
    await kube.applyClusterGroup(cluster, wanted, { signal: io.signal });
    io.out(`Cluster group ${name} is on ${cluster.name}.`);
    return 0;
  });
}

function list(args: readonly string[], io: CommandIo): Promise<number> {
  const wrongUse = "palette group list takes no name.";
  return runList(args, io, wrongUse, async ({ kube, cluster }, namespace) => ({
    found: await kube.listClusterGroups(cluster, { namespace, signal: io.signal }),
    none: `There is no cluster group on ${cluster.name}.`,
    head: ["GROUP", "NAMESPACE", "CPU", "MEMORY", "STORAGE", "OVERSUBSCRIPTION", "ENDPOINT", "HOSTS WITH"],
    row: (each: ClusterGroup) => [
      each.name,
      each.namespace,
      String(each.limits.cpu),
      `${each.limits.memoryMiB} MiB`,
      `${each.limits.storageGiB} GiB`,
      `${each.overSubscription} %`,
      each.endpointType,
      Object.entries(each.hostLabels)
        .map(([key, value]) => `${key}=${value}`)
        .join(","),
    ],
  }));
}

async function remove(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...MANAGEMENT, ...NAMESPACE });
  const name = onlyArgument(positionals, "the name of one cluster group");
  return withManagement(values, io, async ({ kube, cluster }) => {
    await kube.deleteClusterGroup(cluster, { namespace: values.namespace, name }, { signal: io.signal });
    io.out(`Cluster group ${name} is deleted. Virtual clusters that were made by it stay.`);
    return 0;
  });
}
