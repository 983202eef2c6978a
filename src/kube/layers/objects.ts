import { attachmentLabel, LAYER_LABEL } from "../../layers/index.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { LAYER_PROFILE } from "../kinds.ts";
import type { ManagementCluster } from "../management.ts";

/** The Sveltos objects of a profile version, by what clusters they choose. */
export async function layerProfiles(
  management: ManagementCluster,
  namespace: string,
  version: { readonly name: string; readonly version: string },
  signal: AbortSignal | undefined,
): Promise<KubeObject[]> {
  const [key, value] = attachmentLabel(version);
  const all = await management.list(LAYER_PROFILE, { namespace, labelSelector: LAYER_LABEL, signal });
  return all.filter(({ spec }) => {
    const selector = (spec as { clusterSelector?: { matchLabels?: Record<string, string> } } | undefined)
      ?.clusterSelector?.matchLabels;
    return selector?.[key] === value;
  });
}

/** ClusterSummaries or ClusterReports by the name of the Sveltos Profile that they belong to. */
export function byOwner(objects: readonly KubeObject[]): Map<string, KubeObject> {
  return new Map(
    objects.flatMap((object) =>
      (object.metadata.ownerReferences ?? []).map(({ name }) => [name, object] as const),
    ),
  );
}
