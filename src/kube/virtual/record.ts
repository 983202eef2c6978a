import { VIRTUAL_CLUSTER, VIRTUAL_DELETING, VIRTUAL_HOST, VIRTUAL_PAUSED } from "../../cluster/index.ts";
import { VALUES_KEY } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import { requestOf, type VirtualClusterRequest, virtualName } from "../../virtual/index.ts";
import { CONFIG_MAP } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster, ObjectRef } from "../management.ts";

/** What the management cluster keeps of a virtual cluster: its ConfigMap. */
export interface VirtualRecord {
  readonly request: VirtualClusterRequest;
  readonly host: string;
  readonly values: string;
  /** How many pods its control plane had before it was paused; absent where it is not. */
  readonly pausedFrom: number | undefined;
  readonly deleting: boolean;
  readonly object: KubeObject;
}

export function recordRef({ namespace, name }: ClusterRef): ObjectRef {
  return { ...CONFIG_MAP, namespace, name: virtualName(name) };
}

/** Reads what a ConfigMap keeps; nothing of one that is no virtual cluster's. */
export function recordOf(object: KubeObject): VirtualRecord | undefined {
  const { labels = {}, deletionTimestamp } = object.metadata;
  const request = requestOf(object);
  const host = labels[VIRTUAL_HOST];
  if (request === undefined || host === undefined || labels[VIRTUAL_CLUSTER] === undefined) {
    return undefined;
  }
  const paused = labels[VIRTUAL_PAUSED];
  return {
    request,
    host,
    values: String(mapOf(object.data)[VALUES_KEY] ?? ""),
    pausedFrom: paused === undefined ? undefined : Number(paused) || 1,
    deleting: deletionTimestamp !== undefined || labels[VIRTUAL_DELETING] !== undefined,
    object,
  };
}

/** The record of a virtual cluster; `undefined` where there is none of that name. */
export async function findRecord(
  management: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions,
): Promise<VirtualRecord | undefined> {
  const object = await management.get(recordRef(ref), options);
  return object === undefined ? undefined : recordOf(object);
}

/** As `findRecord`. Throws `NotFound`. */
export async function readRecord(
  management: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions,
): Promise<VirtualRecord> {
  const record = await findRecord(management, ref, options);
  if (record === undefined) {
    throw new PaletteError(
      "NotFound",
      `There is no virtual cluster ${ref.name} in ${ref.namespace} on ${management.name}`,
      { next: "palette virtual list lists all." },
    );
  }
  return record;
}
