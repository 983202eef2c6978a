import type { Traffic } from "../../podNetwork.ts";

/** First and last port. */
export type Ports = readonly [number, number];

/** Every IPv4 address. */
export const ANYWHERE = "0.0.0.0/0";

/** Protocols of IP as Oracle Cloud numbers them. */
const PROTOCOLS: Readonly<Record<Traffic["protocol"], string>> = {
  icmp: "1",
  ipip: "4",
  tcp: "6",
  udp: "17",
  esp: "50",
};

/** A network security group that lets everything out; its name is the role that the provider finds it by. */
export function securityGroup(role: string, ingressRules: readonly object[]): object {
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

/** Lets one protocol in from a range, to some ports or to all. */
export function ingress(
  description: string,
  protocol: Traffic["protocol"],
  source: string,
  ports?: Ports,
): object {
  const range = ports && { destinationPortRange: { min: ports[0], max: ports[1] } };
  return rule(
    description,
    PROTOCOLS[protocol],
    source,
    range === undefined ? {} : protocol === "udp" ? { udpOptions: range } : { tcpOptions: range },
  );
}

/** Lets every protocol in from a range. */
export function everything(description: string, source: string): object {
  return rule(description, "all", source, {});
}

/** Lets machines hear that their packets are too big. */
export function pathDiscovery(source: string): object {
  return rule("Path discovery", PROTOCOLS.icmp, source, { icmpOptions: { type: 3, code: 4 } });
}

function rule(description: string, protocol: string, source: string, options: object): object {
  return {
    ingressRule: { description, protocol, sourceType: "CIDR_BLOCK", source, isStateless: false, ...options },
  };
}
