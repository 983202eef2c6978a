import type { Profile } from "../profile/model.ts";
import { overlap, parseRange } from "../shared/ranges.ts";
import { mapOf } from "../shared/records.ts";
import type { Cloud } from "./clouds/cloud.ts";
import type { FieldSchema } from "./clouds/fields.ts";
import { effectiveProfile, ownLayers } from "./effective.ts";
import type { FitProblem } from "./fit.ts";
import { type KubernetesSettings, kubernetesSettings } from "./kubernetes.ts";
import { layerValues } from "./layerValues.ts";
import type { ClusterRequest, ConfigValue } from "./model.ts";
import { originOf } from "./origin.ts";

/** Ranges of pods, services and the cloud's networks do not overlap: packets would not know where to go. */
export function* checkRanges(request: ClusterRequest, profile: Profile, cloud: Cloud): Iterable<FitProblem> {
  const settings = kubernetesSettings(effectiveProfile(profile, request));
  if (settings !== undefined) {
    yield* ownRanges(request, profile, settings);
  }
  const own = [
    ...(settings?.podCidrs ?? []).map((range) => ["pods", range] as const),
    ...(settings?.serviceCidrs ?? []).map((range) => ["services", range] as const),
  ];
  for (const { path, range, isNetwork } of rangesIn(request.cloudConfig, cloud.fields.cluster, [
    "spec",
    "cloudConfig",
  ])) {
    const clash = own.find(([, other]) => isNetwork && overlap(parseRange(range), parseRange(other)));
    if (clash !== undefined) {
      yield {
        path,
        message: `${range} overlaps with the ${clash[0]} of the cluster, ${clash[1]}`,
        next: `Choose another range here, or another range of ${clash[0]} in the Kubernetes layer.`,
      };
    }
  }
}

/** The ranges of pods and services of this cluster; those that a profile has by itself are its own check's. */
function* ownRanges(
  request: ClusterRequest,
  profile: Profile,
  { podCidrs, serviceCidrs }: KubernetesSettings,
): Iterable<FitProblem> {
  const layer = ownLayers(profile, request).find((each) => each.layer === "k8s");
  const pack = mapOf(layerValues(layer).pack);
  const next = "Write a range such as 192.168.0.0/16, or one of IPv4 and one of IPv6 with a comma between.";
  const settings = [
    ["podCIDR", podCidrs],
    ["serviceClusterIpRange", serviceCidrs],
  ] as const;
  const paths = settings.map(([name]) => originOf(request, layer, String(pack[name] ?? "")));
  for (const [i, [name, ranges]] of settings.entries()) {
    const path = paths[i] ?? [];
    const wrong = ranges.find((range) => parseRange(range) === undefined);
    if (wrong !== undefined) {
      yield { path, message: `${wrong} in pack.${name} of the Kubernetes layer is no address range`, next };
    } else if (ranges.length === 0) {
      yield { path, message: `pack.${name} of the Kubernetes layer has no address range`, next };
    }
  }
  for (const pods of podCidrs) {
    const services = serviceCidrs.find((range) => overlap(parseRange(pods), parseRange(range)));
    if (services !== undefined) {
      yield {
        path: paths.find((path) => path.includes("variables")) ?? paths[0] ?? [],
        message: `The pod range ${pods} and the service range ${services} overlap`,
        next: "Choose ranges that are apart.",
      };
    }
  }
}

interface FoundRange {
  readonly path: readonly (string | number)[];
  readonly range: string;
  /** Machines live in it; ranges that may only call from outside can be any. */
  readonly isNetwork: boolean;
}

function rangesIn(
  value: ConfigValue | undefined,
  schema: FieldSchema | undefined,
  path: readonly (string | number)[],
): FoundRange[] {
  if (schema?.format === "cidr" && typeof value === "string") {
    return [{ path, range: value, isNetwork: schema["x-network"] === true }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => rangesIn(item, schema?.items, [...path, i]));
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, field]) =>
        rangesIn(field, schema?.properties?.[name], [...path, name]),
      )
    : [];
}
