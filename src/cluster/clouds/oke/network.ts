import type { KubernetesSettings } from "../../kubernetes.ts";
import { DEFAULT_VCN_RANGE, existingVcn, newVcn, type Subnet } from "../oci/network.ts";
import { serviceLoadBalancers } from "../oci/securityGroups.ts";
import { ANYWHERE, everything, ingress, pathDiscovery, securityGroup } from "../oci/securityRules.ts";
import type { OkeConfig, SubnetField } from "./config.ts";

/** What OKE can give pods: addresses of the network, or Flannel's overlay. */
export type CniType = "OCI_VCN_IP_NATIVE" | "FLANNEL_OVERLAY";

/** The network layer decides; OKE installs and runs either by itself. */
export function cniType({ network }: Pick<KubernetesSettings, "network">): CniType {
  return network === "flannel" ? "FLANNEL_OVERLAY" : "OCI_VCN_IP_NATIVE";
}

const POD_SUBNET: Subnet<SubnetField> = {
  field: "podSubnet",
  role: "pod",
  type: "private",
  cidr: "10.0.128.0/18",
};

/** Subnets of a cluster, in the provider's own order and default ranges. */
export function subnetsOf(cni: CniType, endpointType = "public"): readonly Subnet<SubnetField>[] {
  return [
    {
      field: "controlPlaneEndpointSubnet",
      role: "control-plane-endpoint",
      type: endpointType,
      cidr: "10.0.0.8/29",
    },
    { field: "serviceLoadBalancerSubnet", role: "service-lb", type: "public", cidr: "10.0.0.32/27" },
    { field: "workerSubnet", role: "worker", type: "private", cidr: "10.0.64.0/20" },
    ...(cni === "OCI_VCN_IP_NATIVE" ? [POD_SUBNET] : []),
  ];
}

/** Name of the subnet that pods have addresses of. */
export function podSubnetName({ existingNetwork }: OkeConfig): string {
  return existingNetwork !== undefined && existingNetwork.podSubnetId === undefined
    ? "worker"
    : POD_SUBNET.role;
}

/** `networkSpec` of an OCIManagedCluster: a network of its own, or one that exists, of which only security groups are made. */
export function networkSpec(config: OkeConfig, cni: CniType): object {
  const { existingNetwork, subnetCidrs = {}, vcnCidr = DEFAULT_VCN_RANGE, endpointType } = config;
  const groups = securityGroups(vcnCidr, cni, endpointType === "private" ? vcnCidr : ANYWHERE);
  const subnets = subnetsOf(cni, endpointType);
  if (existingNetwork === undefined) {
    return { vcn: newVcn(vcnCidr, groups, subnets, subnetCidrs) };
  }
  const known = subnets.flatMap((subnet) => {
    const id = existingNetwork[`${subnet.field}Id`];
    return id === undefined ? [] : [{ ...subnet, id }];
  });
  return { vcn: existingVcn(existingNetwork.vcnId, groups, known) };
}

/** Nodes, pods and the API server reach each other by what OKE asks for; 12250 is how nodes report to the control plane. */
function securityGroups(vcnCidr: string, cni: CniType, clients: string): object[] {
  return [
    securityGroup("control-plane-endpoint", [
      ingress("API server", "tcp", clients, [6443, 6443]),
      ingress("Nodes and pods", "tcp", vcnCidr, [12250, 12250]),
      pathDiscovery(vcnCidr),
    ]),
    securityGroup("worker", [
      everything("Nodes, pods, API server and load balancers", vcnCidr),
      pathDiscovery(ANYWHERE),
    ]),
    serviceLoadBalancers(vcnCidr),
    ...(cni === "OCI_VCN_IP_NATIVE"
      ? [securityGroup("pod", [everything("Nodes, pods and API server", vcnCidr)])]
      : []),
  ];
}
