import ipaddr from "ipaddr.js";
import type { Entry } from "../syntax/nodes.ts";
import { layerOf } from "./known.ts";
import type { Rule } from "./rule.ts";
import { isFilledInLater, valuesOf } from "./values.ts";

type Cidr = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** The address ranges of pods and services are ranges, and do not overlap. */
export const rangesAreApart: Rule = {
  code: "P22",
  *check(input) {
    for (const pack of input.profile.packs) {
      const values = layerOf(pack) === "k8s" ? valuesOf(input, pack) : undefined;
      if (values === undefined) {
        continue;
      }
      const pods = values.at("pack", "podCIDR");
      const services = values.at("pack", "serviceClusterIpRange");
      for (const entry of [pods, services]) {
        const wrong = rangesOf(entry).find((text) => parseCidr(text) === undefined && !isFilledInLater(text));
        if (entry !== undefined && wrong !== undefined) {
          yield {
            severity: "error",
            message: `${wrong} is not an address range such as 192.168.0.0/16.`,
            span: values.place(entry),
          };
        }
      }
      if (pods === undefined || services === undefined) {
        continue;
      }
      const clash = rangesOf(pods).flatMap((pod) =>
        rangesOf(services)
          .filter((service) => overlap(parseCidr(pod), parseCidr(service)))
          .map((service) => [pod, service] as const),
      )[0];
      if (clash !== undefined) {
        yield {
          severity: "error",
          message: `The pod range ${clash[0]} and the service range ${clash[1]} overlap.`,
          span: values.place(services),
          related: [{ span: values.place(pods), message: "The pod range stands here." }],
        };
      }
    }
  },
};

/** Dual-stack clusters have two ranges, with a comma between. */
function rangesOf(entry: Entry | undefined): string[] {
  return entry?.value?.kind === "scalar" && entry.value.value !== null
    ? entry.value.text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
    : [];
}

function parseCidr(text: string): Cidr | undefined {
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
}

/** Two ranges overlap if the shorter prefix holds the other's address. */
function overlap(a: Cidr | undefined, b: Cidr | undefined): boolean {
  if (a === undefined || b === undefined || a[0].kind() !== b[0].kind()) {
    return false;
  }
  const bits = Math.min(a[1], b[1]);
  const left = a[0].toByteArray();
  const right = b[0].toByteArray();
  for (let bit = 0; bit < bits; bit++) {
    const mask = 0x80 >> (bit & 7);
    if (((left[bit >> 3] ?? 0) & mask) !== ((right[bit >> 3] ?? 0) & mask)) {
      return false;
    }
  }
  return true;
}
