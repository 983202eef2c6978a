import { PaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { clusterStatuses } from "../status/index.ts";
import type { ClusterStatus } from "../status/model.ts";
import { STATUS_KINDS } from "./fleet.ts";
import { CLUSTER } from "./kinds.ts";
import { listLayers } from "./layers/list.ts";
import type { CallOptions, ClusterRef, KindRef, ManagementCluster } from "./management.ts";
import { CLUSTER_NAME_LABEL, clusterNotFound } from "./objects.ts";

/** The statuses of all clusters as they are now, for those who do not follow them. */
export async function listClusters(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string | undefined } = {},
): Promise<ClusterStatus[]> {
  const [layers, ...lists] = await Promise.all([
    listLayers(management, options),
    ...STATUS_KINDS.map((kind) => management.list(kind, options)),
  ]);
  return clusterStatuses(lists.flat(), management.now(), layers);
}

/**
 * Waits until a cluster is available and gives its status; `onStatus` hears each one before. Lost connections
 * are waited out. Throws `NotFound` where the cluster is not there or goes away, and `Cancelled`.
 */
export async function waitAvailable(
  management: ManagementCluster,
  ref: ClusterRef,
  { signal, onStatus }: CallOptions & { readonly onStatus?: (status: ClusterStatus) => void } = {},
): Promise<ClusterStatus> {
  return watchUntil(management, ref, STATUS_KINDS, signal, (objects) => {
    const [status] = clusterStatuses(objects, management.now());
    if (status === undefined) {
      throw clusterNotFound(management, ref);
    }
    onStatus?.(status);
    return status.available && !status.unfinished ? status : undefined;
  });
}

/**
 * Follows the objects of one cluster until `judge` gives something; it is asked once all kinds were seen, and
 * with each change. What it throws is thrown.
 */
export async function watchUntil<T>(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  kinds: readonly KindRef[],
  signal: AbortSignal | undefined,
  judge: (objects: readonly KubeObject[]) => T | undefined,
): Promise<T> {
  const seen = new Map<KindRef, readonly KubeObject[]>();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const cancel = (): void => reject(new PaletteError("Cancelled", "Waiting was cancelled"));
  signal?.addEventListener("abort", cancel);
  const watches = kinds.map((kind) =>
    management.watch(
      kind,
      kind === CLUSTER
        ? { namespace, fieldSelector: `metadata.name=${name}` }
        : { namespace, labelSelector: `${CLUSTER_NAME_LABEL}=${name}` },
      {
        onObjects: (objects) => {
          seen.set(kind, objects);
          if (seen.size < kinds.length) {
            return;
          }
          try {
            const result = judge([...seen.values()].flat());
            if (result !== undefined) {
              resolve(result);
            }
          } catch (error) {
            reject(error);
          }
        },
        onLost: () => {},
        onLive: () => {},
      },
    ),
  );
  try {
    if (signal?.aborted === true) {
      cancel();
    }
    return await promise;
  } finally {
    signal?.removeEventListener("abort", cancel);
    for (const watch of watches) {
      watch.dispose();
    }
  }
}
