import type { KubernetesSettings } from "../../kubernetes.ts";
import { present } from "../../machines/objects.ts";
import type { OciConfig, SubnetField } from "./config.ts";
import { securityGroups } from "./securityGroups.ts";

/** A subnet by the field that says its range, its role (which is its name, too) and the provider's own default. */
export interface Subnet<Field extends string> {
  readonly field: Field;
  readonly role: string;
  readonly type: string;
  readonly cidr: string;
}

/** Range of a network that is created, where the request names none. */
export const DEFAULT_VCN_RANGE = "10.0.0.0/16";

/** Subnets of a cluster of instances, with the ranges that they get. */
export const SUBNETS: readonly Subnet<SubnetField>[] = [
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
  const groups = securityGroups(vcnCidr, kubernetes);
  const vcn =
    existingNetwork === undefined
      ? newVcn(vcnCidr, groups, SUBNETS, subnetCidrs)
      : existingVcn(
          existingNetwork.vcnId,
          groups,
          SUBNETS.map((subnet) => ({ ...subnet, id: existingNetwork[`${subnet.field}Id`] })),
        );
  return {
    vcn,
    ...present({ apiServerLoadBalancer: present({ loadBalancerType: config.loadBalancerType }) }),
  };
}

/** `vcn` of a network that is created. */
export function newVcn<Field extends string>(
  cidr: string,
  groups: readonly object[],
  subnets: readonly Subnet<Field>[],
  ranges: Partial<Readonly<Record<Field, string>>>,
): object {
  return {
    cidr,
    networkSecurityGroup: { list: groups },
    subnets: subnets.map(({ field, role, type, cidr: usual }) => ({
      name: role,
      role,
      type,
      cidr: ranges[field] ?? usual,
    })),
  };
}

/** `vcn` of a network that exists. Whoever made it made its ways out, and the provider wants each of them said. */
export function existingVcn(
  id: string,
  groups: readonly object[],
  subnets: readonly { readonly role: string; readonly type: string; readonly id: string }[],
): object {
  return {
    skip: true,
    id,
    internetGateway: { skip: true },
    natGateway: { skip: true },
    serviceGateway: { skip: true },
    routeTable: { skip: true },
    networkSecurityGroup: { list: groups },
    subnets: subnets.map(({ role, type, id: subnet }) => ({
      name: role,
      role,
      type,
      id: subnet,
      skip: true,
    })),
  };
}
