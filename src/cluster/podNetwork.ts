import type { Network } from "./kubernetes.ts";

/** Packets that machines of one cluster must get from each other. */
export interface Traffic {
  readonly description: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "ipip" | "esp";
  /** TCP and UDP only. */
  readonly port?: number;
}

const TRAFFIC: Readonly<Record<Exclude<Network, "other">, readonly Traffic[]>> = {
  calico: [
    { description: "Calico BGP", protocol: "tcp", port: 179 },
    { description: "Calico Typha", protocol: "tcp", port: 5473 },
    { description: "Calico VXLAN", protocol: "udp", port: 4789 },
    { description: "Calico WireGuard", protocol: "udp", port: 51820 },
    { description: "Calico IP-in-IP", protocol: "ipip" },
  ],
  cilium: [
    { description: "Cilium health", protocol: "tcp", port: 4240 },
    { description: "Cilium Hubble", protocol: "tcp", port: 4244 },
    { description: "Cilium VXLAN", protocol: "udp", port: 8472 },
    { description: "Cilium Geneve", protocol: "udp", port: 6081 },
    { description: "Cilium WireGuard", protocol: "udp", port: 51871 },
    { description: "Cilium ping", protocol: "icmp" },
    { description: "Cilium IPsec", protocol: "esp" },
  ],
  flannel: [
    { description: "Flannel VXLAN", protocol: "udp", port: 8472 },
    { description: "Flannel WireGuard", protocol: "udp", port: 51820 },
  ],
};

/** What the software of a network layer sends between machines, from its own list of requirements; nothing where there is no such list. */
export function trafficOf(network: Network): readonly Traffic[] | undefined {
  return network === "other" ? undefined : TRAFFIC[network];
}
