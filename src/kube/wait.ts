import { IMPORT_MODE } from "../imports/index.ts";
import { isPaletteError, PaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { clusterStatuses, ImportedStatuses } from "../status/index.ts";
import type { ClusterStatus } from "../status/model.ts";
import { isConnectionClosed } from "./apiErrors.ts";
import { STATUS_KINDS } from "./fleet.ts";
import { CLUSTER, SVELTOS_CLUSTER } from "./kinds.ts";
import { listLayers } from "./layers/list.ts";
import { listOrNone } from "./listOrNone.ts";
import type { CallOptions, ClusterRef, KindRef, ManagementCluster } from "./management.ts";
import { CLUSTER_NAME_LABEL, clusterNotFound } from "./objects.ts";

/** The statuses of all clusters as they are now, for those who do not follow them. */
export async function listClusters(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string | undefined } = {},
): Promise<ClusterStatus[]> {
  const [layers, imported, ...lists] = await Promise.all([
    listLayers(management, options),
    importedClusters(management, options),
    // Managed and other control planes need no kubeadm provider, so its kinds need not be there.
    ...STATUS_KINDS.map((kind) =>
      kind === CLUSTER ? management.list(kind, options) : listOrNone(management, kind, options),
    ),
  ]);
  const now = management.now();
  return [
    ...clusterStatuses(lists.flat(), now, layers),
    ...new ImportedStatuses().update(imported, now, layers),
  ].sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** SveltosClusters that imports made; none where Sveltos is not there, or this user may not see them. */
async function importedClusters(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string | undefined },
): Promise<readonly KubeObject[]> {
  try {
    return await listOrNone(management, SVELTOS_CLUSTER, { ...options, labelSelector: IMPORT_MODE });
  } catch (error) {
    if (isPaletteError(error, "Forbidden")) {
      return [];
    }
    throw error;
  }
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
 * with each change. What it throws is thrown; so are `Forbidden` and a closed connection, which no waiting ends. Only
 * the Cluster has to be of a kind that the server has.
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
        : { namespace, labelSelector: `${CLUSTER_NAME_LABEL}=${name}`, optional: true },
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
        onLost: (error) => {
          if (isPaletteError(error, "Forbidden") || isConnectionClosed(error)) {
            reject(error);
          }
        },
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
