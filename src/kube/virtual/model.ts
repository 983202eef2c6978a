import type { VirtualClusterRequest, VirtualResources, VirtualState } from "../../virtual/index.ts";
import type { ClusterRef, TaskOptions } from "../management.ts";

/** A virtual cluster as the management cluster has it. */
export interface VirtualCluster extends ClusterRef {
  readonly host: string;
  /** The cluster group that its host was chosen from. */
  readonly group?: string;
  readonly state: VirtualState;
  readonly resources: VirtualResources;
  readonly endpoint: VirtualClusterRequest["endpoint"];
  /** As its API server says; absent until that was reached. */
  readonly kubernetesVersion?: string;
  /** What it waits for, or why it cannot go on, in the engine's words. */
  readonly message?: string;
  /** ISO 8601. */
  readonly created?: string;
}

export interface VirtualOptions extends TaskOptions {
  /** How long each thing that is waited for may take, in milliseconds. */
  readonly limitMs?: number | undefined;
}
