import { formatDuration } from "../../shared/duration.ts";
import type {
  ClusterStatus,
  Health,
  LayerStatus,
  MachineStatus,
  PoolStatus,
  StepStatus,
} from "../../status/model.ts";
import { ITEMS } from "../ids.ts";
import { layerRow } from "./layerRow.ts";

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
  | {
      readonly kind: "cluster";
      readonly cluster: ClusterStatus;
      /** The virtual clusters that live on it, in order. */
      readonly virtual: readonly ClusterStatus[];
    }
  | { readonly kind: "step"; readonly cluster: ClusterStatus; readonly step: StepStatus }
  | { readonly kind: "layer"; readonly cluster: ClusterStatus; readonly layer: LayerStatus }
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

const STEP_LOOK: Readonly<
  Record<StepStatus["state"], { readonly icon: string; readonly color?: string; readonly word: string }>
> = {
  done: { icon: "pass", color: "charts.green", word: "Done" },
  current: { icon: "sync", word: "Now" },
  waiting: { icon: "circle-large-outline", word: "Waiting" },
  problem: { icon: "error", color: "list.errorForeground", word: "Blocked" },
  "not-applicable": { icon: "circle-slash", color: "disabledForeground", word: "Not applicable here" },
};

/**
 * The clusters of a fleet as top rows, those of one namespace together. Virtual clusters are below their host, where
 * that is in the fleet.
 */
export function clusterNodes(clusters: readonly ClusterStatus[]): (ClusterNode & { kind: "cluster" })[] {
  const hosts = new Set(clusters.map(keyOf));
  const virtual = new Map<string, ClusterStatus[]>();
  const top: ClusterStatus[] = [];
  for (const cluster of [...clusters].sort(byName)) {
    const host = hostKeyOf(cluster);
    if (host === undefined || !hosts.has(host)) {
      top.push(cluster);
    } else {
      virtual.set(host, [...(virtual.get(host) ?? []), cluster]);
    }
  }
  return top.map((cluster) => ({ kind: "cluster", cluster, virtual: virtual.get(keyOf(cluster)) ?? [] }));
}

/** A cluster by what no other one has. */
export function keyOf({ namespace, name }: ClusterStatus): string {
  return `${namespace}/${name}`;
}

/** The same of the host of a virtual cluster. */
function hostKeyOf({ namespace, virtual }: ClusterStatus): string | undefined {
  return virtual === undefined ? undefined : `${namespace}/${virtual.host}`;
}

function byName(a: ClusterStatus, b: ClusterStatus): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

/**
 * The steps of a cluster that is being created, its control plane, its worker pools, its layers, its virtual clusters;
 * under a pool its machines.
 */
export function childNodes(node: ClusterNode): ClusterNode[] {
  switch (node.kind) {
    case "cluster": {
      const { cluster } = node;
      const steps = cluster.creating && !cluster.unfinished ? cluster.steps : [];
      const pools = [...cluster.pools].sort(
        (a, b) => Number(b.isControlPlane) - Number(a.isControlPlane) || a.name.localeCompare(b.name),
      );
      return [
        ...steps.map((step): ClusterNode => ({ kind: "step", cluster, step })),
        ...pools.map((pool): ClusterNode => ({ kind: "pool", cluster, pool })),
        ...cluster.layers.map((layer): ClusterNode => ({ kind: "layer", cluster, layer })),
        ...node.virtual.map((each): ClusterNode => ({ kind: "cluster", cluster: each, virtual: [] })),
      ];
    }
    case "pool": {
      const { cluster, pool } = node;
      return [...pool.machines]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((machine) => ({ kind: "machine", cluster, pool, machine }));
    }
    case "step":
    case "layer":
    case "machine":
      return [];
  }
}

/** The row above, for revealing; `clusters` are the top rows. */
export function parentNode(
  node: ClusterNode,
  clusters: readonly (ClusterNode & { kind: "cluster" })[],
): ClusterNode | undefined {
  switch (node.kind) {
    case "cluster":
      return clusters.find(({ virtual }) => virtual.some((each) => keyOf(each) === keyOf(node.cluster)));
    case "step":
    case "layer":
    case "pool":
      return (
        clusters.find(({ cluster }) => keyOf(cluster) === keyOf(node.cluster)) ?? {
          kind: "cluster",
          cluster: node.cluster,
          virtual: [],
        }
      );
    case "machine":
      return { kind: "pool", cluster: node.cluster, pool: node.pool };
  }
}

/** Where rows are shown. */
export interface RowsView {
  /** The connection of the fleet is gone. */
  readonly stale: boolean;
  /** The clusters are of several namespaces. */
  readonly namespaced: boolean;
  /** So many clusters deviate that unfolding them all would hide the rest. */
  readonly folded?: boolean;
}

/** Describes `node`. */
export function clusterRow(node: ClusterNode, view: RowsView): Row {
  const described = describe(node, view.namespaced);
  const row = view.folded === true ? { ...described, unfolded: false } : described;
  return view.stale
    ? {
        ...row,
        icon: "history",
        color: "disabledForeground",
        tooltip: [...row.tooltip, "This is the last known state."],
        spoken: `${row.spoken}, last known state`,
        contextValue: node.kind === "cluster" ? staleItem(node.cluster) : row.contextValue,
      }
    : row;
}

