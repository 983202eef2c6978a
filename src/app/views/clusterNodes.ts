import type { ClusterStatus, Health, MachineStatus, PoolStatus } from "../../status/model.ts";
import { ITEMS } from "../ids.ts";

/** A tree row without VS Code: what it says, and how it looks. */
export interface Row {
  /** Stable over refreshes, so that the tree keeps what is unfolded and selected. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color?: string;
  /** Lines of plain text; the first is the title. Nothing in them is trusted. */
  readonly tooltip: readonly string[];
  /** What a screen reader says: state in words, never only in color. */
  readonly spoken: string;
  readonly contextValue: string;
  readonly unfolded?: boolean;
}

export type ClusterNode =
  | { readonly kind: "cluster"; readonly cluster: ClusterStatus }
  | { readonly kind: "pool"; readonly cluster: ClusterStatus; readonly pool: PoolStatus }
  | {
      readonly kind: "machine";
      readonly cluster: ClusterStatus;
      readonly pool: PoolStatus;
      readonly machine: MachineStatus;
    };

const LOOK: Readonly<
  Record<Health, { readonly icon: string; readonly color?: string; readonly word: string }>
> = {
  good: { icon: "pass", color: "charts.green", word: "Healthy" },
  busy: { icon: "sync", word: "In progress" },
  attention: { icon: "warning", color: "list.warningForeground", word: "Needs attention" },
  bad: { icon: "error", color: "list.errorForeground", word: "Broken" },
  unknown: { icon: "circle-large-outline", word: "Not known yet" },
};

/** The clusters of a fleet as top rows, those of one namespace together. */
export function clusterNodes(clusters: readonly ClusterStatus[]): ClusterNode[] {
  return [...clusters]
    .sort((a, b) => a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name))
    .map((cluster) => ({ kind: "cluster", cluster }));
}

/** Control plane first, then the worker pools; under a pool its machines. */
export function childNodes(node: ClusterNode): ClusterNode[] {
  switch (node.kind) {
    case "cluster": {
      const { cluster } = node;
      return [...cluster.pools]
        .sort((a, b) => Number(b.isControlPlane) - Number(a.isControlPlane) || a.name.localeCompare(b.name))
        .map((pool) => ({ kind: "pool", cluster, pool }));
    }
    case "pool": {
      const { cluster, pool } = node;
      return [...pool.machines]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((machine) => ({ kind: "machine", cluster, pool, machine }));
    }
    case "machine":
      return [];
  }
}

/** The row above, for revealing. */
export function parentNode(node: ClusterNode): ClusterNode | undefined {
  switch (node.kind) {
    case "cluster":
      return undefined;
    case "pool":
      return { kind: "cluster", cluster: node.cluster };
    case "machine":
      return { kind: "pool", cluster: node.cluster, pool: node.pool };
  }
}

/** Describes `node`; `staleSince` marks a fleet whose connection is gone, `namespaced` adds the namespace. */
export function clusterRow(
  node: ClusterNode,
  view: { readonly stale: boolean; readonly namespaced: boolean },
): Row {
  const row = describe(node, view.namespaced);
  return view.stale
    ? {
        ...row,
        icon: "history",
        color: "disabledForeground",
        tooltip: [...row.tooltip, "This is the last known state."],
        spoken: `${row.spoken}, last known state`,
        contextValue: node.kind === "cluster" ? ITEMS.clusterStale : row.contextValue,
      }
    : row;
}

function describe(node: ClusterNode, namespaced: boolean): Row {
  switch (node.kind) {
    case "cluster":
      return describeCluster(node.cluster, namespaced);
    case "pool":
      return describePool(node.cluster, node.pool);
    case "machine":
      return describeMachine(node.cluster, node.machine);
  }
}

function describeCluster(cluster: ClusterStatus, namespaced: boolean): Row {
  const look = LOOK[cluster.health];
  const facts = [
    cluster.profile && `Profile ${cluster.profile.name} ${cluster.profile.version}`,
    cluster.version && `Kubernetes ${cluster.version}`,
    cluster.cloudType && `Cloud ${cluster.cloudType}`,
    `Namespace ${cluster.namespace}`,
    `Phase ${cluster.phase}`,
  ].filter((fact) => fact !== undefined && fact !== "");
  const where = namespaced ? `${cluster.namespace} · ` : "";
  return {
    id: `${cluster.namespace}/${cluster.name}`,
    label: cluster.name,
    description: `${where}${cluster.headline}`,
    ...pickLook(look),
    tooltip: [cluster.name, cluster.headline, ...sinceLine(cluster), ...(facts as string[])],
    spoken: `Cluster ${cluster.name}, ${look.word}: ${cluster.headline}`,
    contextValue: ITEMS.cluster,
    unfolded: cluster.health !== "good",
  };
}

/** When the headline's cause began, where that matters. */
function sinceLine({ health, since }: ClusterStatus): string[] {
  return health === "good" || since === undefined ? [] : [`Since ${new Date(since).toLocaleTimeString()}`];
}

function describePool(cluster: ClusterStatus, pool: PoolStatus): Row {
  const look = LOOK[pool.health];
  const label = pool.isControlPlane ? "Control plane" : `Worker pool ${pool.name}`;
  const count = `${pool.ready} of ${pool.desired} ready`;
  const outdated = pool.desired - pool.upToDate;
  const detail = pool.headline === undefined ? "" : ` · ${pool.headline}`;
  return {
    id: `${cluster.namespace}/${cluster.name}/${pool.isControlPlane ? "cp" : "pool"}/${pool.name}`,
    label,
    description: `${count}${detail}`,
    ...pickLook(look),
    tooltip: [
      label,
      count,
      ...(pool.headline === undefined ? [] : [pool.headline]),
      ...(outdated > 0 ? [`${outdated} not up to date`] : []),
    ],
    spoken: `${label}, ${look.word}, ${count}${pool.headline === undefined ? "" : `, ${pool.headline}`}`,
    contextValue: ITEMS.pool,
    unfolded: pool.health !== "good",
  };
}

function describeMachine(cluster: ClusterStatus, machine: MachineStatus): Row {
  const look = LOOK[machine.health];
  const description = machine.headline ?? machine.phase;
  return {
    id: `${cluster.namespace}/${cluster.name}/machine/${machine.name}`,
    label: machine.name,
    description,
    ...pickLook(look),
    tooltip: [
      machine.name,
      `Phase ${machine.phase}`,
      ...(machine.headline === undefined ? [] : [machine.headline]),
      ...(machine.version === undefined ? [] : [`Kubernetes ${machine.version}`]),
    ],
    spoken: `Machine ${machine.name}, ${look.word}, ${description}`,
    contextValue: ITEMS.machine,
  };
}

function pickLook(look: { readonly icon: string; readonly color?: string }): Pick<Row, "icon" | "color"> {
  return look.color === undefined ? { icon: look.icon } : { icon: look.icon, color: look.color };
}
