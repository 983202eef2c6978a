import type { Placement, VsphereConfig } from "./config.ts";

/** A network device: addresses by DHCP, or from a pool of Cluster API's IPAM. */
export function device({ staticIp }: VsphereConfig, { network }: Placement): object {
  if (staticIp !== true) {
    return { networkName: network.networkName, dhcp4: true };
  }
  return {
    networkName: network.networkName,
    addressesFromPools: [
      {
        apiGroup: "ipam.cluster.x-k8s.io",
        kind: network.parentPoolKind ?? "InClusterIPPool",
        name: network.parentPool,
      },
    ],
    ...(network.nameservers === undefined ? {} : { nameservers: network.nameservers }),
  };
}

/** vSphere finds pools by their path below the compute cluster. */
export function resourcePoolOf({ cluster, resourcePool }: Placement): string {
  if (resourcePool?.includes("/") === true) {
    return resourcePool;
  }
  return [cluster, "Resources", ...(resourcePool === undefined ? [] : [resourcePool])].join("/");
}
