import type { KubeObject } from "../shared/kubernetes.ts";
import { type Condition, conditionsOf, isLacking } from "./conditions.ts";

/** Why something is not as it should be: one condition of one object. */
export interface Cause {
  readonly object: KubeObject;
  readonly condition: Condition;
  /** The engine's message where it has one, in one line. */
  readonly message: string;
}

/** From the outside to the inside: what lies deeper is nearer to the cause. */
const DEPTH: Readonly<Record<string, number>> = {
  Cluster: 0,
  MachineDeployment: 1,
  MachineSet: 1,
  Machine: 3,
};
const CONTROL_PLANE_DEPTH = 2;

/** Conditions that only sum up others. */
const SUMMARY =
  /^(?:Available|Ready|Healthy|UpToDate|WorkersAvailable|ControlPlaneAvailable|(?:ControlPlane|Worker)?Machines(?:Ready|UpToDate))$/;

/** Reasons that name no cause, but that another object is waited for (engines.md 9). */
const WAITING =
  /^(?:WaitingFor.*|Waiting|NotReady|NotAvailable|NotYet.*|.*Unknown|.*NotReported|.*NotReady|.*NotAvailable|.*NotUpToDate|.*NotInitialized|.*InspectionFailed|.*DoesNotExist|Provisioning|NotProvisioned)$/;

/**
 * The cause to name: the deepest condition that is not true and says something concrete; conditions that sum up
 * others, or only wait for something, count where there is nothing better.
 */
export function deepestCause(objects: readonly KubeObject[]): Cause | undefined {
  let best: { readonly cause: Cause; readonly rank: readonly number[] } | undefined;
  for (const object of objects) {
    for (const condition of conditionsOf(object)) {
      if (!isLacking(condition)) {
        continue;
      }
      const cause = { object, condition, message: messageOf(condition) };
      const rank = rankOf(object, condition);
      if (best === undefined || compare(rank, best.rank) > 0) {
        best = { cause, rank };
      }
    }
  }
  return best?.cause;
}

function rankOf(object: KubeObject, { type, reason, message, severity, status }: Condition): number[] {
  const concrete = !SUMMARY.test(type) && !WAITING.test(reason) && (message !== "" || reason !== "");
  return [
    Number(concrete),
    Number(severity === undefined || severity === "Error"),
    Number(!SUMMARY.test(type)),
    DEPTH[object.kind] ?? CONTROL_PLANE_DEPTH,
    Number(status === "False"),
    Number(message !== ""),
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

/** Cluster API writes lists into messages; a headline is one line. */
export function messageOf({ message, reason, type }: Condition): string {
  if (message === "") {
    return `${words(type)}: ${words(reason).toLowerCase()}`;
  }
  return message
    .split("\n")
    .map((line) => line.replace(/^\s*\*\s*/, "").trim())
    .filter((line) => line !== "")
    .join("; ");
}

/** `WaitingForControlPlane` as `Waiting for control plane`. */
function words(name: string): string {
  const [first = "", ...rest] = name.split(/(?<=[a-z0-9])(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(" ");
}

/**
 * What a cause is keyed on for its age: providers put ids and numbers into messages and reset the transition
 * time with each (design.md, Cause and age).
 */
export function causeKey({ object, condition }: Cause): string {
  const message = condition.message
    .toLowerCase()
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, "#")
    .replace(/\b[0-9a-f]{7,}\b/g, "#")
    .replace(/\d+/g, "#");
  return [
    object.kind,
    object.metadata.uid ?? object.metadata.name,
    condition.type,
    condition.reason,
    message,
  ].join("|");
}
