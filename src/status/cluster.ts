import { CLOUD_TYPE, isBeingWritten, isUnfinished, PROFILE, PROFILE_VERSION } from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { causeKey, deepestCause, isError } from "./cause.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { isLong } from "./health.ts";
import { oneLine } from "./message.ts";
import type { ClusterStatus, PoolStatus } from "./model.ts";
import { type ClusterParts, poolsOf } from "./pools.ts";
import { stageOf } from "./stage.ts";

const CLUSTER_NAME_LABEL = "cluster.x-k8s.io/cluster-name";
const PAUSED_ANNOTATION = "cluster.x-k8s.io/paused";

/** Since when the cause of each cluster is the same; kept by who follows clusters over time. */
export type CauseAges = Map<string, { readonly key: string; readonly since: string }>;

interface Spec {
  readonly paused?: boolean;
  readonly controlPlaneRef?: { readonly kind?: string; readonly name?: string };
  readonly topology?: { readonly version?: string };
}

/**
 * The status of every Cluster among `objects`, by namespace and name. Objects are Clusters, control planes,
 * MachineDeployments and Machines in any order; others are read over. With `ages`, which it updates, the age of a
 * cause outlives new numbers in its message (design.md, Cause and age).
 */
export function clusterStatuses(
  objects: readonly KubeObject[],
  now: Date,
  ages: CauseAges = new Map(),
): ClusterStatus[] {
  const owned = Map.groupBy(
    objects.filter(({ kind }) => kind !== "Cluster"),
    clusterKeyOf,
  );
  return objects
    .filter(({ kind, apiVersion }) => kind === "Cluster" && apiVersion.startsWith("cluster.x-k8s.io/"))
    .map((cluster) => {
      const key = `${cluster.metadata.namespace ?? ""}/${cluster.metadata.name}`;
      return statusOf(partsOf(cluster, owned.get(key) ?? []), now, ages);
    })
    .sort((a, b) => a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name));
}

function clusterKeyOf({ metadata, spec }: KubeObject): string {
  const name =
    metadata.labels?.[CLUSTER_NAME_LABEL] ?? (spec as { clusterName?: string } | undefined)?.clusterName;
  return `${metadata.namespace ?? ""}/${name ?? ""}`;
}

function partsOf(cluster: KubeObject, owned: readonly KubeObject[]): ClusterParts {
  const { controlPlaneRef } = specOf(cluster);
  return {
    cluster,
    controlPlane: owned.find(
      ({ kind, metadata }) => kind === controlPlaneRef?.kind && metadata.name === controlPlaneRef?.name,
    ),
    deployments: owned.filter(({ kind }) => kind === "MachineDeployment"),
    machines: owned.filter(({ kind }) => kind === "Machine"),
  };
}

function statusOf(parts: ClusterParts, now: Date, ages: CauseAges): ClusterStatus {
  const { cluster, controlPlane } = parts;
  const { metadata } = cluster;
  const pools = poolsOf(parts, now);
  const profile = profileOf(cluster);
  const cloudType = metadata.labels?.[CLOUD_TYPE];
  const version = (
    (controlPlane?.spec as { version?: string } | undefined)?.version ?? specOf(cluster).topology?.version
  )?.replace(/^v/, "");
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? "",
    phase: (cluster.status as { phase?: string } | undefined)?.phase ?? "Pending",
    available: isTrue(cluster, "Available"),
    deleting: metadata.deletionTimestamp !== undefined,
    unfinished: isUnfinished(cluster),
    ...judge(parts, pools, now, ages),
    ...(cloudType === undefined ? {} : { cloudType }),
    ...(profile === undefined ? {} : { profile }),
    ...(version === undefined ? {} : { version }),
    ...(metadata.creationTimestamp === undefined ? {} : { created: metadata.creationTimestamp }),
    pools,
  };
}

type Judgment = Pick<ClusterStatus, "health" | "headline" | "since">;

