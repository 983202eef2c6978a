import { isInside, overlap, parseRange } from "../../../shared/ranges.ts";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { architectureProblems, error, twice, warning } from "../problems.ts";
import { type AzureConfig, type AzurePool, NETWORK } from "./config.ts";
import { isArm, takesPremiumDisks } from "./sizes.ts";

type Path = CloudProblem["path"];

/** What no single field of Azure can see. */
export function check(request: ClusterRequest): CloudProblem[] {
  const config = configOf<AzureConfig>(request.cloudConfig);
  return [
    ...(request.cloudAccount === undefined
      ? [error(["cloudAccount"], "The Azure provider needs an account for every cluster.")]
      : []),
    ...(request.name.length < 2
      ? [error([], "Azure wants names of clusters with two characters at least.")]
      : []),
    ...existingNetworkProblems(config),
    ...rangeProblems(config),
    ...loadBalancerProblems(config),
    ...galleryProblems(config),
    ...tagProblems(["cloudConfig", "additionalTags"], config.additionalTags),
    ...request.machinePools.flatMap((pool, i) =>
      poolProblems(config, pool, ["machinePools", i, "cloudConfig"]),
    ),
  ];
}

/** A network that exists already is named whole (palette.md 4). */
function existingNetworkProblems(config: AzureConfig): CloudProblem[] {
  if (config.vnetResourceGroup === undefined) {
    return [];
  }
  return (["vnetName", "vnetCidrBlock", "controlPlaneSubnet", "workerSubnet"] as const).flatMap((field) =>
    config[field] === undefined
      ? [
          error(
            ["cloudConfig", field],
            `A virtual network in resource group ${config.vnetResourceGroup} needs this field too.`,
          ),
        ]
      : [],
  );
}

/** Subnets lie inside the network and apart from each other. */
function rangeProblems({
  vnetCidrBlock = NETWORK.vnet,
  controlPlaneSubnet,
  workerSubnet,
}: AzureConfig): CloudProblem[] {
  const subnets = [
    {
      field: "controlPlaneSubnet",
      name: controlPlaneSubnet?.name,
      range: controlPlaneSubnet?.cidrBlock ?? NETWORK.controlPlane,
      given: controlPlaneSubnet,
    },
    {
      field: "workerSubnet",
      name: workerSubnet?.name,
      range: workerSubnet?.cidrBlock ?? NETWORK.workers,
      given: workerSubnet,
    },
  ];
  const outside = subnets
    .filter(({ range }) => !isInside(range, vnetCidrBlock))
    .map(({ field, range, given }) =>
      error(
        given === undefined ? ["cloudConfig", "vnetCidrBlock"] : ["cloudConfig", field, "cidrBlock"],
        given === undefined
          ? `${vnetCidrBlock} does not hold ${range}, the default of ${field}. Give the subnet too.`
          : `${range} is not inside the virtual network, ${vnetCidrBlock}.`,
      ),
    );
  const [first, second] = subnets;
  const together =
    first !== undefined && second !== undefined && overlap(parseRange(first.range), parseRange(second.range));
  return [
    ...outside,
    ...(together && outside.length === 0
      ? [
          error(
            ["cloudConfig", workerSubnet === undefined ? "controlPlaneSubnet" : "workerSubnet", "cidrBlock"],
            `The subnets overlap: ${first.range} and ${second.range}.`,
          ),
        ]
      : []),
    ...(first?.name !== undefined && first.name === second?.name
      ? [error(["cloudConfig", "workerSubnet", "name"], `Both subnets have the name ${first.name}.`)]
      : []),
  ];
}

