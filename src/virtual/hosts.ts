import type {
  ClusterGroup,
  VirtualClusterRequest,
  VirtualFacts,
  VirtualHost,
  VirtualProblem,
  VirtualResources,
} from "./model.ts";

/** The hosts of a group, whether they can take a virtual cluster or not. */
function hostsOf(group: ClusterGroup, hosts: readonly VirtualHost[]): VirtualHost[] {
  return hosts.filter(
    ({ namespace, labels }) =>
      namespace === group.namespace &&
      Object.entries(group.hostLabels).every(([key, value]) => labels[key] === value),
  );
}

/**
 * The host of a group that has most room for what is asked for, the first by name among equals; or why none has room.
 * Only processors and memory count: nodes do not tell what volumes they can have.
 */
function hostOf(
  group: ClusterGroup,
  hosts: readonly VirtualHost[],
  asked: VirtualResources,
): { readonly host: VirtualHost } | { readonly problem: VirtualProblem } {
  const own = hostsOf(group, hosts);
  const judged = own.map((host) => ({ host, room: roomOn(host, asked, group.overSubscription) }));
  const [best] = judged
    .filter(({ room }) => typeof room === "number")
    .sort((a, b) => Number(b.room) - Number(a.room) || (a.host.name < b.host.name ? -1 : 1));
  if (best !== undefined) {
    return { host: best.host };
  }
  const labels = Object.entries(group.hostLabels).map(([key, value]) => `${key}=${value}`);
  const why = judged.map(({ host, room }) => `${host.name} ${room}`).join("; ");
  return {
    problem: {
      field: "host.group",
      severity: "error",
      message:
        own.length === 0
          ? `Cluster group ${group.name} has no host: no cluster in ${group.namespace} carries ${labels.join(", ")}`
          : `No host of cluster group ${group.name} has room: ${why}`,
      next:
        own.length === 0
          ? "Give a cluster these labels, or choose another group."
          : "Ask for less, or give the labels of the group to another cluster.",
    },
  };
}

/** Where the virtual cluster of a request would live, and by which group; or why it has no host. */
export function hostFor(
  { host, resources, namespace }: VirtualClusterRequest,
  { hosts, groups }: VirtualFacts,
):
  | { readonly host: VirtualHost; readonly group: ClusterGroup | undefined }
  | { readonly problem: VirtualProblem } {
  if ("group" in host) {
    const group = groups.find(({ name }) => name === host.group);
    if (group === undefined) {
      return missing(
        "host.group",
        `There is no cluster group ${host.group} in ${namespace}`,
        listed("There are", groups) ?? "Create one, or name a host.",
      );
    }
    const chosen = hostOf(group, hosts, resources);
    return "problem" in chosen ? chosen : { host: chosen.host, group };
  }
  const found = hosts.find(({ name }) => name === host.cluster);
  if (found !== undefined && found.unfit === undefined) {
    return { host: found, group: undefined };
  }
  const fit = hosts.filter(({ unfit }) => unfit === undefined);
  return missing(
    "host.cluster",
    found === undefined
      ? `There is no cluster ${host.cluster} in ${namespace}`
      : `Cluster ${host.cluster} cannot be a host: it ${found.unfit}`,
    listed("Hosts are", fit) ?? "Create a cluster, or import one in full mode.",
  );
}

function missing(field: string, message: string, next: string): { readonly problem: VirtualProblem } {
  return { problem: { field, severity: "error", message, next } };
}

function listed(head: string, named: readonly { readonly name: string }[]): string | undefined {
  return named.length === 0 ? undefined : `${head} ${named.map(({ name }) => name).join(", ")}.`;
}

/** How many times what is asked for has room on a host, or why it has none, as the rest of a sentence. */
export function roomOn(
  host: VirtualHost,
  asked: VirtualResources,
  overSubscription: number,
): number | string {
  const { unfit, capacity, taken } = host;
  if (unfit !== undefined) {
    return unfit;
  }
  if (capacity === undefined) {
    return "does not tell what room it has";
  }
  const left = (key: "cpu" | "memoryMiB"): number => (capacity[key] * overSubscription) / 100 - taken[key];
  const [cpu, memory] = [left("cpu"), left("memoryMiB")];
  if (cpu < asked.cpu) {
    return `has ${Math.max(0, Math.floor(cpu * 10 + 1e-6) / 10)} CPU left`;
  }
  if (memory < asked.memoryMiB) {
    return `has ${Math.max(0, Math.floor(memory))} MiB of memory left`;
  }
  return Math.min(cpu / asked.cpu, memory / asked.memoryMiB);
}
