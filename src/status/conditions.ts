import type { KubeObject } from "../shared/kubernetes.ts";

/** One condition, in the form of v1beta2 (`metav1.Condition`) or of v1beta1 (with `severity`). */
export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly severity: string | undefined;
  readonly reason: string;
  readonly message: string;
  readonly since: string | undefined;
}

/** True means busy, not good (engines.md 1.2). */
const NEGATIVE = new Set([
  "Deleting",
  "Paused",
  "Remediating",
  "RollingOut",
  "ScalingDown",
  "ScalingUp",
  "Updating",
]);

/** The conditions of an object, whichever version of Cluster API's contract wrote them. */
export function conditionsOf(object: KubeObject): Condition[] {
  const status = object.status as { conditions?: unknown } | undefined;
  if (!Array.isArray(status?.conditions)) {
    return [];
  }
  return (status.conditions as Partial<Record<string, string>>[]).flatMap((condition): Condition[] => {
    const { type, status: value } = condition;
    if (type === undefined || (value !== "True" && value !== "False" && value !== "Unknown")) {
      return [];
    }
    return [
      {
        type,
        status: value,
        severity: condition.severity || undefined,
        reason: condition.reason ?? "",
        message: (condition.message ?? "").trim(),
        since: condition.lastTransitionTime,
      },
    ];
  });
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

export function isTrue(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

/** Whether a condition says that something is not as it should be; `Info` of v1beta1 is nothing to worry about. */
export function isLacking({ type, status }: Condition): boolean {
  return !NEGATIVE.has(type) && status !== "True";
}
