import { CLUSTER_SUMMARY } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { until } from "../until.ts";

/** How long Sveltos may take to let go of a cluster. */
const LIMIT_MS = 30_000;
const LOOK_MS = 500;

/** Waits a while until Sveltos has let go of a cluster; one that it does not reach keeps it from that for ever. */
export async function letGo(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  { signal }: CallOptions,
): Promise<void> {
  await until(
    async () => {
      const summaries = await management.list(CLUSTER_SUMMARY, { namespace, signal });
      return !summaries.some(({ spec }) => {
        const { clusterName, clusterType } = spec as { clusterName?: string; clusterType?: string };
        return clusterName === name && clusterType === "Sveltos";
      });
    },
    { signal, limitMs: LIMIT_MS, lookMs: LOOK_MS },
    () => undefined,
  );
}
