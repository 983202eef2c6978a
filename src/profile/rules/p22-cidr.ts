import { overlap, parseRange } from "../../shared/ranges.ts";
import type { Entry } from "../syntax/nodes.ts";
import { layerOf } from "./known.ts";
import type { Rule } from "./rule.ts";
import { isFilledInLater, valuesOf } from "./values.ts";

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
        const wrong = rangesOf(entry).find(
          (text) => parseRange(text) === undefined && !isFilledInLater(text),
        );
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
          .filter((service) => overlap(parseRange(pod), parseRange(service)))
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
