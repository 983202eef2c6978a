/** `good` and `busy` need nobody; `attention` needs a look; `bad` needs somebody; `unknown` is not told yet. */
export type Health = "good" | "busy" | "attention" | "bad" | "unknown";

/** One machine of a pool. */
export interface MachineStatus {
  readonly name: string;
  readonly phase: string;
  readonly health: Health;
  /** The deepest true cause, the engine's own message; absent where all is well. */
  readonly headline?: string;
  readonly version?: string;
}

/** The control plane, or one worker pool (all zones of it). */
export interface PoolStatus {
  readonly name: string;
  readonly isControlPlane: boolean;
  readonly desired: number;
  readonly ready: number;
  readonly upToDate: number;
  readonly health: Health;
  readonly headline?: string;
  readonly machines: readonly MachineStatus[];
}

/** A workload cluster as the tree, the CLI and `--wait` see it. */
export interface ClusterStatus {
  readonly name: string;
  readonly namespace: string;
  /** Cluster API's phase; `Provisioned` does not mean usable, `available` does. */
  readonly phase: string;
  readonly available: boolean;
  readonly deleting: boolean;
  /** Creation stopped half-way: create again to complete it, or delete it. */
  readonly unfinished: boolean;
  readonly health: Health;
  /** One sentence: the deepest cause that is not yet true, or what it is doing. */
  readonly headline: string;
  /** Since when the headline's cause holds, ISO 8601. */
  readonly since?: string;
  readonly cloudType?: string;
  readonly profile?: { readonly name: string; readonly version: string };
  /** Kubernetes version without the leading v. */
  readonly version?: string;
  readonly created?: string;
  readonly pools: readonly PoolStatus[];
}
