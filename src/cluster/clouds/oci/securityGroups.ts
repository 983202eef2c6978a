import type { KubernetesSettings } from "../../kubernetes.ts";
import { type Traffic, trafficOf } from "../../podNetwork.ts";

/** Protocols of IP as Oracle Cloud numbers them. */
const PROTOCOLS: Readonly<Record<Traffic["protocol"], string>> = {
  icmp: "1",
  ipip: "4",
  tcp: "6",
  udp: "17",
  esp: "50",
};

const ANYWHERE = "0.0.0.0/0";
const API_SERVER: Ports = [6443, 6443];
const NODE_PORTS: Ports = [30000, 32767];

type Ports = readonly [number, number];

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
    // ICMP type 3, code 4: packets that are too big.
    ingress("Path discovery", "icmp", vcnCidr, undefined, { type: 3, code: 4 }),
    inside("SSH", "tcp", [22, 22]),
    inside("Kubelet", "tcp", [10250, 10250]),
    ...(trafficOf(network)?.map(({ description, protocol, port }) =>
      inside(description, protocol, port === undefined ? undefined : [port, port]),
    ) ?? [everything("Pod network", vcnCidr)]),
  ];
  return [
    group("control-plane-endpoint", [
      ingress("API server", "tcp", ANYWHERE, API_SERVER),
      ingress("Path discovery", "icmp", vcnCidr, undefined, { type: 3, code: 4 }),
    ]),
    group("control-plane", [
      inside("API server", "tcp", API_SERVER),
      inside("etcd", "tcp", [2379, 2380]),
      ...(distribution === "rke2" ? [inside("RKE2 join", "tcp", [9345, 9345])] : []),
      ...machines,
    ]),
    group("worker", [inside("Node ports", "tcp", NODE_PORTS), ...machines]),
    group("service-lb", [
      ingress("HTTP", "tcp", ANYWHERE, [80, 80]),
      ingress("HTTPS", "tcp", ANYWHERE, [443, 443]),
      ingress("Path discovery", "icmp", vcnCidr, undefined, { type: 3, code: 4 }),
    ]),
  ];
}

function group(role: string, ingressRules: readonly object[]): object {
  return {
    name: role,
    role,
    ingressRules,
    egressRules: [
      {
        egressRule: {
          description: "Everything outward",
          protocol: "all",
          destinationType: "CIDR_BLOCK",
          destination: ANYWHERE,
          isStateless: false,
        },
      },
    ],
  };
}

function ingress(
  description: string,
  protocol: Traffic["protocol"],
  source: string,
  ports?: Ports,
  icmpOptions?: { readonly type: number; readonly code: number },
): object {
  const range = ports && { destinationPortRange: { min: ports[0], max: ports[1] } };
  return rule(description, PROTOCOLS[protocol], source, {
    ...(icmpOptions === undefined ? {} : { icmpOptions }),
    ...(range === undefined ? {} : protocol === "udp" ? { udpOptions: range } : { tcpOptions: range }),
  });
}

function everything(description: string, source: string): object {
  return rule(description, "all", source, {});
}

function rule(description: string, protocol: string, source: string, options: object): object {
  return {
    ingressRule: { description, protocol, sourceType: "CIDR_BLOCK", source, isStateless: false, ...options },
  };
}