function loadBalancerProblems({ infraLBConfig, controlPlaneSubnet }: AzureConfig): CloudProblem[] {
  const {
    type = "Public",
    apiServerLBStaticIP,
    privateDNSName,
    privateDNSZoneResourceGroup,
  } = infraLBConfig?.apiServerLB ?? {};
  const path = ["cloudConfig", "infraLBConfig", "apiServerLB"];
  const range = controlPlaneSubnet?.cidrBlock ?? NETWORK.controlPlane;
  if (type === "Public") {
    return Object.entries({ apiServerLBStaticIP, privateDNSName, privateDNSZoneResourceGroup }).flatMap(
      ([field, value]) =>
        value === undefined
          ? []
          : [error([...path, field], "Only an internal load balancer takes this field.")],
    );
  }
  const address = apiServerLBStaticIP ?? NETWORK.apiServer;
  return [
    ...(isInside(`${address}/32`, range)
      ? []
      : [
          error([...path, "apiServerLBStaticIP"], `${address} is not in the control plane subnet, ${range}.`),
        ]),
    ...(privateDNSZoneResourceGroup !== undefined && privateDNSName === undefined
      ? [
          error(
            [...path, "privateDNSName"],
            "The resource group of a private DNS zone needs the zone's name.",
          ),
        ]
      : []),
  ];
}

function galleryProblems({ imageGallery = undefined }: AzureConfig): CloudProblem[] {
  const { subscriptionId, resourceGroup } = imageGallery ?? {};
  return (subscriptionId === undefined) === (resourceGroup === undefined)
    ? []
    : [
        error(
          ["cloudConfig", "imageGallery", subscriptionId === undefined ? "subscriptionId" : "resourceGroup"],
          "A gallery of one's own needs both its subscription and its resource group.",
        ),
      ];
}

function poolProblems(cluster: AzureConfig, pool: MachinePool, path: Path): CloudProblem[] {
  const config = configOf<AzurePool>(pool.cloudConfig);
  const own = config.imageId !== undefined || cluster.imageGallery !== undefined;
  return [
    ...spotProblems(config, pool, path),
    ...twice(config.azs, [...path, "azs"], "Zone"),
    ...twice(
      config.dataDisks?.map(({ nameSuffix }) => nameSuffix),
      [...path, "dataDisks"],
      "Data disk",
      "nameSuffix",
    ),
    ...tagProblems([...path, "additionalTags"], config.additionalTags),
    ...diskProblems(config, path),
    ...architectureProblems(pool, config.instanceType, isArm(config.instanceType), path),
    ...(pool.architecture === "arm64" && !own
      ? [
          warning(
            [...path, "imageId"],
            "Cluster API publishes no arm64 images for Azure. Give one of your own, unless k3s or RKE2 is used.",
          ),
        ]
      : []),
  ];
}

/** Spot machines are for workers, and only they have a price. */
export function spotProblems(
  { capacityType, spotMarketOptions }: Pick<AzurePool, "capacityType" | "spotMarketOptions">,
  { isControlPlane }: MachinePool,
  path: Path,
): CloudProblem[] {
  return [
    ...(capacityType === "spot" && isControlPlane
      ? [
          error(
            [...path, "capacityType"],
            "A control plane on spot machines loses its data when Azure takes them back.",
          ),
        ]
      : []),
    ...(spotMarketOptions !== undefined && capacityType !== "spot"
      ? [error([...path, "spotMarketOptions"], "A spot price needs capacity type spot.")]
      : []),
  ];
}

/** Only sizes for premium disks take them. */
function diskProblems({ instanceType, osDisk, dataDisks = [] }: AzurePool, path: Path): CloudProblem[] {
  const disks = [
    { at: ["osDisk", "managedDisk"], type: osDisk?.managedDisk?.storageAccountType },
    ...dataDisks.map(({ storageAccountType: type }, i) => ({ at: ["dataDisks", i], type })),
  ];
  return disks
    .filter(({ type }) => type?.startsWith("Premium") === true && !takesPremiumDisks(instanceType))
    .map(({ at }) =>
      warning(
        [...path, ...at, "storageAccountType"],
        `${instanceType} looks like a size without premium disks.`,
      ),
    );
}

/** Azure's rules for tags. */
export function tagProblems(path: Path, tags: Readonly<Record<string, string>> = {}): CloudProblem[] {
  const names = Object.keys(tags);
  return [
    ...(names.length > 50 ? [error(path, `Azure takes 50 tags, here are ${names.length}.`)] : []),
    ...names
      .filter((name) => name === "" || name.length > 512 || /[<>%&\\?/]/.test(name))
      .map((name) =>
        error([...path, name], "The name of a tag has 1 to 512 characters and none of < > % & \\ ? /."),
      ),
  ];
}
