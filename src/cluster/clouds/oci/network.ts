import type { KubernetesSettings } from "../../kubernetes.ts";
import { present } from "../../machines/objects.ts";
import type { OciConfig, SubnetField } from "./config.ts";
import { securityGroups } from "./securityGroups.ts";

interface Subnet {
  readonly field: SubnetField;
  /** Role and name, as the provider calls both. */
  readonly role: string;
  readonly type: "public" | "private";
  /** The provider's own default. */
  readonly cidr: string;
}

export const DEFAULT_VCN_RANGE = "10.0.0.0/16";

export const SUBNETS: readonly Subnet[] = [
  {
    field: "controlPlaneEndpointSubnet",
    role: "control-plane-endpoint",
    type: "public",
    cidr: "10.0.0.8/29",
  },
  { field: "controlPlaneSubnet", role: "control-plane", type: "private", cidr: "10.0.0.0/29" },
  { field: "workerSubnet", role: "worker", type: "private", cidr: "10.0.64.0/20" },
  { field: "serviceLoadBalancerSubnet", role: "service-lb", type: "public", cidr: "10.0.0.32/27" },
];

/** `networkSpec` of an OCICluster: a network of its own, or one that exists, of which only security groups are made. */
export function networkSpec(config: OciConfig, kubernetes: KubernetesSettings): object {
  const { existingNetwork, subnetCidrs = {}, vcnCidr = DEFAULT_VCN_RANGE } = config;
  const networkSecurityGroup = { list: securityGroups(vcnCidr, kubernetes) };
  const vcn =
    existingNetwork === undefined
      ? {
          cidr: vcnCidr,
          networkSecurityGroup,
          subnets: SUBNETS.map(({ field, role, type, cidr }) => ({
            name: role,
            role,
            type,
            cidr: subnetCidrs[field] ?? cidr,
          })),
        }
      : {
          skip: true,
          id: existingNetwork.vcnId,
          // Whoever made the network made its ways out, and the provider wants each of them said.
          internetGateway: { skip: true },
          natGateway: { skip: true },
          serviceGateway: { skip: true },
          routeTable: { skip: true },
          networkSecurityGroup,
          subnets: SUBNETS.map(({ field, role, type }) => ({
            name: role,
            role,
            type,
            id: existingNetwork[`${field}Id`],
            skip: true,
          })),
        };
  return {
    vcn,
    ...present({ apiServerLoadBalancer: present({ loadBalancerType: config.loadBalancerType }) }),
  };
}
