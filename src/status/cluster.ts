import { CLOUD_TYPE, isBeingWritten, isUnfinished, PROFILE, PROFILE_VERSION } from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type Cause, causeKey, deepestCause } from "./cause.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { healthOf, isChanging, isLong } from "./health.ts";
import type { ClusterStatus, Health, PoolStatus } from "./model.ts";
import { type ClusterParts, oneLine, poolsOf, worst } from "./pools.ts";

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
  const { cluster, controlPlane, deployments, machines } = parts;
  const { metadata } = cluster;
  if (metadata.deletionTimestamp !== undefined) {
    const since = metadata.deletionTimestamp;
    const blocking = oneLine(conditionOf(cluster, "Deleting")?.message ?? "");
    return {
      health: isLong(since, now) ? "attention" : "busy",
      headline: blocking === "" ? "Deleting" : `Deleting: ${blocking}`,
      since,
    };
  }
  if (isUnfinished(cluster)) {
    return isBeingWritten(cluster, now)
      ? { health: "busy", headline: "Its objects are being written", ...sinceCreated(cluster) }
      : {
          health: "attention",
          headline: "Creation stopped half-way: create it again to complete it, or delete it",
          ...sinceCreated(cluster),
        };
  }
  if (specOf(cluster).paused === true || metadata.annotations?.[PAUSED_ANNOTATION] !== undefined) {
    const since = conditionOf(cluster, "Paused")?.since;
    return {
      health: "attention",
      headline: "Paused: nothing changes it until it is unpaused",
      ...(since === undefined ? {} : { since }),
    };
  }
  const available = conditionOf(cluster, "Available");
  if (available?.status === "True" && pools.every(({ health }) => health === "good")) {
    ages.delete(keyOf(cluster));
    return {
      health: "good",
      headline: "Available",
      ...(available.since === undefined ? {} : { since: available.since }),
    };
  }
  const cause = deepestCause([
    cluster,
    ...(controlPlane === undefined ? [] : [controlPlane]),
    ...deployments,
    ...machines.filter(({ metadata: { deletionTimestamp } }) => deletionTimestamp === undefined),
  ]);
  const changing = [cluster, ...(controlPlane === undefined ? [] : [controlPlane]), ...deployments].find(
    isChanging,
  );
  if (cause === undefined) {
    return { health: "busy", headline: changeOf(changing) ?? "Being set up", ...sinceCreated(cluster) };
  }
  const since = sinceOf(cluster, cause, ages);
  return {
    health: healthWith(cause, since, pools, changing, available?.status, now),
    headline: cause.message,
    since,
  };
}

/** A cluster is as its worst part; one that is available and not on its way to something deserves a look. */
function healthWith(
  cause: Cause,
  since: string,
  pools: readonly PoolStatus[],
  changing: KubeObject | undefined,
  available: string | undefined,
  now: Date,
): Health {
  const own = healthOf(cause, since, now);
  const settled = available === "True" && changing === undefined && own === "busy" ? "attention" : own;
  return worst([settled, ...pools.map(({ health }) => health).filter((each) => each === "bad")]);
}

function changeOf(object: KubeObject | undefined): string | undefined {
  const types = ["RollingOut", "ScalingUp", "ScalingDown", "Remediating"];
  const condition =
    object === undefined
      ? undefined
      : types.map((type) => conditionOf(object, type)).find((each) => each?.status === "True");
  return condition === undefined || condition.message === "" ? undefined : oneLine(condition.message);
}

function sinceOf(cluster: KubeObject, cause: Cause, ages: CauseAges): string {
  const key = causeKey(cause);
  const known = ages.get(keyOf(cluster));
  const since =
    known?.key === key
      ? known.since
      : (cause.condition.since ?? cause.object.metadata.creationTimestamp ?? "");
  ages.set(keyOf(cluster), { key, since });
  return since;
}

function sinceCreated({ metadata }: KubeObject): { since?: string } {
  return metadata.creationTimestamp === undefined ? {} : { since: metadata.creationTimestamp };
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
