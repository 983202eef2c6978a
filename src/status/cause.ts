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
const DEPTH: Readonly<Record<string, number>> = {
  Cluster: 0,
  MachineDeployment: 1,
  MachineSet: 1,
  MachinePool: 3,
  Machine: 3,
};
const CONTROL_PLANE_DEPTH = 2;
/** The provider's own objects: what they say is not retold by anybody. */
const PROVIDER_DEPTH = 4;
const PROVIDERS = /^(?:infrastructure|bootstrap)\./;

/** Conditions that only sum up others. */
const SUMMARY =
  /^(?:Available|Ready|Healthy|UpToDate|WorkersAvailable|ControlPlaneAvailable|(?:ControlPlane|Worker)?Machines(?:Ready|UpToDate))$/;

/** Words by which engines say that waiting will not help. v1beta2 conditions have no severity to read instead. */
const ERROR_WORDS =
  /\b(?:cannot|denied|errors?|exceed(?:ed|s)?|exhausted|expired|fail(?:ed|s|ures?|ing)?|forbidden|insufficient|invalid|limit|no such|not authorized|not found|quota|refused|rejected|timed? ?out|unable|unauthorized|unreachable|unsupported)\b/i;
const ERROR_REASONS = /(?:Failed|Failure|Error|Denied|Invalid|Exceeded|Refused|Unauthorized)$/;

/** Says for a while in every creation that a layer which comes later is not there yet (engines.md 9, 1 and 2). */
const EXPECTED =
  /NetworkPluginNotReady|cni (?:plugin|config) (?:not |un)initialized|cloudprovider\.kubernetes\.io\/uninitialized/i;

/** Whether a cause is one that time alone does not remove. */
export function isError({ condition, message }: Cause): boolean {
  if (condition.severity === "Error") {
    return true;
  }
  if (condition.severity === "Info" || condition.status !== "False" || EXPECTED.test(condition.message)) {
    return false;
  }
  return isConcrete(condition) && (ERROR_REASONS.test(condition.reason) || ERROR_WORDS.test(message));
}

/** Everything that is not as it should be and says so, what matters most first. */
export function causesOf(objects: readonly KubeObject[]): Cause[] {
  return objects
    .flatMap((object) =>
      conditionsOf(object).flatMap((condition) => {
        const message = isLacking(condition) ? statementOf(condition) : undefined;
        const cause = message === undefined ? undefined : { object, condition, message };
        return cause === undefined ? [] : [{ cause, rank: rankOf(cause) }];
      }),
    )
    .sort((a, b) => compare(b.rank, a.rank))
    .map(({ cause }) => cause);
}

/**
 * The cause to name: an error before all, then the deepest condition that is not true and says something
 * concrete; what sums up others, or only waits for something, counts where there is nothing better.
 */
export function deepestCause(objects: readonly KubeObject[]): Cause | undefined {
  return causesOf(objects)[0];
}

function rankOf(cause: Cause): number[] {
  const { object, condition } = cause;
  const concrete = isConcrete(condition);
  const isSummary = SUMMARY.test(condition.type);
  return [
    Number(isError(cause)),
    Number(concrete && !isSummary),
    Number(!isSummary),
    PROVIDERS.test(object.apiVersion) ? PROVIDER_DEPTH : (DEPTH[object.kind] ?? CONTROL_PLANE_DEPTH),
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
  const id = object.metadata.uid ?? `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
  return [object.kind, id, condition.type, condition.reason, sameText(condition.message)].join("|");
}

/** A message without its ids, times and numbers. */
export function sameText(message: string): string {
  return message
    .toLowerCase()
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, "#")
    .replace(/(request ?id:? ?)[\w=/+-]+/g, "$1#")
    .replace(/\b(?=[a-z]*\d)[0-9a-f]{7,}\b/g, "#")
    .replace(/\d+/g, "#");
}
