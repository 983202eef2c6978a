import type { KubernetesSettings } from "../../kubernetes.ts";
import { type Traffic, trafficOf } from "../../podNetwork.ts";
import { ANYWHERE, everything, ingress, type Ports, pathDiscovery, securityGroup } from "./securityRules.ts";

const API_SERVER: Ports = [6443, 6443];

/**
 * Network security groups of an OCICluster. The provider's own know only Calico's BGP and IP-in-IP and only its own
 * default ranges, so all four are written: for `vcnCidr` as the network's range and for the chosen network layer.
 */
export function securityGroups(
  vcnCidr: string,
  { network, distribution }: Pick<KubernetesSettings, "network" | "distribution">,
): object[] {
  const inside = (description: string, protocol: Traffic["protocol"], ports?: Ports): object =>
    ingress(description, protocol, vcnCidr, ports);
  const machines = [
    pathDiscovery(vcnCidr),
    inside("SSH", "tcp", [22, 22]),
    inside("Kubelet", "tcp", [10250, 10250]),
    ...(trafficOf(network)?.map(({ description, protocol, port }) =>
      inside(description, protocol, port === undefined ? undefined : [port, port]),
    ) ?? [everything("Pod network", vcnCidr)]),
  ];
  return [
    securityGroup("control-plane-endpoint", [
      ingress("API server", "tcp", ANYWHERE, API_SERVER),
      pathDiscovery(vcnCidr),
    ]),
    securityGroup("control-plane", [
      inside("API server", "tcp", API_SERVER),
      inside("etcd", "tcp", [2379, 2380]),
      ...(distribution === "rke2" ? [inside("RKE2 join", "tcp", [9345, 9345])] : []),
      ...machines,
    ]),
    securityGroup("worker", [inside("Node ports", "tcp", [30000, 32767]), ...machines]),
    serviceLoadBalancers(vcnCidr),
  ];
}

/** Load balancers of services take web traffic from everywhere. */
export function serviceLoadBalancers(vcnCidr: string): object {
  return securityGroup("service-lb", [
    ingress("HTTP", "tcp", ANYWHERE, [80, 80]),
    ingress("HTTPS", "tcp", ANYWHERE, [443, 443]),
    pathDiscovery(vcnCidr),
  ]);
}
