import type { Network } from "../../kubernetes.ts";

interface Rule {
  readonly description: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const port = (description: string, protocol: "tcp" | "udp", number: number): Rule => ({
  description,
  protocol,
  fromPort: number,
  toPort: number,
});

/** EC2's protocols have numbers where they have no name; such rules have no ports. */
const whole = (description: string, protocol: string): Rule => ({
  description,
  protocol,
  fromPort: -1,
  toPort: -1,
});

/**
 * What machines of a cluster must reach of each other for its network layer, from the layers' own lists of system
 * requirements. The provider would open Calico's BGP and IP-in-IP for every network.
 */
const RULES: Readonly<Record<Network, readonly Rule[]>> = {
  calico: [
    port("Calico BGP", "tcp", 179),
    port("Calico Typha", "tcp", 5473),
    port("Calico VXLAN", "udp", 4789),
    port("Calico WireGuard", "udp", 51820),
    whole("Calico IP-in-IP", "4"),
  ],
  cilium: [
    port("Cilium health", "tcp", 4240),
    port("Cilium Hubble", "tcp", 4244),
    port("Cilium VXLAN", "udp", 8472),
    port("Cilium Geneve", "udp", 6081),
    port("Cilium WireGuard", "udp", 51871),
    whole("Cilium health", "icmp"),
    whole("Cilium IPsec", "50"),
  ],
  flannel: [port("Flannel VXLAN", "udp", 8472), port("Flannel WireGuard", "udp", 51820)],
  // Machines of one cluster may reach each other: there is no list for this network layer.
  other: [whole("Pod network", "-1")],
};

/** `cni` of the provider's NetworkSpec. */
export function cniRules(network: Network): object {
  return { cniIngressRules: RULES[network].map((rule) => ({ ...rule })) };
}

/** RKE2 machines join by a port of their own, straight at the control plane's machines. */
export const RKE2_JOIN = {
  additionalControlPlaneIngressRules: [
    {
      ...port("RKE2 join", "tcp", 9345),
      sourceSecurityGroupRoles: ["controlplane", "node"],
    },
  ],
};
