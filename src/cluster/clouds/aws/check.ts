import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { architectureProblems, error, warning } from "../problems.ts";
import type { AwsConfig, AwsPool } from "./config.ts";
import { DEFAULT_VPC_RANGE, vpcRangeProblem } from "./network.ts";

type Path = CloudProblem["path"];

/** What no single field of AWS can see. */
export function check({ cloudConfig, machinePools }: ClusterRequest): CloudProblem[] {
  const config = configOf<AwsConfig>(cloudConfig);
  return [
    ...networkProblems(config, machinePools),
    ...tagProblems(["cloudConfig", "additionalTags"], config.additionalTags),
    ...partitionProblems(config, machinePools),
    ...machinePools.flatMap((pool, i) => poolProblems(config, pool, ["machinePools", i, "cloudConfig"])),
  ];
}

/** Where a VPC comes from: an existing one with subnets, or a range for a new one. */
export function networkProblems(
  { vpcId, subnets, vpcCidrBlock }: Pick<AwsConfig, "vpcId" | "subnets" | "vpcCidrBlock">,
  pools: readonly MachinePool[],
): CloudProblem[] {
  if (vpcId !== undefined) {
    return subnets === undefined
      ? [
          error(
            ["cloudConfig", "subnets"],
            `VPC ${vpcId} exists already, so its subnets for this cluster are needed.`,
          ),
        ]
      : [];
  }
  const zones = new Set(pools.flatMap(({ cloudConfig }) => configOf<AwsPool>(cloudConfig).azs ?? [])).size;
  const range = vpcRangeProblem(vpcCidrBlock ?? DEFAULT_VPC_RANGE, zones);
  return [
    ...(subnets === undefined
      ? []
      : [
          error(
            ["cloudConfig", "subnets"],
            "Subnets belong to an existing VPC. Give its ID, or remove the subnets.",
          ),
        ]),
    ...(range === undefined ? [] : [error(["cloudConfig", "vpcCidrBlock"], range)]),
  ];
}

function poolProblems(cluster: AwsConfig, pool: MachinePool, path: Path): CloudProblem[] {
  const config = configOf<AwsPool>(pool.cloudConfig);
  return [
    ...placementProblems(cluster, config, path),
    ...volumeProblems(config, path),
    ...tagProblems([...path, "additionalTags"], config.additionalTags),
    ...(config.capacityType === "spot" && pool.isControlPlane
      ? [
          error(
            [...path, "capacityType"],
            "A control plane on spot machines loses its data when AWS takes them back.",
          ),
        ]
      : []),
    ...(config.spotMarketOptions !== undefined && config.capacityType !== "spot"
      ? [error([...path, "spotMarketOptions"], "A spot price needs capacity type spot.")]
      : []),
    ...architectureProblems(pool, config.instanceType, isArm(config.instanceType), path),
  ];
}

/** Zones xor subnets, in the region of the cluster, each zone once (palette.md 4). */
export function placementProblems(
  { region, vpcId }: Pick<AwsConfig, "region" | "vpcId">,
  { azs = [], subnets = [] }: Pick<AwsPool, "azs" | "subnets">,
  path: Path,
): CloudProblem[] {
  const places = [
    ...azs.map((zone, i) => ({ zone, path: [...path, "azs", i] })),
    ...subnets.map(({ az: zone }, i) => ({ zone, path: [...path, "subnets", i, "az"] })),
  ];
  return [
    ...(azs.length > 0 && subnets.length > 0
      ? [error([...path, "azs"], "Give zones or subnets, not both: a subnet lies in one zone already.")]
      : []),
    ...(subnets.length > 0 && vpcId === undefined
      ? [
          error(
            [...path, "subnets"],
            "Subnets belong to an existing VPC. Give its ID, or zones in place of subnets.",
          ),
        ]
      : []),
    ...places
      .filter(({ zone }) => zone.slice(0, -1) !== region)
      .map((place) => error(place.path, `Zone ${place.zone} is not in region ${region}.`)),
    ...places
      .filter(({ zone }, i) => places.findIndex((other) => other.zone === zone) < i)
      .map((place) => error(place.path, `Zone ${place.zone} is there twice.`)),
  ];
}

/** What the provider's webhook wants of root volumes. */
function volumeProblems(
  { rootVolume: { type = "gp3", iops, throughput, encrypted, encryptionKey } = {} }: AwsPool,
  path: Path,
): CloudProblem[] {
  const volume = [...path, "rootVolume"];
  return [
    ...(["io1", "io2"].includes(type) && iops === undefined
      ? [error([...volume, "iops"], `Volume type ${type} needs IOPS.`)]
      : []),
    ...(throughput !== undefined && type !== "gp3"
      ? [error([...volume, "throughput"], `Throughput can be set for volume type gp3 only, not for ${type}.`)]
      : []),
    ...(encryptionKey !== undefined && encrypted === false
      ? [error([...volume, "encryptionKey"], "A volume that is not encrypted takes no encryption key.")]
      : []),
  ];
}

/** Names of AWS's families with Arm processors: a1, and a g after the generation. */
export function isArm(instanceType: string): boolean {
  return /^(a1|[a-z]+\d+g[a-z0-9-]*)\./.test(instanceType);
}

/** AWS's rules for tags, as the provider's webhook has them. */
export function tagProblems(path: Path, tags: Readonly<Record<string, string>> = {}): CloudProblem[] {
  const names = Object.keys(tags);
  return [
    ...(names.length > 50 ? [error(path, `AWS takes 50 tags, here are ${names.length}.`)] : []),
    ...names.flatMap((name) => {
      const problem = tagNameProblem(name);
      return problem === undefined ? [] : [error([...path, name], problem)];
    }),
  ];
}

function tagNameProblem(name: string): string | undefined {
  if (name === "") {
    return "A tag needs a name.";
  }
  if (name.length > 128) {
    return `The name of a tag has ${name.length} characters; 128 is the most.`;
  }
  if (name.startsWith("aws:")) {
    return `Tag ${name} cannot begin with aws:, AWS keeps that for itself.`;
  }
  return /^[a-zA-Z0-9\s_.:=+@/-]*$/.test(name)
    ? undefined
    : `Tag ${name} may have letters, digits, blanks and _ . : / = + - @ only.`;
}

/** The published images are in the commercial partition only. */
function partitionProblems(
  { region, imageLookupOrg }: AwsConfig,
  pools: readonly MachinePool[],
): CloudProblem[] {
  const own =
    imageLookupOrg !== undefined ||
    pools.every(({ cloudConfig }) => configOf<AwsPool>(cloudConfig).ami !== undefined);
  return /^(cn|us-gov)-/.test(region) && !own
    ? [
        warning(
          ["cloudConfig", "imageLookupOrg"],
          `No machine images are published in ${region}. Give the account that owns yours.`,
        ),
      ]
    : [];
}
