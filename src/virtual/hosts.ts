import type { ClusterGroup, VirtualHost, VirtualProblem, VirtualResources } from "./model.ts";

/** The hosts of a group, whether they can take a virtual cluster or not. */
export function hostsOf(group: ClusterGroup, hosts: readonly VirtualHost[]): VirtualHost[] {
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
export function hostOf(
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
    return `has ${amount(cpu)} CPU left`;
  }
  if (memory < asked.memoryMiB) {
    return `has ${amount(memory)} MiB of memory left`;
  }
  return Math.min(cpu / asked.cpu, memory / asked.memoryMiB);
}

function amount(left: number): string {
  return String(Math.max(0, Math.floor(left * 10) / 10));
}
