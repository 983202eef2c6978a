import { isPaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { CallOptions, KindRef, ManagementCluster } from "./management.ts";

const CLUSTER_CLASS: KindRef = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "ClusterClass" };

/**
 * The ClusterClasses of a management cluster, those of `namespace` first; `classFields` of the cluster room makes a
 * form of each. Those of one namespace where no more may be seen. Throws `Forbidden`, `Unreachable` and `Cancelled`.
 */
export async function listClusterClasses(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions = {},
): Promise<KubeObject[]> {
  const all = await management.list(CLUSTER_CLASS, options).catch((error: unknown) => {
    if (!isPaletteError(error, "Forbidden")) {
      throw error;
    }
    return management.list(CLUSTER_CLASS, { ...options, namespace });
  });
  const isOwn = ({ metadata }: KubeObject): number => Number(metadata.namespace === namespace);
  return all.sort((a, b) => isOwn(b) - isOwn(a) || a.metadata.name.localeCompare(b.metadata.name));
}
