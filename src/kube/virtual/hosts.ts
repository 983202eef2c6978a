import { VIRTUAL_CLUSTER, VIRTUAL_HOST } from "../../cluster/index.ts";
import { IMPORT_MODE } from "../../imports/index.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import { quantity, requestOf, type VirtualHost, type VirtualResources } from "../../virtual/index.ts";
import { CLUSTER, CONFIG_MAP, NODE, SVELTOS_CLUSTER } from "../kinds.ts";
import { listOrNone } from "../listOrNone.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { HOST_KINDS, type HostRef, withHost } from "./host.ts";

/** How long a host may take to tell its capacity; one that does not answer keeps nobody waiting. */
const CAPACITY_MS = 5_000;

/** All clusters of a namespace as hosts of virtual clusters, those that cannot be one with the reason. */
export async function listHosts(
  management: ManagementCluster,
  namespace: string,
  { signal }: CallOptions = {},
): Promise<VirtualHost[]> {
  const [clusters, registered, records] = await Promise.all([
    listOrNone(management, CLUSTER, { namespace, signal }),
    listOrNone(management, SVELTOS_CLUSTER, { namespace, signal }),
    management.list(CONFIG_MAP, { namespace, labelSelector: VIRTUAL_CLUSTER, signal }),
  ]);
  const hosts = await Promise.all(
    [...clusters, ...registered].map((object) => hostOf(management, object, records, signal)),
  );
  return hosts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function hostOf(
  management: ManagementCluster,
  object: KubeObject,
  records: readonly KubeObject[],
  signal: AbortSignal | undefined,
): Promise<VirtualHost> {
  const { name, namespace = "default", labels = {} } = object.metadata;
  const kind = object.kind === HOST_KINDS.Cluster.kind ? "Cluster" : "SveltosCluster";
  const ref: HostRef = { namespace, name, kind };
  const unfit = unfitness(object);
  const capacity = unfit === undefined ? await capacityOf(management, ref, signal) : undefined;
  return {
    ...ref,
    labels,
    taken: takenFrom(name, records),
    ...(unfit === undefined ? {} : { unfit }),
    ...(capacity === undefined ? {} : { capacity }),
  };
}

/** Why no virtual cluster can live on a cluster, as the rest of a sentence (palette.md 6). */
function unfitness({ kind, metadata, status }: KubeObject): string | undefined {
  const { labels = {}, deletionTimestamp } = metadata;
  const said = mapOf(status);
  if (labels[VIRTUAL_HOST] !== undefined) {
    return "is a virtual cluster itself";
  }
  if (labels[IMPORT_MODE] === "read-only") {
    return "was imported read-only";
  }
  if (deletionTimestamp !== undefined) {
    return "is being deleted";
  }
  if (kind === CLUSTER.kind) {
    return mapOf(said.initialization).controlPlaneInitialized === true ? undefined : "is not ready yet";
  }
  return said.ready === true && said.connectionStatus !== "Down" ? undefined : "is not connected";
}

/** What the nodes of a host offer together; nothing where it cannot be seen from here. */
async function capacityOf(
  management: ManagementCluster,
  host: HostRef,
  signal: AbortSignal | undefined,
): Promise<VirtualHost["capacity"]> {
  const limit = AbortSignal.timeout(CAPACITY_MS);
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  try {
    const nodes = await withHost(management, host, { signal: both }, (cluster) =>
      cluster.list(NODE, { signal: both }),
    );
    const offered = nodes
      .filter(({ spec }) => takesPods(mapOf(spec)))
      .map(({ status }) => mapOf(mapOf(status).allocatable));
    const sum = (key: string): number =>
      offered.reduce((total, each) => total + (quantity(String(each[key])) ?? 0), 0);
    return { cpu: sum("cpu"), memoryMiB: Math.floor(sum("memory") / 1024 ** 2) };
  } catch (error) {
    if (signal?.aborted === true) {
      throw error;
    }
    return undefined;
  }
}

/** Pods of virtual clusters tolerate nothing, so control planes have no room for them. */
function takesPods({ unschedulable, taints }: Readonly<Record<string, unknown>>): boolean {
  const effects = Array.isArray(taints) ? taints.map((each) => mapOf(each).effect) : [];
  return unschedulable !== true && !effects.includes("NoSchedule") && !effects.includes("NoExecute");
}

/** What the virtual clusters of a host were given, by what they asked for. */
function takenFrom(host: string, records: readonly KubeObject[]): VirtualResources {
  return records
    .filter(({ metadata }) => metadata.labels?.[VIRTUAL_HOST] === host)
    .flatMap((record) => requestOf(record)?.resources ?? [])
    .reduce(
      (sum, { cpu, memoryMiB, storageGiB }) => ({
        cpu: sum.cpu + cpu,
        memoryMiB: sum.memoryMiB + memoryMiB,
        storageGiB: sum.storageGiB + storageGiB,
      }),
      { cpu: 0, memoryMiB: 0, storageGiB: 0 },
    );
}
