import type { KubeObject } from "../shared/kubernetes.ts";
import { type Condition, conditionsOf, isLacking } from "./conditions.ts";
import { isConcrete, statementOf } from "./message.ts";

/** Why something is not as it should be: one condition of one object. */
export interface Cause {
  readonly object: KubeObject;
  readonly condition: Condition;
  /** The engine's own words, one line. */
  readonly message: string;
}

/** From the outside to the inside: what lies deeper is nearer to the cause. */
const DEPTH: Readonly<Record<string, number>> = { Cluster: 0, MachineDeployment: 1, Machine: 3 };
const CONTROL_PLANE_DEPTH = 2;

/** Conditions that only sum up others. */
const SUMMARY =
  /^(?:Available|Ready|Healthy|UpToDate|WorkersAvailable|ControlPlaneAvailable|(?:ControlPlane|Worker)?Machines(?:Ready|UpToDate))$/;

/** Words by which engines say that waiting will not help. v1beta2 conditions have no severity to read instead. */
const ERROR_WORDS =
  /\b(?:cannot|denied|errors?|exceed(?:ed|s)?|exhausted|expired|fail(?:ed|s|ures?|ing)?|forbidden|insufficient|invalid|limit|no such|not authorized|not found|quota|refused|rejected|timed? ?out|unable|unauthorized|unreachable|unsupported)\b/i;
const ERROR_REASONS = /(?:Failed|Failure|Error|Denied|Invalid|Exceeded|Refused|Unauthorized)$/;

/** Whether a cause is one that time alone does not remove. */
export function isError({ condition, message }: Cause): boolean {
  if (condition.severity !== undefined) {
    return condition.severity === "Error";
  }
  if (condition.status !== "False" || !isConcrete(condition)) {
    return false;
  }
  return ERROR_REASONS.test(condition.reason) || ERROR_WORDS.test(message);
}

/**
 * The cause to name: an error before all, then the deepest condition that is not true and says something
 * concrete; what sums up others, or only waits for something, counts where there is nothing better.
 */
export function deepestCause(objects: readonly KubeObject[]): Cause | undefined {
  let best: { readonly cause: Cause; readonly rank: readonly number[] } | undefined;
  for (const object of objects) {
    for (const condition of conditionsOf(object)) {
      const message = isLacking(condition) ? statementOf(condition) : undefined;
      if (message === undefined) {
        continue;
      }
      const cause = { object, condition, message };
      const rank = rankOf(cause);
      if (best === undefined || compare(rank, best.rank) > 0) {
        best = { cause, rank };
      }
    }
  }
  return best?.cause;
}

function rankOf(cause: Cause): number[] {
  const { object, condition } = cause;
  const concrete = isConcrete(condition);
  const isSummary = SUMMARY.test(condition.type);
  return [
    Number(isError(cause)),
    Number(concrete && !isSummary),
    Number(!isSummary),
    DEPTH[object.kind] ?? CONTROL_PLANE_DEPTH,
    Number(condition.status === "False"),
    // What an own message says is more than what is made of a reason.
    Number(condition.message !== ""),
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/**
 * What a cause is keyed on for its age: providers put ids and numbers into messages and reset the transition
 * time with each (design.md, Cause and age).
 */
export function causeKey({ object, condition }: Cause): string {
  const message = condition.message
    .toLowerCase()
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, "#")
    .replace(/\b(?=[a-z]*\d)[0-9a-f]{7,}\b/g, "#")
    .replace(/\d+/g, "#");
  const id = object.metadata.uid ?? `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
  return [object.kind, id, condition.type, condition.reason, message].join("|");
}
