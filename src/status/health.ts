import type { KubeObject } from "../shared/kubernetes.ts";
import type { Cause } from "./cause.ts";
import { isTrue } from "./conditions.ts";
import type { Health } from "./model.ts";

/** Words by which engines say that waiting will not help. v1beta2 conditions have no severity to read instead. */
const ERROR_WORDS =
  /\b(?:cannot|denied|error|exceed(?:ed|s)?|exhausted|expired|fail(?:ed|s|ure|ing)?|forbidden|insufficient|invalid|limit|no such|not found|not authorized|quota|refused|rejected|timed? ?out|unable|unauthorized|unreachable|unsupported)\b/i;
const ERROR_REASONS = /(?:Failed|Failure|Error|Denied|Invalid|Exceeded|Refused|Unauthorized)$/;

/** Whatever takes longer than this deserves a look (engines.md 9). */
const LONG_MS = 15 * 60_000;

/** Whether a cause is one that time alone does not remove. */
export function isError({ condition, message }: Cause): boolean {
  if (condition.severity !== undefined) {
    return condition.severity === "Error";
  }
  return condition.status === "False" && (ERROR_REASONS.test(condition.reason) || ERROR_WORDS.test(message));
}

/** How something is that is not ready for this cause. */
export function healthOf(cause: Cause | undefined, since: string | undefined, now: Date): Health {
  if (cause !== undefined && isError(cause)) {
    return "bad";
  }
  return isLong(since, now) ? "attention" : "busy";
}

export function isLong(since: string | undefined, now: Date): boolean {
  return now.getTime() - Date.parse(since ?? "") > LONG_MS;
}

/** Whether an object is changing by intention: rolled out, scaled, remediated. */
export function isChanging(object: KubeObject): boolean {
  return ["RollingOut", "ScalingUp", "ScalingDown", "Remediating"].some((type) => isTrue(object, type));
}
