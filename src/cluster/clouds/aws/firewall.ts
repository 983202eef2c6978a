import type { Network } from "../../kubernetes.ts";
import { RKE2_JOIN, type Traffic, trafficOf } from "../../podNetwork.ts";

/** EC2 knows these by number; such rules have no ports. */
const NUMBERS: Readonly<Record<Traffic["protocol"], string>> = {
  tcp: "tcp",
  udp: "udp",
  icmp: "icmp",
  ipip: "4",
  esp: "50",
};

/**
 * `cni` of the provider's NetworkSpec: what machines of a cluster must reach of each other for its network layer. The
 * provider would open Calico's BGP and IP-in-IP for every network. Where there is no list for a network layer, machines of
 * one cluster may reach each other.
 */
export function cniRules(network: Network): object {
  const rules = trafficOf(network)?.map(ruleOf);
  return {
    cniIngressRules: rules ?? [{ description: "Pod network", protocol: "-1", fromPort: -1, toPort: -1 }],
  };
}

/** RKE2 machines join by a port of their own, straight at the control plane's machines. */
export const RKE2_JOIN_RULES = {
  additionalControlPlaneIngressRules: [
    { ...ruleOf(RKE2_JOIN), sourceSecurityGroupRoles: ["controlplane", "node"] },
  ],
};

function ruleOf({ description, protocol, port = -1 }: Traffic): object {
  return { description, protocol: NUMBERS[protocol], fromPort: port, toPort: port };
}
