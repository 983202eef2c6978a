import type { KubernetesSettings } from "../../kubernetes.ts";
import { present } from "../../machines/objects.ts";
import { RKE2_JOIN, type Traffic, trafficOf } from "../../podNetwork.ts";

/** Protocols as Neutron calls them; IP-in-IP only has its number. */
const PROTOCOLS: Readonly<Record<Traffic["protocol"], string>> = {
  tcp: "tcp",
  udp: "udp",
  icmp: "icmp",
  ipip: "4",
  esp: "esp",
};

/**
 * `managedSecurityGroups` of an OpenStackCluster. The provider itself opens the API server, etcd, kubelets and node
 * ports only. Where nobody knows what the network layer sends, machines of the cluster may reach each other.
 */
export function securityGroups({
  network,
  distribution,
}: Pick<KubernetesSettings, "network" | "distribution">): object {
  const traffic = trafficOf(network);
  if (traffic === undefined) {
    return { allowAllInClusterTraffic: true };
  }
  return {
    allowAllInClusterTraffic: false,
    allNodesSecurityGroupRules: traffic.map(ruleOf),
    ...present({ controlPlaneNodesSecurityGroupRules: distribution === "rke2" ? [ruleOf(RKE2_JOIN)] : [] }),
  };
}

function ruleOf({ description, protocol, port }: Traffic): object {
  return {
    name: description,
    description,
    direction: "ingress",
    etherType: "IPv4",
    protocol: PROTOCOLS[protocol],
    ...(port === undefined ? {} : { portRangeMin: port, portRangeMax: port }),
    remoteManagedGroups: ["controlplane", "worker"],
  };
}
