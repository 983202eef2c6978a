import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error, twice, warning } from "../problems.ts";
import type { HetznerConfig, HetznerPool } from "./config.ts";
import { locationsOf, networkZone } from "./locations.ts";
import { placementGroup } from "./placement.ts";

/** A spread group of Hetzner Cloud takes no more machines. */
const LARGEST_GROUP = 10;

/** What fields of a request on Hetzner Cloud must have of each other. */
export function checkHetzner(request: ClusterRequest): CloudProblem[] {
  const config = configOf<HetznerConfig>(request.cloudConfig);
  return [
    ...(request.cloudAccount === undefined
      ? [
          warning(
            ["cloudAccount"],
            "Hetzner always needs an account. Without one the secret hcloud must exist already.",
          ),
        ]
      : []),
    ...endpointProblems(config),
    ...networkProblems(config),
    ...zoneProblems(request, config),
    ...groupProblems(request),
    ...request.machinePools.flatMap((pool, i) => {
      const { azs, publicNetwork, imageHasKubernetes, imageName } = configOf<HetznerPool>(pool.cloudConfig);
      const isCutOff = publicNetwork?.enableIPv4 === false && publicNetwork.enableIPv6 === false;
      return [
        ...twice(azs, ["machinePools", i, "cloudConfig", "azs"], "Location"),
        ...(isCutOff && config.network?.enabled !== true
          ? [
              error(
                ["machinePools", i, "cloudConfig", "publicNetwork"],
                "Machines without public addresses need the private network.",
              ),
            ]
          : []),
        ...(pool.isControlPlane &&
        publicNetwork?.enableIPv4 === false &&
        !isCutOff &&
        isBalancedInPublic(config)
          ? [
              error(
                ["machinePools", i, "cloudConfig", "publicNetwork", "enableIPv4"],
                "The load balancer reaches the control plane by IPv4. Keep the public IPv4 addresses, or turn the private network on.",
              ),
            ]
          : []),
        ...(imageHasKubernetes === true && imageName === undefined
          ? [
              error(
                ["machinePools", i, "cloudConfig", "imageHasKubernetes"],
                "Hetzner's own images have no Kubernetes: name an image that has.",
              ),
            ]
          : []),
      ];
    }),
  ];
}

/** The provider adds a machine to the load balancer only by a private address or a public IPv4 one, and says nothing. */
function isBalancedInPublic({ network, controlPlaneEndpoint }: HetznerConfig): boolean {
  return network?.enabled !== true && controlPlaneEndpoint === undefined;
}

function endpointProblems({ controlPlaneEndpoint, loadBalancer }: HetznerConfig): CloudProblem[] {
  return controlPlaneEndpoint !== undefined && loadBalancer !== undefined
    ? [
        error(
          ["cloudConfig", "loadBalancer"],
          "The API server is to have an address without a load balancer. Remove one of both.",
        ),
      ]
    : [];
}

function networkProblems({ network }: HetznerConfig): CloudProblem[] {
  return network !== undefined && network.enabled !== true
    ? (["cidrBlock", "subnetCidrBlock"] as const)
        .filter((field) => network[field] !== undefined)
        .map((field) =>
          error(["cloudConfig", "network", field], "There is no private network that this could be for."),
        )
    : [];
}

/** The provider's webhook takes control planes of one network zone only; a private network spans one, too. */
function zoneProblems({ machinePools }: ClusterRequest, config: HetznerConfig): CloudProblem[] {
  const zone = networkZone(config.region);
  return machinePools.flatMap((pool, i) => {
    const far = locationsOf(config, pool).filter((location) => networkZone(location) !== zone);
    return far.length > 0 && (pool.isControlPlane || config.network?.enabled === true)
      ? [
          error(
            ["machinePools", i, "cloudConfig", "azs"],
            `${far.join(", ")} is not in the network zone of ${config.region}, ${zone}.`,
          ),
        ]
      : [];
  });
}

function groupProblems({ machinePools }: ClusterRequest): CloudProblem[] {
  const sizes = new Map<string, number>();
  return machinePools.flatMap((pool, i) => {
    const group = placementGroup(pool);
    if (group === undefined) {
      return [];
    }
    const size = (sizes.get(group) ?? 0) + (pool.autoscaling?.maxSize ?? pool.size);
    sizes.set(group, size);
    return size > LARGEST_GROUP
      ? [
          error(
            ["machinePools", i, "cloudConfig", "placementGroupName"],
            `Placement group ${group} would have ${size} machines, and Hetzner takes ${LARGEST_GROUP}.`,
          ),
        ]
      : [];
  });
}
