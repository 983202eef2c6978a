import { isOwnValuesLabel, type LayerTarget } from "../../layers/index.ts";
import { ownLabels } from "../../layers/labels.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CONFIG_MAP, SECRET } from "../kinds.ts";
import { type ManagementCluster, refOf } from "../management.ts";
import type { FoundTarget } from "./target.ts";

export { ownLabels };

/** Names and labels of what a cluster has of its own of a profile. */
export async function ownValuesOf(
  management: ManagementCluster,
  { namespace, name }: LayerTarget,
  profile: string,
  signal: AbortSignal | undefined,
): Promise<KubeObject[]> {
  const labelSelector = Object.entries(ownLabels(name, profile))
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const lists = await Promise.all(
    [CONFIG_MAP, SECRET].map(async (kind) => {
      const options = { namespace, labelSelector, metadataOnly: true, signal };
      return (await management.list(kind, options)).map((each) => ({ ...each, ...kind }));
    }),
  );
  return lists.flat();
}

/**
 * Deletes what the cluster had of its own of a profile, and the labels that led to it, but for what the labels `keep`
 * lead to.
 */
export async function forgetOwnValues(
  management: ManagementCluster,
  { target, object }: FoundTarget,
  profile: string,
  keep: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const own = await ownValuesOf(management, target, profile, signal);
  const names = new Set(own.map(({ metadata }) => metadata.name));
  const gone = Object.entries(object.metadata.labels ?? {})
    .filter(([key, value]) => isOwnValuesLabel(key) && names.has(value) && keep[key] === undefined)
    .map(([key]) => [key, null]);
  if (gone.length > 0) {
    await management.patch(target, { metadata: { labels: Object.fromEntries(gone) } }, { signal });
  }
  const kept = new Set(Object.values(keep));
  for (const each of own.filter(({ metadata }) => !kept.has(metadata.name))) {
    await management.delete(refOf(each), { signal });
  }
}
