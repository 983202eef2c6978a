import { isOwnValuesLabel } from "../../layers/index.ts";
import { ownLabels } from "../../layers/labels.ts";
import { CONFIG_MAP, SECRET } from "../kinds.ts";
import { type ManagementCluster, refOf } from "../management.ts";
import type { FoundTarget } from "./target.ts";

export { ownLabels };

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
  const labelSelector = Object.entries(ownLabels(target.name, profile))
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const lists = await Promise.all(
    [CONFIG_MAP, SECRET].map(async (kind) => {
      const options = { namespace: target.namespace, labelSelector, metadataOnly: true, signal };
      return (await management.list(kind, options)).map((each) => ({ ...each, ...kind }));
    }),
  );
  const own = lists.flat();
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
