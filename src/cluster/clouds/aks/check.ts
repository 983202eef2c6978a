import { isInside } from "../../../shared/ranges.ts";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import { spotProblems, tagProblems } from "../azure/check.ts";
import { NETWORK } from "../azure/config.ts";
import { isArm } from "../azure/sizes.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { architectureProblems, error, twice } from "../problems.ts";
import { type AksConfig, type AksPool, isSystemPool } from "./config.ts";

type Path = CloudProblem["path"];

/** What no single field of AKS can see. */
export function check({ cloudConfig, machinePools }: ClusterRequest): CloudProblem[] {
  const config = configOf<AksConfig>(cloudConfig);
  return [
    ...systemPoolProblems(machinePools),
    ...existingNetworkProblems(config),
    ...rangeProblems(config),
    ...accessProblems(config),
    ...tagProblems(["cloudConfig", "additionalTags"], config.additionalTags),
    ...machinePools.flatMap((pool, i) =>
      poolProblems(pool, isSystemPool(pool, machinePools), ["machinePools", i]),
    ),
  ];
}

function systemPoolProblems(pools: readonly MachinePool[]): CloudProblem[] {
  return pools.some((pool) => isSystemPool(pool, pools))
    ? []
    : [
        error(
          pools.length === 0 ? ["machinePools"] : ["machinePools", 0, "cloudConfig", "isSystemNodePool"],
          "AKS needs at least one system pool, and none of the pools is one.",
        ),
      ];
}

/** A network that exists already is found by its resource ID, which takes all of its parts. */
function existingNetworkProblems(config: AksConfig): CloudProblem[] {
  const { vnetResourceGroup } = config;
  if (vnetResourceGroup === undefined) {
    return [];
  }
  return (["subscriptionId", "vnetName", "workerSubnet"] as const).flatMap((field) =>
    config[field] === undefined
      ? [
          error(
            ["cloudConfig", field],
            `A virtual network in resource group ${vnetResourceGroup} needs this field too.`,
          ),
        ]
      : [],
  );
}

function rangeProblems({
  vnetResourceGroup,
  vnetCidrBlock = NETWORK.vnet,
  workerSubnet,
}: AksConfig): CloudProblem[] {
  const range = workerSubnet?.cidrBlock ?? NETWORK.workers;
  if (vnetResourceGroup !== undefined || isInside(range, vnetCidrBlock)) {
    return [];
  }
  return [
    error(
      [
        "cloudConfig",
        ...(workerSubnet?.cidrBlock === undefined ? ["vnetCidrBlock"] : ["workerSubnet", "cidrBlock"]),
      ],
      `The subnet's range ${range} is not inside the virtual network, ${vnetCidrBlock}.`,
    ),
  ];
}

function accessProblems({ apiServerAccessProfile = {} }: AksConfig): CloudProblem[] {
  const { enablePrivateCluster, authorizedIPRanges } = apiServerAccessProfile;
  return enablePrivateCluster === true && authorizedIPRanges !== undefined
    ? [
        error(
          ["cloudConfig", "apiServerAccessProfile", "authorizedIPRanges"],
          "A private API server has no public address that these ranges could connect to.",
        ),
      ]
    : [];
}

function poolProblems(pool: MachinePool, system: boolean, path: Path): CloudProblem[] {
  const config = configOf<AksPool>(pool.cloudConfig);
  const fields = [...path, "cloudConfig"];
  const least = pool.autoscaling?.minSize ?? pool.size;
  return [
    ...(pool.isControlPlane
      ? [
          error(
            [...path, "poolConfig", "isControlPlane"],
            "AKS runs the control plane itself. Remove this pool.",
          ),
        ]
      : []),
    ...(system && least < 1
      ? [
          error(
            [...path, "poolConfig", pool.autoscaling === undefined ? "size" : "minSize"],
            "A system pool has at least one machine.",
          ),
        ]
      : []),
    ...(system && config.capacityType === "spot"
      ? [error([...fields, "capacityType"], "A system pool cannot be on spot machines.")]
      : []),
    ...spotProblems(config, { ...pool, isControlPlane: false }, fields),
    ...twice(config.azs, [...fields, "azs"], "Zone"),
    ...tagProblems([...fields, "additionalTags"], config.additionalTags),
    ...architectureProblems(pool, config.instanceType, isArm(config.instanceType), fields),
    ...surgeProblems(pool, [...path, "poolConfig", "updateStrategy", "maxSurge"]),
  ];
}

function surgeProblems({ updateStrategy }: MachinePool, path: Path): CloudProblem[] {
  const { type, maxSurge } = updateStrategy ?? {};
  return type === "OverrideScaling" && maxSurge !== undefined && Number.parseInt(maxSurge, 10) < 1
    ? [error(path, `AKS updates machines by making more of them first, so ${maxSurge} is too few.`)]
    : [];
}
