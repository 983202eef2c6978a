import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type LayerPart, ownValuesLabel, ownValuesName, partName } from "./labels.ts";
import type { LayerProblem, PlannedLayer } from "./model.ts";
import { manifestData, SVELTOS_SECRET, VALUES_KEY } from "./objects.ts";
import { type LayerSources, planInstalled } from "./source.ts";

/** A profile as it is shared, and as it is for one cluster. */
export interface ClusterProfile {
  readonly shared: Profile;
  /** With the cluster's own values, variables and macros. */
  readonly own: Profile;
  /** The same with masked values filled in; absent where there are none. */
  readonly secret?: Profile;
}

/** What the layers of one cluster have of its own. */
export interface OwnValues {
  /** A ConfigMap, or a Secret where masked values are in it, for each chart and for the manifests of each layer. */
  readonly objects: readonly KubeObject[];
  /** Labels of the cluster that lead to them; all others of `isOwnValuesLabel` must go. */
  readonly labels: Readonly<Record<string, string>>;
  /** Layers as the cluster has them, in the order of the profiles; without those that cannot be. */
  readonly layers: readonly PlannedLayer[];
  /** Layers that all clusters can have, and this one cannot with what it has of its own. */
  readonly problems: readonly LayerProblem[];
}

/** No objects and labels where the cluster is like all others of its profiles. */
export function clusterValues(
  profiles: readonly ClusterProfile[],
  sources: LayerSources,
  {
    namespace,
    name: cluster,
    labels: common,
  }: { namespace: string; name: string; labels: Readonly<Record<string, string>> },
): OwnValues {
  const objects: KubeObject[] = [];
  const labels: Record<string, string> = {};
  const layers: PlannedLayer[] = [];
  const problems: LayerProblem[] = [];
  for (const { shared, own, secret } of profiles) {
    const ofAll = planInstalled(shared, sources);
    const ofOne = planInstalled(own, sources);
    const withSecrets = secret && planInstalled(secret, sources);
    const base = partsOf(ofAll.layers);
    const masked = withSecrets && partsOf(withSecrets.layers);
    layers.push(...ofOne.layers);
    problems.push(...ownProblems(ofAll, withSecrets ?? ofOne));
    for (const [key, { layer, part, data }] of partsOf(ofOne.layers)) {
      const secretData = masked?.get(key)?.data;
      const hasSecret = secretData !== undefined && !isSame(secretData, data);
      if (!hasSecret && isSame(base.get(key)?.data, data)) {
        continue;
      }
      const name = ownValuesName(cluster, shared, layer, part);
      labels[ownValuesLabel(shared.name, layer, part)] = name;
      const metadata = { name, namespace, labels: common };
      objects.push(
        hasSecret
          ? { apiVersion: "v1", kind: "Secret", metadata, type: SVELTOS_SECRET, stringData: secretData }
          : { apiVersion: "v1", kind: "ConfigMap", metadata, data },
      );
    }
  }
  return { objects, labels, layers, problems };
}

function ownProblems(
  ofAll: { readonly layers: readonly PlannedLayer[] },
  ofOne: { readonly problems: readonly LayerProblem[] },
): LayerProblem[] {
  return ofOne.problems
    .filter(({ layer }) => ofAll.layers.some(({ name }) => name === layer))
    .map((problem) => ({
      ...problem,
      next: "Correct what this cluster has of its own: the values of the layer, or of variables in them.",
    }));
}

interface Part {
  readonly layer: string;
  readonly part: LayerPart;
  readonly data: Readonly<Record<string, string>>;
}

/** Everything that a cluster may have its own of. */
function partsOf(layers: readonly PlannedLayer[]): Map<string, Part> {
  const parts = layers.flatMap(({ name: layer, charts, manifests }): Part[] => [
    ...charts.map((chart) => ({
      layer,
      part: { chart: chart.name },
      data: { [VALUES_KEY]: chart.values || "{}\n" },
    })),
    ...(manifests.length === 0
      ? []
      : [
          {
            layer,
            part: "manifests" as const,
            data: manifestData(manifests),
          },
        ]),
  ]);
  return new Map(parts.map((part) => [`${part.layer} ${partName(part.part)}`, part]));
}

function isSame(a: Part["data"] | undefined, b: Part["data"]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
