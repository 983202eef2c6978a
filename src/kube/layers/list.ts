import { LAYER_LABEL } from "../../layers/index.ts";
import type { Layers } from "../../status/clusters.ts";
import { layersOf } from "../../status/layers.ts";
import { CLUSTER_SUMMARY, LAYER_PROFILE, SVELTOS_GROUP } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { servedKind } from "../served.ts";

/** Whether a management cluster can put layers on clusters. */
export async function hasLayers(management: ManagementCluster, options: CallOptions = {}): Promise<boolean> {
  return (await servedKind(management, SVELTOS_GROUP, CLUSTER_SUMMARY.kind, options)) !== undefined;
}

/** How far the layers of all clusters are now; nothing where the management cluster has no Sveltos. */
export async function listLayers(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string | undefined } = {},
): Promise<Layers> {
  if (!(await hasLayers(management, options))) {
    return new Map();
  }
  const [profiles, summaries] = await Promise.all([
    management.list(LAYER_PROFILE, { ...options, labelSelector: LAYER_LABEL }),
    management.list(CLUSTER_SUMMARY, options),
  ]);
  return layersOf(profiles, summaries);
}
