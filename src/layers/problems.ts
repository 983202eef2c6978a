import { parse } from "yaml";
import type { KubernetesSettings } from "../cluster/kubernetes.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { isInside, parseRange } from "../shared/ranges.ts";
import { mapOf } from "../shared/records.ts";
import { LAYER_LABEL } from "./labels.ts";
import type { LayerProblem, PlannedLayer } from "./model.ts";

/** Most that etcd takes of one ConfigMap, in bytes (Kubernetes, ConfigMap). */
const MAX_DATA = 1024 * 1024;

/** ConfigMaps that no API server would take. */
export function sizeProblems(objects: readonly KubeObject[]): LayerProblem[] {
  return objects.flatMap((object): LayerProblem[] => {
    const data = Object.values(mapOf(object.data)).map(String);
    const bytes = data.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
    return object.kind !== "ConfigMap" || bytes <= MAX_DATA
      ? []
      : [
          {
            layer: object.metadata.labels?.[LAYER_LABEL] ?? object.metadata.name,
            message: `The manifests of layer ${object.metadata.labels?.[LAYER_LABEL]} have ${Math.ceil(bytes / 1024)} KiB, and 1,024 KiB is the most`,
            next: "Divide them over several manifest layers.",
          },
        ];
  });
}

/** A release that a profile on a cluster brings. */
export interface BroughtRelease {
  readonly profile: string;
  readonly layer: string;
  readonly namespace: string;
  readonly release: string;
}

/** The releases of a profile's layers. */
export function releasesOf(profile: string, layers: readonly PlannedLayer[]): BroughtRelease[] {
  return layers.flatMap(({ name, charts }) =>
    charts.map(({ namespace, release }) => ({ profile, layer: name, namespace, release })),
  );
}

/** Releases that two profiles of one cluster would both own; both are named. */
export function releaseClashes(releases: readonly BroughtRelease[]): LayerProblem[] {
  const owners = new Map<string, BroughtRelease>();
  return releases.flatMap((release): LayerProblem[] => {
    const key = `${release.namespace}/${release.release}`;
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, release);
      return [];
    }
    return [
      {
        layer: release.layer,
        message: `Layer ${release.layer} of profile ${release.profile} and layer ${owner.layer} of profile ${owner.profile} both bring release ${release.release} in namespace ${release.namespace}`,
        next: `Remove one, or give it another name by pack.releaseNameOverride.`,
      },
    ];
  });
}

/** Where charts of networks say which addresses pods get. */
const POD_RANGES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "tigera-operator": [["installation", "calicoNetwork", "ipPools"]],
  cilium: [["ipam", "operator", "clusterPoolIPv4PodCIDRList"]],
  flannel: [["podCidr"]],
};

/** Pod ranges of the network layer that are not the cluster's: its pods would get addresses nobody routes. */
export function rangeProblems(
  layers: readonly PlannedLayer[],
  { podCidrs }: Pick<KubernetesSettings, "podCidrs">,
): LayerProblem[] {
  return layers.flatMap(({ name, charts }) =>
    charts.flatMap((chart) =>
      (POD_RANGES[chart.name] ?? [])
        .flatMap((path) => rangesAt(parse(chart.values), path))
        .filter((range) => !isWithin(range, podCidrs))
        .map((range) => ({
          layer: name,
          message: `Layer ${name} gives pods addresses of ${range}, and the cluster has ${podCidrs.join(", ")} for pods`,
          next: "Write the same range in the network layer and in pack.podCIDR of the Kubernetes layer.",
        })),
    ),
  );
}

function rangesAt(values: unknown, path: readonly string[]): string[] {
  const found = path.reduce<unknown>((at, step) => mapOf(at)[step], values);
  const items = Array.isArray(found) ? found : [found];
  return items
    .map((item) => (typeof item === "string" ? item : mapOf(item).cidr))
    .filter((range) => typeof range === "string" && parseRange(range) !== undefined) as string[];
}

/** Whether a range lies in one of others, as a pool of a larger range does. */
function isWithin(range: string, others: readonly string[]): boolean {
  return others.some((other) => isInside(range, other));
}
