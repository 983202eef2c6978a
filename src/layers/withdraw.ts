import { joinName } from "../cluster/names.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { LAYER_LABEL, LAYER_STAGE_LABEL } from "./labels.ts";

/** On a withdrawing object: the cluster that it takes software off. */
export const WITHDRAW_LABEL = "palette-onboarding/withdraws-from";

/** A cluster that layers are put on: of Cluster API, or one that Sveltos knows by a kubeconfig. */
export interface LayerTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

interface Spec {
  readonly dependsOn?: readonly string[];
  readonly policyRefs?: readonly { readonly optional?: boolean }[];
  readonly helmCharts?: readonly HelmChart[];
}

interface HelmChart {
  readonly releaseName: string;
  readonly releaseNamespace: string;
  readonly options?: object;
}

/**
 * Copies of layer objects that take the software of the layers off one cluster, last installed first. Shared layer
 * objects leave software behind when a cluster moves on, since the next version takes it over. A copy takes it over
 * likewise, and once that is done and the copy is deleted, Sveltos removes what it owns. What `keep` brings as well
 * stays, and so do namespaces that a layer only gave labels.
 */
export function withdrawingObjects(
  profiles: readonly KubeObject[],
  target: LayerTarget,
  keep: readonly KubeObject[] = [],
): KubeObject[] {
  const kept = new Set(keep.flatMap((each) => chartsOf(each).map(releaseOf)));
  const keptManifests = new Set(keep.filter(isManifests).map((each) => each.metadata.labels?.[LAYER_LABEL]));
  return lastFirst(profiles).flatMap((profile): KubeObject[] => {
    const { clusterSelector: _, dependsOn: __, policyRefs = [], ...spec } = profile.spec as Spec & KubeObject;
    const { [LAYER_LABEL]: layer, [LAYER_STAGE_LABEL]: ___, ...labels } = profile.metadata.labels ?? {};
    const helmCharts = chartsOf(profile)
      .filter((chart) => !kept.has(releaseOf(chart)))
      // What is being removed need not become ready first.
      .map((chart) => ({ ...chart, options: { ...chart.options, wait: false } }));
    const manifests = isManifests(profile) ? (policyRefs as readonly { optional?: boolean }[]) : [];
    if (helmCharts.length === 0 && (manifests.length === 0 || keptManifests.has(layer))) {
      return [];
    }
    return [
      {
        apiVersion: profile.apiVersion,
        kind: profile.kind,
        metadata: {
          name: joinName([profile.metadata.name, "off", target.name]),
          namespace: target.namespace,
          labels: { ...labels, [WITHDRAW_LABEL]: target.name },
        },
        spec: {
          ...spec,
          clusterRefs: [target],
          stopMatchingBehavior: "WithdrawPolicies",
          ...(isManifests(profile)
            ? { policyRefs: manifests.filter(({ optional }) => optional === true) }
            : { helmCharts }),
        },
      },
    ];
  });
}

/** Objects of charts bring namespaces by `policyRefs`, all others their manifests. */
function isManifests(object: KubeObject): boolean {
  return object.kind === "Profile" && chartsOf(object).length === 0;
}

function chartsOf({ spec }: KubeObject): readonly HelmChart[] {
  return (spec as Spec | undefined)?.helmCharts ?? [];
}

function releaseOf({ releaseNamespace, releaseName }: HelmChart): string {
  return `${releaseNamespace}/${releaseName}`;
}

/** Those that wait for others before the others. */
function lastFirst(profiles: readonly KubeObject[]): KubeObject[] {
  const byName = new Map(profiles.map((profile) => [profile.metadata.name, profile]));
  const depth = (profile: KubeObject, above: readonly string[]): number =>
    Math.max(
      0,
      ...((profile.spec as Spec | undefined)?.dependsOn ?? []).map((name) => {
        const other = byName.get(name);
        return other === undefined || above.includes(name) ? 0 : 1 + depth(other, [...above, name]);
      }),
    );
  return profiles
    .map((profile) => ({ profile, depth: depth(profile, [profile.metadata.name]) }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ profile }) => profile);
}
