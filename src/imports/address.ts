import ipaddr from "ipaddr.js";

/** Who can reach an address, as far as the address itself tells. */
export type AddressReach =
  /** This machine only. */
  | "loopback"
  /** Networks that are connected with the cluster's own. */
  | "private"
  | "public";

/** What a host of the private kind is called by; names like these are not resolved outside. */
const LOCAL_NAMES = /(?:^|\.)(?:local|internal|lan|home\.arpa|corp)$/;

/**
 * Judges the address of an API server. `resolved` are the addresses that its name has here; an empty list where it has
 * none, or where the host is an address itself.
 */
export function reachOf(server: string, resolved: readonly string[] = []): AddressReach {
  const host = hostOf(server);
  if (host === "localhost" || host.endsWith(".localhost")) {
    return "loopback";
  }
  const ranges = [host, ...resolved].filter((each) => ipaddr.isValid(each)).map(rangeOf);
  if (ranges.includes("loopback")) {
    return "loopback";
  }
  if (ranges.length === 0) {
    return !host.includes(".") || LOCAL_NAMES.test(host) ? "private" : "public";
  }
  return ranges.every((range) => range === "public") ? "public" : "private";
}

/** Host of a server's address without the brackets of IPv6. */
export function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).hostname.replace(/^\[|\]$/g, "").toLowerCase() : server;
}

function rangeOf(address: string): AddressReach {
  const range = ipaddr.process(address).range();
  return range === "loopback" || range === "unspecified"
    ? "loopback"
    : range === "unicast"
      ? "public"
      : "private";
}

/** What is wrong with an address that somebody typed for a management cluster; `undefined` where nothing is. */
export function addressProblem(server: string): string | undefined {
  if (!URL.canParse(server) || !/^https:\/\/[^/]/.test(server)) {
    return "An address starts with https:// and names a host, for example https://203.0.113.40:6443.";
  }
  const { username, password, search, hash } = new URL(server);
  return username !== "" || password !== "" || search !== "" || hash !== ""
    ? "An address holds no user, query or fragment."
    : undefined;
}
