import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { clusterValuesName } from "./labels.ts";
import type { PlannedLayer } from "./model.ts";
import { chartKey, manifestKey } from "./objects.ts";
import { installedLayers, type LayerSources, planLayer } from "./source.ts";

/** A profile as it is shared, and as it is for one cluster. */
export interface ClusterProfile {
  readonly shared: Profile;
  /** With the cluster's own values, variables and macros. */
  readonly own: Profile;
  /** The same with masked values filled in; absent where there are none. */
  readonly secret?: Profile;
}

/**
 * What the layers of one cluster have of its own: a ConfigMap, and a Secret for what holds masked values. Nothing where
 * the cluster is like all others of its profiles. Keys that the cluster does not need any more go when it is applied.
 */
export function clusterValues(
  profiles: readonly ClusterProfile[],
  sources: LayerSources,
  { namespace, name, labels }: { namespace: string; name: string; labels: Readonly<Record<string, string>> },
): KubeObject[] {
  const plain: Record<string, string> = {};
  const masked: Record<string, string> = {};
  for (const { shared, own, secret } of profiles) {
    const base = textsOf(shared, sources);
    const texts = textsOf(own, sources);
    const whole = secret === undefined ? texts : textsOf(secret, sources);
    for (const [key, text] of texts) {
      const secretText = whole.get(key);
      if (secretText !== undefined && secretText !== text) {
        masked[key] = secretText;
      } else if (base.get(key) !== text) {
        plain[key] = text;
      }
    }
  }
  const metadata = { name: clusterValuesName(name), namespace, labels };
  return [
    ...(Object.keys(plain).length === 0
      ? []
      : [{ apiVersion: "v1", kind: "ConfigMap", metadata, data: plain } satisfies KubeObject]),
    ...(Object.keys(masked).length === 0
      ? []
      : [{ apiVersion: "v1", kind: "Secret", metadata, stringData: masked } satisfies KubeObject]),
  ];
}

/** Every text that a cluster may have its own of, by its key. */
function textsOf(profile: Profile, sources: LayerSources): Map<string, string> {
  const layers = installedLayers(profile)
    .map((layer) => planLayer(layer, sources))
    .filter((each): each is PlannedLayer => "charts" in each);
  return new Map(
    layers.flatMap(({ name, charts, manifests, namespaces }) => [
      ...charts.map((chart) => [chartKey(name, chart.name), chart.values] as const),
      ...[...manifests, ...namespaces].map(
        (manifest) => [manifestKey(name, manifest.name), manifest.content] as const,
      ),
    ]),
  );
}
