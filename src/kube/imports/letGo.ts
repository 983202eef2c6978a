import { CLUSTER_SUMMARY } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { pause } from "../watch.ts";

/** How long Sveltos may take to let go of a cluster. */
const LIMIT_MS = 30_000;
const LOOK_MS = 500;

/** Waits a while until Sveltos has let go of a cluster; one that it does not reach keeps it from that for ever. */
export async function letGo(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  { signal }: CallOptions,
): Promise<void> {
  const limit = Date.now() + LIMIT_MS;
  while (Date.now() < limit) {
    const summaries = await management.list(CLUSTER_SUMMARY, { namespace, signal });
    const own = summaries.filter(({ spec }) => {
      const { clusterName, clusterType } = spec as { clusterName?: string; clusterType?: string };
      return clusterName === name && clusterType === "Sveltos";
    });
    if (own.length === 0) {
      return;
    }
    await pause(LOOK_MS, signal ?? new AbortController().signal);
  }
}
