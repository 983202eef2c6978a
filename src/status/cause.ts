import type { KubeObject } from "../shared/kubernetes.ts";
import { type Condition, conditionsOf, isLacking } from "./conditions.ts";
import { saidBy } from "./message.ts";

/** A condition of an object, as the source of what is said. */
export interface Source {
  readonly object: KubeObject;
  readonly condition: Condition;
  /** The engine's own words, one line. */
  readonly message: string;
}

/** Why something is not as it should be: one condition of one object. */
export interface Cause extends Source {
  /** Whether it is one that time alone does not remove. */
  readonly isError: boolean;
  /** What matters more has more. */
  readonly rank: number;
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

const NONE: readonly Cause[] = [];
/** Objects never change: one that did is another one. So each is read once. */
const read = new WeakMap<KubeObject, readonly Cause[]>();

/** What is not as it should be with one object and says so. */
function causesOfOne(object: KubeObject): readonly Cause[] {
  const known = read.get(object);
  if (known !== undefined) {
    return known;
  }
  const found = conditionsOf(object).flatMap((condition) =>
    isLacking(condition) ? (causeIn(object, condition) ?? []) : [],
  );
  const causes = found.length === 0 ? NONE : found;
  read.set(object, causes);
  return causes;
}

/** Everything that is not as it should be and says so, what matters most first. */
export function causesOf(objects: readonly KubeObject[]): Cause[] {
  return objects.flatMap(causesOfOne).sort((a, b) => b.rank - a.rank);
}

/**
 * The cause to name: an error before all, then the deepest condition that is not true and says something
 * concrete; what sums up others, or only waits for something, counts where there is nothing better.
 */
export function deepestCause(objects: readonly KubeObject[]): Cause | undefined {
  let deepest: Cause | undefined;
  for (const object of objects) {
    for (const cause of causesOfOne(object)) {
      if (deepest === undefined || cause.rank > deepest.rank) {
        deepest = cause;
      }
    }
  }
  return deepest;
}

function causeIn(object: KubeObject, condition: Condition): Cause | undefined {
  const { text: message, isConcrete } = saidBy(condition);
  if (message === undefined) {
    return undefined;
  }
  const isError = soundsLikeError(condition, message, isConcrete);
  const isSummary = SUMMARY.test(condition.type);
  const depth = PROVIDERS.test(object.apiVersion)
    ? PROVIDER_DEPTH
    : (DEPTH[object.kind] ?? CONTROL_PLANE_DEPTH);
  // Each digit counts only among those that are equal before it.
  const rank = [
    Number(isError),
    Number(isConcrete && !isSummary),
    Number(!isSummary),
    depth,
    Number(condition.status === "False"),
    // What an own message says is more than what is made of a reason.
    Number(condition.message !== ""),
  ].reduce((sum, digit) => sum * 10 + digit, 0);
  return { object, condition, message, isError, rank };
}

/** v1beta1 conditions say by their severity whether they are errors; v1beta2 ones by their words alone. */
function soundsLikeError(condition: Condition, message: string, isConcrete: boolean): boolean {
  if (condition.severity === "Error") {
    return true;
  }
  return (
    isConcrete &&
    condition.severity !== "Info" &&
    condition.status === "False" &&
    !EXPECTED.test(condition.message) &&
    (ERROR_REASONS.test(condition.reason) || ERROR_WORDS.test(message))
  );
}

/**
 * What a cause is keyed on for its age: providers put ids and numbers into messages and reset the transition
 * time with each (design.md, Cause and age).
 */
export function causeKey({ object, condition }: Source): string {
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
