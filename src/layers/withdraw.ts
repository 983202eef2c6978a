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
  readonly policyRefs?: readonly PolicyRef[];
  readonly helmCharts?: readonly HelmChart[];
}

export interface PolicyRef {
  readonly kind: string;
  readonly name: string;
  readonly deploymentType?: string;
  readonly optional?: boolean;
}

export interface HelmChart {
  readonly releaseName: string;
  readonly releaseNamespace: string;
  readonly chartVersion: string;
  readonly options?: object;
}

/**
 * Copies of layer objects that take the software of the layers off one cluster, last installed first. Shared layer
 * objects leave software behind when a cluster moves on, since the next version takes it over. A copy takes it over
 * likewise, and once that is done and the copy is deleted, Sveltos removes what it owns. Namespaces that a layer only
 * gave labels stay.
 */
export function withdrawingObjects(profiles: readonly KubeObject[], target: LayerTarget): KubeObject[] {
  return lastFirst(profiles).map((profile) =>
    withdrawingObject(profile, target, chartsOf(profile), manifestReferences(profile)),
  );
}

/** The references of a layer object to its manifests; those to namespaces that only get labels must be there. */
export function manifestReferences({ spec }: KubeObject): PolicyRef[] {
  return ((spec as Spec | undefined)?.policyRefs ?? []).filter(({ optional }) => optional === true);
}

/** What the copy of a layer object for a cluster is called. */
export function withdrawingName({ metadata }: KubeObject, target: LayerTarget): string {
  return joinName([metadata.name, "off", target.name]);
}

/** A copy that takes charts, or manifests where there are none, off a cluster. */
export function withdrawingObject(
  profile: KubeObject,
  target: LayerTarget,
  charts: readonly HelmChart[],
  policyRefs: readonly PolicyRef[],
): KubeObject {
  const {
    clusterSelector,
    dependsOn,
    policyRefs: _,
    helmCharts: __,
    ...spec
  } = profile.spec as Spec & KubeObject;
  const { [LAYER_LABEL]: layer, [LAYER_STAGE_LABEL]: stage, ...labels } = profile.metadata.labels ?? {};
  return {
    apiVersion: profile.apiVersion,
    kind: profile.kind,
    metadata: {
      name: withdrawingName(profile, target),
      namespace: target.namespace,
      labels: { ...labels, [WITHDRAW_LABEL]: target.name },
    },
    spec: {
      ...spec,
      clusterRefs: [target],
      stopMatchingBehavior: "WithdrawPolicies",
      ...(charts.length === 0 ? { policyRefs } : { helmCharts: charts.map(unwaited) }),
    },
  };
}

/** What is being removed need not become ready first. */
function unwaited(chart: HelmChart): HelmChart {
  return { ...chart, options: { ...chart.options, wait: false } };
}

/** The charts of a layer object. */
export function chartsOf({ spec }: KubeObject): readonly HelmChart[] {
  return (spec as Spec | undefined)?.helmCharts ?? [];
}

/** Tells a release from all others of a cluster. */
export function releaseOf({ releaseNamespace, releaseName }: HelmChart): string {
  return `${releaseNamespace}/${releaseName}`;
}

/** Those that wait for others before the others. */
export function lastFirst(profiles: readonly KubeObject[]): KubeObject[] {
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