function judge(parts: ClusterParts, pools: readonly PoolStatus[], now: Date, ages: CauseAges): Judgment {
  const { cluster } = parts;
  const special = specialState(cluster, now);
  if (special !== undefined) {
    return special;
  }
  const available = conditionOf(cluster, "Available");
  if (available?.status === "True" && pools.every(({ health }) => health === "good")) {
    ages.delete(keyOf(cluster));
    return { health: "good", headline: "Available", ...given(available.since) };
  }
  const cause = deepestCause(relevant(parts));
  if (cause !== undefined && isError(cause)) {
    return {
      health: "bad",
      headline: cause.message,
      ...given(sinceOf(cluster, causeKey(cause), cause.condition.since, ages)),
    };
  }
  const stage = stageOf(parts, pools, now);
  const since = sinceOf(cluster, stage.key, stage.since ?? cause?.condition.since, ages);
  const settled = available?.status === "True" && !stage.changing;
  return {
    health: settled || isLong(since, now) ? "attention" : "busy",
    headline: stage.headline,
    ...given(since),
  };
}

/** What is so whatever the conditions say: going away, half-written, paused. */
function specialState(cluster: KubeObject, now: Date): Judgment | undefined {
  const { metadata } = cluster;
  if (metadata.deletionTimestamp !== undefined) {
    const blocking = oneLine(conditionOf(cluster, "Deleting")?.message ?? "");
    return {
      health: isLong(metadata.deletionTimestamp, now) ? "attention" : "busy",
      headline: blocking === "" ? "Deleting" : `Deleting: ${blocking}`,
      since: metadata.deletionTimestamp,
    };
  }
  if (isUnfinished(cluster)) {
    return isBeingWritten(cluster, now)
      ? { health: "busy", headline: "Its objects are being written", ...given(metadata.creationTimestamp) }
      : {
          health: "attention",
          headline: "Creation stopped half-way. Create it again to complete it, or delete it",
          ...given(metadata.creationTimestamp),
        };
  }
  if (specOf(cluster).paused === true || metadata.annotations?.[PAUSED_ANNOTATION] !== undefined) {
    return {
      health: "attention",
      headline: "Paused: its controllers change nothing",
      ...given(conditionOf(cluster, "Paused")?.since),
    };
  }
  return undefined;
}

/** What a cause is looked for in. Before the control plane is there, nobody can have reached it. */
function relevant({ cluster, controlPlane, deployments, machines }: ClusterParts): KubeObject[] {
  const early = !isTrue(cluster, "ControlPlaneInitialized");
  return [
    early ? without(cluster, "RemoteConnectionProbe") : cluster,
    ...(controlPlane === undefined ? [] : [controlPlane]),
    ...deployments,
    ...machines.filter(({ metadata }) => metadata.deletionTimestamp === undefined),
  ];
}

function without(object: KubeObject, type: string): KubeObject {
  const status = object.status as { conditions?: { type?: string }[] } | undefined;
  return {
    ...object,
    status: { ...status, conditions: status?.conditions?.filter((condition) => condition.type !== type) },
  };
}

function sinceOf(
  cluster: KubeObject,
  key: string,
  since: string | undefined,
  ages: CauseAges,
): string | undefined {
  const known = ages.get(keyOf(cluster));
  const result = known?.key === key ? known.since : (since ?? cluster.metadata.creationTimestamp);
  if (result !== undefined) {
    ages.set(keyOf(cluster), { key, since: result });
  }
  return result;
}

function given(since: string | undefined): { since?: string } {
  return since === undefined ? {} : { since };
}

function profileOf({ metadata }: KubeObject): ClusterStatus["profile"] {
  const name = metadata.annotations?.[PROFILE] ?? metadata.labels?.[PROFILE];
  const version = metadata.annotations?.[PROFILE_VERSION] ?? metadata.labels?.[PROFILE_VERSION];
  return name === undefined || version === undefined ? undefined : { name, version };
}

function specOf(cluster: KubeObject): Spec {
  return (cluster.spec ?? {}) as Spec;
}

function keyOf({ metadata }: KubeObject): string {
  return metadata.uid ?? `${metadata.namespace ?? ""}/${metadata.name}`;
}
