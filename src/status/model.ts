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
  /** Since when it is as it is, ISO 8601. */
  readonly since?: string;
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

export type StepId =
  | "infrastructure"
  | "initialized"
  | "network"
  | "control-plane"
  | "workers"
  | "add-ons"
  | "healthy";

/** One of the seven steps of a creation (design.md, Steps). */
export interface StepStatus {
  readonly id: StepId;
  readonly title: string;
  /** `current` goes on by itself; `problem` does not, or not for sure; a target may lack a step. */
  readonly state: "done" | "current" | "waiting" | "problem" | "not-applicable";
  /** Begin and end, ISO 8601, as far as they are known. */
  readonly since?: string;
  readonly until?: string;
  /** What it came to, or what it is waiting for; may be empty. */
  readonly detail: string;
}

/** A layer of the profile on this cluster, from whoever puts layers on clusters. */
export interface LayerStatus {
  readonly name: string;
  readonly kind: "network" | "storage" | "cloud-controller" | "add-on";
  readonly state: "ready" | "installing" | "waiting" | "failed";
  /** The engine's own words. */
  readonly message?: string;
  readonly version?: string;
  /** A version that its repository has, too. */
  readonly newer?: string;
  /** The profile that brings it, as labels write its name and version. */
  readonly profile?: { readonly name: string; readonly version: string };
  /** Since when it is ready, ISO 8601. */
  readonly since?: string;
}

/** One thing to do about a cause. */
export interface TodoItem {
  readonly text: string;
  readonly link?: { readonly title: string; readonly url: string };
}

/** What stops a cluster: where it is said, and what to do. */
export interface CauseStatus {
  /** Which of the known causes it is; absent for others. */
  readonly known?: string;
  readonly todo: readonly TodoItem[];
  /** Who says so, and the condition in which it does; absent where no single object does. */
  readonly source?: {
    readonly provider: string;
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    /** The engine's own words, whole. */
    readonly message: string;
  };
}

/** Something that a controller said about an object. */
export interface ClusterEvent {
  /** When it was said last, ISO 8601. */
  readonly time: string;
  readonly isWarning: boolean;
  readonly reason: string;
  readonly message: string;
  /** How many times it was said. */
  readonly count: number;
  readonly kind: string;
  readonly name: string;
}

/** How a cluster was imported. */
interface ImportedFacts {
  readonly mode: "read-only" | "full";
  /** End of the token that the management cluster has, ISO 8601. */
  readonly tokenUntil?: string;
  /** Address by which whoever imported it saw it. */
  readonly seenAt?: string;
}

/** Where a virtual cluster lives, and how it is. */
export interface VirtualStatus {
  /** Name of its host, which is in the same namespace. */
  readonly host: string;
  readonly state: "waiting" | "running" | "paused" | "deleting";
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
  /** It was there before and was imported; absent where it was created here. */
  readonly imported?: ImportedFacts;
  /** It lives on another cluster; absent where it has machines of its own. */
  readonly virtual?: VirtualStatus;
  /** It was never available yet, and nobody deletes it. */
  readonly creating: boolean;
  /** Where it does not go on by itself. */
  readonly cause?: CauseStatus;
  readonly steps: readonly StepStatus[];
  /** Layers in the order of installation, as far as somebody puts them on the cluster. */
  readonly layers: readonly LayerStatus[];
  readonly pools: readonly PoolStatus[];
}
