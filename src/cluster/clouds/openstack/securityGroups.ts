import type { KubernetesSettings, Network } from "../../kubernetes.ts";
import { present } from "../../machines/objects.ts";

interface Rule {
  readonly description: string;
  readonly protocol: string;
  readonly ports?: readonly [number, number];
}

const port = (description: string, protocol: "tcp" | "udp", number: number): Rule => ({
  description,
  protocol,
  ports: [number, number],
});

/**
 * What machines of a cluster must reach of each other for its network layer, from the layers' own lists of system
 * requirements. The provider itself opens the API server, etcd, kubelets and node ports only.
 */
const RULES: Readonly<Record<Exclude<Network, "other">, readonly Rule[]>> = {
  calico: [
    port("Calico BGP", "tcp", 179),
    port("Calico Typha", "tcp", 5473),
    port("Calico VXLAN", "udp", 4789),
    port("Calico WireGuard", "udp", 51820),
    { description: "Calico IP-in-IP", protocol: "4" },
  ],
  cilium: [
    port("Cilium health", "tcp", 4240),
    port("Cilium Hubble", "tcp", 4244),
    port("Cilium VXLAN", "udp", 8472),
    port("Cilium Geneve", "udp", 6081),
    port("Cilium WireGuard", "udp", 51871),
    { description: "Cilium health", protocol: "icmp" },
    { description: "Cilium IPsec", protocol: "esp" },
  ],
  flannel: [port("Flannel VXLAN", "udp", 8472), port("Flannel WireGuard", "udp", 51820)],
};

/** RKE2 machines join by a port of their own, straight at the control plane's machines. */
const RKE2_JOIN = port("RKE2 join", "tcp", 9345);

/**
 * `managedSecurityGroups` of an OpenStackCluster. Machines of one cluster may reach each other wherever there is no
 * list for the network layer.
 */
export function securityGroups({
  network,
  distribution,
}: Pick<KubernetesSettings, "network" | "distribution">): object {
  if (network === "other") {
    return { allowAllInClusterTraffic: true };
  }
  return {
    allowAllInClusterTraffic: false,
    allNodesSecurityGroupRules: RULES[network].map(ruleOf),
    ...present({ controlPlaneNodesSecurityGroupRules: distribution === "rke2" ? [ruleOf(RKE2_JOIN)] : [] }),
  };
}

function ruleOf({ description, protocol, ports }: Rule): object {
  return {
    name: `${description} (${protocol})`,
    description,
    direction: "ingress",
    etherType: "IPv4",
    protocol,
    ...(ports === undefined ? {} : { portRangeMin: ports[0], portRangeMax: ports[1] }),
    remoteManagedGroups: ["controlplane", "worker"],
  };
}
