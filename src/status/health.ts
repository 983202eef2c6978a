import type { KubeObject } from "../shared/kubernetes.ts";
import type { Cause } from "./cause.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import type { Health } from "./model.ts";
import type { Moment } from "./moment.ts";

/** Whatever takes longer than this deserves a look (engines.md 9). */
const LONG_MS = 15 * 60_000;

/** How something is that is not ready for this cause. */
export function healthOf(cause: Cause | undefined, since: string | undefined, now: Moment): Health {
  if (cause?.isError === true) {
    return "bad";
  }
  return isLong(since, now) ? "attention" : "busy";
}

export function isLong(since: string | undefined, now: Moment): boolean {
  return now.passed(since, LONG_MS);
}

/** What an object is changing by intention, if it is: rolled out, scaled, remediated. */
export function changeOf(object: KubeObject): Condition | undefined {
  return ["RollingOut", "Remediating", "ScalingUp", "ScalingDown"]
    .map((type) => conditionOf(object, type))
    .find((condition) => condition?.status === "True");
}

const ORDER: readonly Health[] = ["bad", "attention", "busy", "unknown", "good"];

/** The one that most needs somebody. */
export function worst(all: readonly Health[]): Health {
  return ORDER.find((health) => all.includes(health)) ?? "unknown";
}
