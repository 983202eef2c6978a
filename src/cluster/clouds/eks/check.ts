import ipaddr from "ipaddr.js";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import { isArm, networkProblems, placementProblems, tagProblems } from "../aws/check.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { architectureProblems, error, twice } from "../problems.ts";
import type { EksConfig, EksPool } from "./config.ts";

type Path = CloudProblem["path"];

/** What no single field of EKS can see. */
export function check({ cloudConfig, machinePools }: ClusterRequest): CloudProblem[] {
  const config = configOf<EksConfig>(cloudConfig);
  return [
    ...networkProblems(config, machinePools),
    ...zoneProblems(config, machinePools),
    ...secondaryRangeProblems(config),
    ...endpointProblems(config),
    ...encryptionProblems(config),
    ...twice(
      config.addons?.map(({ name }) => name),
      ["cloudConfig", "addons"],
      "Add-on",
      "name",
    ),
    ...twice(
      config.fargateProfiles?.map(({ name }) => name),
      ["cloudConfig", "fargateProfiles"],
      "Fargate profile",
      "name",
    ),
    ...tagProblems(["cloudConfig", "additionalTags"], config.additionalTags),
    ...(config.fargateProfiles ?? []).flatMap(({ name, additionalTags }, i) => [
      ...(name.startsWith("eks-")
        ? [error(["cloudConfig", "fargateProfiles", i, "name"], "Names that begin with eks- are EKS's own.")]
        : []),
      ...tagProblems(["cloudConfig", "fargateProfiles", i, "additionalTags"], additionalTags),
    ]),
    ...machinePools.flatMap((pool, i) => poolProblems(config, pool, ["machinePools", i])),
  ];
}

/** EKS puts the control plane into two zones at least. */
function zoneProblems({ vpcId }: EksConfig, pools: readonly MachinePool[]): CloudProblem[] {
  const named = pools.map(({ cloudConfig }) => configOf<EksPool>(cloudConfig).azs ?? []);
  const [zone, ...others] = new Set(named.flat());
  const i = named.findIndex((azs) => azs.length > 0);
  return vpcId === undefined && zone !== undefined && others.length === 0
    ? [
        error(
          ["machinePools", i, "cloudConfig", "azs"],
          `EKS needs two zones at least, the pools name ${zone} only.`,
        ),
      ]
    : [];
}

const PREFIXES = { min: 16, max: 28 };
const SECONDARY = ["100.64.0.0/10", "198.19.0.0/16"];

function secondaryRangeProblems({ secondaryCidrBlock: range }: EksConfig): CloudProblem[] {
  if (range === undefined) {
    return [];
  }
  const path = ["cloudConfig", "secondaryCidrBlock"];
  if (!ipaddr.IPv4.isValidCIDR(range)) {
    return [error(path, `${range} is no IPv4 range.`)];
  }
  const [address, prefix] = ipaddr.IPv4.parseCIDR(range);
  if (prefix < PREFIXES.min || prefix > PREFIXES.max) {
    return [error(path, `${range} cannot be added to a VPC: AWS takes prefixes from /16 to /28.`)];
  }
  return SECONDARY.some((outer) => address.match(ipaddr.IPv4.parseCIDR(outer)))
    ? []
    : [error(path, `${range} is not inside ${SECONDARY.join(" or ")}.`)];
}

function endpointProblems({ endpointAccess = {} }: EksConfig): CloudProblem[] {
  const path = ["cloudConfig", "endpointAccess"];
  const isPublic = endpointAccess.public ?? true;
  return [
    ...(!isPublic && endpointAccess.private === false
      ? [
          error(
            [...path, "private"],
            "An API server without a public and without a private endpoint cannot be reached.",
          ),
        ]
      : []),
    ...(!isPublic && endpointAccess.publicCIDRs !== undefined
      ? [error([...path, "publicCIDRs"], "There is no public endpoint that these ranges could connect to.")]
      : []),
  ];
}

function encryptionProblems({ encryptionConfig: encryption }: EksConfig): CloudProblem[] {
  return encryption?.isEnabled === true && encryption.provider === undefined
    ? [error(["cloudConfig", "encryptionConfig", "provider"], "Encryption of secrets needs a KMS key.")]
    : [];
}

function poolProblems(cluster: EksConfig, pool: MachinePool, path: Path): CloudProblem[] {
  const config = configOf<EksPool>(pool.cloudConfig);
  const fields = [...path, "cloudConfig"];
  return [
    ...(pool.isControlPlane
      ? [
          error(
            [...path, "poolConfig", "isControlPlane"],
            "EKS runs the control plane itself. Remove this pool.",
          ),
        ]
      : []),
    ...placementProblems(cluster, config, fields),
    ...tagProblems([...fields, "additionalTags"], config.additionalTags),
    ...architectureProblems(pool, config.instanceType, isArm(config.instanceType), fields),
    ...amiTypeProblems(pool, config, fields),
    ...updateProblems(pool, [...path, "poolConfig", "updateStrategy", "maxUnavailable"]),
  ];
}

function amiTypeProblems({ architecture }: MachinePool, { amiType }: EksPool, path: Path): CloudProblem[] {
  const arm = amiType?.includes("ARM_64");
  return arm === undefined || arm === (architecture === "arm64")
    ? []
    : [error([...path, "amiType"], `Image ${amiType} is not for the pool's architecture, ${architecture}.`)];
}

/** EKS lets 1 to 100 machines, or percent of them, be missing during an update. */
function updateProblems({ updateStrategy }: MachinePool, path: Path): CloudProblem[] {
  const { type, maxUnavailable } = updateStrategy ?? {};
  if (type !== "OverrideScaling" || maxUnavailable === undefined) {
    return [];
  }
  const count = Number.parseInt(maxUnavailable, 10);
  return count >= 1 && count <= 100
    ? []
    : [error(path, `EKS lets 1 to 100 machines be missing during an update, not ${maxUnavailable}.`)];
}
