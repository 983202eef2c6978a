import { isInside, overlap, parseRange } from "../../../shared/ranges.ts";
import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error, twice } from "../problems.ts";
import type { OciConfig, OciPool } from "./config.ts";
import { DEFAULT_VCN_RANGE, SUBNETS } from "./network.ts";

/** The provider's webhook: names of clusters become parts of DNS names. */
const LONGEST_NAME = 44;

/** What fields of a request on Oracle Cloud must have of each other. */
export function checkOci(request: ClusterRequest): CloudProblem[] {
  return [
    ...nameProblems(request.name, LONGEST_NAME),
    ...networkProblems(configOf<OciConfig>(request.cloudConfig)),
    ...request.machinePools.flatMap(({ cloudConfig }, i) => {
      const path = ["machinePools", i, "cloudConfig"];
      const config = configOf<OciPool>(cloudConfig);
      return [...twice(config.azs, [...path, "azs"], "Failure domain"), ...shapeProblems(config, path)];
    }),
  ];
}

/** Oracle Cloud takes shorter names than Kubernetes does. */
export function nameProblems(name: string, longest: number): CloudProblem[] {
  return name.length < 2 || name.length > longest
    ? [
        error(
          ["cloudType"],
          `Oracle Cloud takes names of 2 to ${longest} characters; ${name} has ${name.length}.`,
        ),
      ]
    : [];
}

/** Flexible shapes are made to measure, all others are as they are. */
export function shapeProblems(
  { shape, ocpus, memoryInGBs }: Pick<OciPool, "shape" | "ocpus" | "memoryInGBs">,
  path: CloudProblem["path"],
): CloudProblem[] {
  if (shape.endsWith(".Flex")) {
    return ocpus === undefined
      ? [error([...path, "ocpus"], `Shape ${shape} is flexible: say how many OCPUs.`)]
      : [];
  }
  return (["ocpus", "memoryInGBs"] as const)
    .filter((field) => ({ ocpus, memoryInGBs })[field] !== undefined)
    .map((field) => error([...path, field], `Shape ${shape} is not flexible, so it has a size of its own.`));
}

function networkProblems(config: OciConfig): CloudProblem[] {
  return vcnProblems(
    config,
    SUBNETS.map(({ field, cidr }) => [field, config.subnetCidrs?.[field] ?? cidr]),
  );
}

/** An existing network has ranges already, and its rules need to know which; a new one must hold its subnets. */
export function vcnProblems(
  {
    existingNetwork,
    subnetCidrs,
    vcnCidr,
  }: { readonly [field in "existingNetwork" | "subnetCidrs"]?: object } & {
    readonly vcnCidr?: string;
  },
  subnets: readonly (readonly [string, string])[],
): CloudProblem[] {
  if (existingNetwork === undefined) {
    return subnetRangeProblems(vcnCidr ?? DEFAULT_VCN_RANGE, subnets);
  }
  return [
    ...(subnetCidrs === undefined
      ? []
      : [
          error(
            ["cloudConfig", "subnetCidrs"],
            "Subnets of the existing network have ranges already. Remove these.",
          ),
        ]),
    ...(vcnCidr === undefined
      ? [error(["cloudConfig", "vcnCidr"], "Security groups need the range of the existing network.")]
      : []),
  ];
}

/** Ranges of subnets that are not in the network's, or that overlap. */
function subnetRangeProblems(
  vcnCidr: string,
  subnets: readonly (readonly [string, string])[],
): CloudProblem[] {
  const at = (field: string): CloudProblem["path"] => ["cloudConfig", "subnetCidrs", field];
  return subnets.flatMap(([field, range], i) => {
    if (!isInside(range, vcnCidr)) {
      return [error(at(field), `${range} is not in the range of the network, ${vcnCidr}.`)];
    }
    const other = subnets.slice(0, i).find(([, earlier]) => overlap(parseRange(earlier), parseRange(range)));
    return other === undefined
      ? []
      : [error(at(field), `${range} overlaps with ${other[1]} of ${other[0]}.`)];
  });
}
