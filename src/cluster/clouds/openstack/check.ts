import { isInside } from "../../../shared/ranges.ts";
import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error, twice, warning } from "../problems.ts";
import type { OpenStackConfig, OpenStackPool } from "./config.ts";

/** What fields of a request on OpenStack must have of each other. */
export function checkOpenStack(request: ClusterRequest): CloudProblem[] {
  const config = configOf<OpenStackConfig>(request.cloudConfig);
  return [
    ...(request.cloudAccount === undefined
      ? [
          warning(
            ["cloudAccount"],
            `OpenStack always needs an account. Without one the secret ${request.name}-cloud-config must exist already.`,
          ),
        ]
      : []),
    ...networkProblems(config),
    ...addressProblems(config),
    ...controlPlaneProblems(request, config),
    ...request.machinePools.flatMap((pool, i) => {
      const { azs, rootDeviceSize, rootDeviceType, securityGroups, additionalBlockDevices } =
        configOf<OpenStackPool>(pool.cloudConfig);
      const at = (field: string): (string | number)[] => ["machinePools", i, "cloudConfig", field];
      return [
        ...twice(azs, at("azs"), "Zone"),
        ...twice(
          additionalBlockDevices?.map(({ name }) => name),
          at("additionalBlockDevices"),
          "Volume",
          "name",
        ),
        ...(rootDeviceType !== undefined && rootDeviceSize === undefined
          ? [error(at("rootDeviceType"), "A root volume of a type needs a size, too.")]
          : []),
        ...(config.disablePortSecurity === true && securityGroups !== undefined
          ? [error(at("securityGroups"), "Without port security machines take no security groups.")]
          : []),
      ];
    }),
  ];
}

function networkProblems(config: OpenStackConfig): CloudProblem[] {
  const { network, subnet, nodeCidr, allocationPools = [], externalNetwork, disableExternalNetwork } = config;
  const ofNewNetwork = (
    ["nodeCidr", "dnsServers", "allocationPools", "networkMTU", "router"] as const
  ).filter((field) => network !== undefined && config[field] !== undefined);
  return [
    ...ofNewNetwork.map((field) =>
      error(
        ["cloudConfig", field],
        `Network ${network} exists already, so this is not used. Remove one of both.`,
      ),
    ),
    ...(subnet !== undefined && network === undefined
      ? [error(["cloudConfig", "subnet"], "A subnet needs its existing network named as well.")]
      : []),
    ...(externalNetwork !== undefined && disableExternalNetwork === true
      ? [
          error(
            ["cloudConfig", "externalNetwork"],
            "The cluster is to have no external network, so it takes none.",
          ),
        ]
      : []),
    ...(network === undefined
      ? allocationPools.flatMap((pool, i) =>
          (["start", "end"] as const)
            .filter((end) => !isInside(`${pool[end]}/32`, nodeCidr ?? "10.6.0.0/24"))
            .map((end) =>
              error(
                ["cloudConfig", "allocationPools", i, end],
                `${pool[end]} is not in the range of machines, ${nodeCidr ?? "10.6.0.0/24"}.`,
              ),
            ),
        )
      : []),
  ];
}

function addressProblems(config: OpenStackConfig): CloudProblem[] {
  const inside = config.disableExternalNetwork === true || config.disableAPIServerFloatingIP === true;
  return [
    ...(inside && config.apiServerFloatingIP !== undefined
      ? [
          error(
            ["cloudConfig", "apiServerFloatingIP"],
            "The API server is to have no floating address, so it takes none.",
          ),
        ]
      : []),
    ...(config.disableExternalNetwork === true && config.disableAPIServerFloatingIP === false
      ? [
          error(
            ["cloudConfig", "disableAPIServerFloatingIP"],
            "Without an external network the API server cannot have a floating address.",
          ),
        ]
      : []),
    ...(config.disableExternalNetwork === true && config.bastion?.floatingIP !== undefined
      ? [
          error(
            ["cloudConfig", "bastion", "floatingIP"],
            "Without an external network the bastion cannot have a floating address.",
          ),
        ]
      : []),
  ];
}

/** Without a load balancer one machine holds the API server's address. */
function controlPlaneProblems(request: ClusterRequest, config: OpenStackConfig): CloudProblem[] {
  if (config.apiServerLoadBalancer !== false) {
    return [];
  }
  const unused = (["allowedCidrs", "loadBalancerProvider", "loadBalancerFlavor"] as const).filter(
    (field) => config[field] !== undefined,
  );
  return [
    ...unused.map((field) =>
      error(["cloudConfig", field], "There is no load balancer that this could be for."),
    ),
    ...request.machinePools.flatMap((pool, i) =>
      pool.isControlPlane && pool.size > 1
        ? [
            error(
              ["machinePools", i, "poolConfig", "size"],
              `Without a load balancer ${pool.size} control plane machines cannot share one address.`,
            ),
          ]
        : [],
    ),
  ];
}