function describe(node: ClusterNode, namespaced: boolean): Row {
  switch (node.kind) {
    case "cluster":
      return describeCluster(node, namespaced);
    case "step":
      return describeStep(node.cluster, node.step);
    case "layer":
      return layerRow(node.cluster, node.layer);
    case "pool":
      return describePool(node.cluster, node.pool);
    case "machine":
      return describeMachine(node.cluster, node.machine);
  }
}

const PAUSED = { icon: "debug-pause", word: "Paused" } as const;

function describeCluster({ cluster, virtual }: ClusterNode & { kind: "cluster" }, namespaced: boolean): Row {
  const look = cluster.virtual?.state === "paused" ? PAUSED : LOOK[cluster.health];
  const kind = cluster.virtual === undefined ? "Cluster" : "Virtual cluster";
  const facts = [
    cluster.profile && `Profile ${cluster.profile.name} ${cluster.profile.version}`,
    cluster.version && `Kubernetes ${cluster.version}`,
    cluster.cloudType && `Cloud ${cluster.cloudType}`,
    `Namespace ${cluster.namespace}`,
    cluster.imported?.tokenUntil &&
      `Token until ${new Date(cluster.imported.tokenUntil).toLocaleString()}, renewed by itself`,
    cluster.virtual && `Virtual cluster on ${cluster.virtual.host}`,
    cluster.imported === undefined && cluster.virtual === undefined ? `Phase ${cluster.phase}` : undefined,
  ].filter((fact) => fact !== undefined && fact !== "");
  const where = namespaced && cluster.virtual === undefined ? `${cluster.namespace} · ` : "";
  return {
    id: `${cluster.namespace}/${cluster.name}`,
    label: cluster.name,
    description: `${where}${cluster.headline}`,
    ...pickLook(look),
    tooltip: [
      cluster.name,
      cluster.headline,
      ...sinceLine(cluster),
      ...todoLines(cluster),
      ...(facts as string[]),
    ],
    spoken: `${kind} ${cluster.name}, ${look.word}${cluster.headline === look.word ? "" : `: ${cluster.headline}`}`,
    contextValue: itemOf(cluster),
    // A cluster that was not made here has nothing below it but layers and virtual clusters.
    ...(isLeaf(cluster, virtual)
      ? {}
      : { unfolded: [cluster, ...virtual].some(({ health }) => health !== "good") }),
  };
}

/** Imported and virtual clusters have no machines of their own. */
function isLeaf(cluster: ClusterStatus, virtual: readonly ClusterStatus[]): boolean {
  return (
    (cluster.imported !== undefined || cluster.virtual !== undefined) &&
    cluster.layers.length + virtual.length === 0
  );
}

/** Clusters have the actions that their kind has, and virtual ones those of their state. */
function itemOf({ imported, virtual }: ClusterStatus): string {
  if (virtual !== undefined) {
    return virtual.state === "running"
      ? ITEMS.virtualRunning
      : virtual.state === "paused"
        ? ITEMS.virtualPaused
        : ITEMS.virtualWaiting;
  }
  return imported === undefined
    ? ITEMS.cluster
    : imported.mode === "full"
      ? ITEMS.importedFull
      : ITEMS.importedReadOnly;
}

function staleItem({ imported, virtual }: ClusterStatus): string {
  return virtual !== undefined
    ? ITEMS.virtualStale
    : imported === undefined
      ? ITEMS.clusterStale
      : ITEMS.importedStale;
}

/** When the headline's cause began, where that matters. */
function sinceLine({ health, since }: ClusterStatus): string[] {
  return health === "good" || since === undefined ? [] : [`Since ${new Date(since).toLocaleTimeString()}`];
}

/** What to do about what stops a cluster. */
function todoLines({ cause }: ClusterStatus): string[] {
  return (cause?.todo ?? []).map(({ text }, index) => `${index + 1}. ${text}`);
}

function describeStep(cluster: ClusterStatus, step: StepStatus): Row {
  const { icon, color, word } = STEP_LOOK[step.state];
  const took =
    step.since === undefined || step.until === undefined
      ? ""
      : formatDuration((Date.parse(step.until) - Date.parse(step.since)) / 1000);
  const description = [step.state === "done" ? took : word, step.detail]
    .filter((part) => part !== "")
    .join(" · ");
  return {
    id: `${cluster.namespace}/${cluster.name}/step/${step.id}`,
    label: step.title,
    description,
    ...pickLook(color === undefined ? { icon } : { icon, color }),
    tooltip: [
      step.title,
      word,
      ...(step.detail === "" ? [] : [step.detail]),
      ...(took === "" ? [] : [`Took ${took}`]),
      ...(step.since === undefined || took !== ""
        ? []
        : [`Since ${new Date(step.since).toLocaleTimeString()}`]),
    ],
    spoken: `Step ${step.title}, ${word}${step.detail === "" ? "" : `, ${step.detail}`}`,
    contextValue: ITEMS.step,
  };
}

function describePool(cluster: ClusterStatus, pool: PoolStatus): Row {
  const look = LOOK[pool.health];
  const label = pool.isControlPlane ? "Control plane" : `Worker pool ${pool.name}`;
  const count = `${pool.ready} of ${pool.desired} ready`;
  const outdated = pool.machines.length - pool.upToDate;
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

/** Names are ASCII; the order of a locale would take most of the time of a large fleet. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
