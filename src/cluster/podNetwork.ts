import type { Network } from "./kubernetes.ts";

const TITLES: Readonly<Record<Exclude<Network, "other">, string>> = {
  calico: "Calico",
  cilium: "Cilium",
  flannel: "Flannel",
};

/** Packets that machines of one cluster must get from each other. */
export interface Traffic {
  readonly description: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "ipip" | "esp";
  /** TCP and UDP only. */
  readonly port?: number;
}

/** Protocols that have no ports, as people call them. */
const WITHOUT_PORTS: Readonly<Partial<Record<Traffic["protocol"], string>>> = {
  icmp: "ICMP",
  ipip: "IP-in-IP",
  esp: "IPsec",
};

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

/** RKE2 machines join by a port of their own, straight at the control plane's machines. */
export const RKE2_JOIN: Traffic = { description: "RKE2 join", protocol: "tcp", port: 9345 };

/** What the software of a network layer sends between machines, from its own list of requirements; nothing where there is no such list. */
export function trafficOf(network: Network): readonly Traffic[] | undefined {
  return network === "other" ? undefined : TRAFFIC[network];
}

/** What machines of a cluster get from each other for its network layer, in words: "Flannel: UDP 8472, 51820 between machines". */
export function trafficText(network: Network): string {
  const traffic = trafficOf(network);
  if (network === "other" || traffic === undefined) {
    return "Everything between machines: what the network layer sends is not known";
  }
  const ports = (["tcp", "udp"] as const).flatMap((protocol) => {
    const numbers = traffic.flatMap((each) => (each.protocol === protocol ? [String(each.port)] : []));
    return numbers.length === 0 ? [] : [`${protocol.toUpperCase()} ${numbers.join(", ")}`];
  });
  const others = traffic.flatMap(({ protocol }) => WITHOUT_PORTS[protocol] ?? []);
  return `${TITLES[network]}: ${[...ports, ...others].join("; ")} between machines`;
}
