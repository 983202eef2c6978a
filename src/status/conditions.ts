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

interface Status {
  readonly conditions?: unknown;
  /** Providers on their way to the new contract. */
  readonly v1beta2?: { readonly conditions?: unknown };
  /** What an object of the new contract keeps of the old one. */
  readonly deprecated?: { readonly v1beta1?: Failure & { readonly conditions?: unknown } };
}

/** How the contract v1beta1 says that an object will never become ready by itself. */
interface Failure {
  readonly failureReason?: string;
  readonly failureMessage?: string;
}

/**
 * The conditions of an object, whichever version of Cluster API's contract wrote them (engines.md 1.2). A terminal
 * failure of the contract v1beta1 comes as a condition `Failure`.
 */
export function conditionsOf(object: KubeObject): Condition[] {
  const status = (object.status ?? {}) as Status & Failure;
  const old = status.deprecated?.v1beta1;
  const lists = [status.v1beta2?.conditions, status.conditions, old?.conditions];
  const conditions = lists.find((list) => Array.isArray(list) && list.length > 0) ?? [];
  return [
    ...(conditions as Partial<Record<string, string>>[]).flatMap(readCondition),
    ...failureOf({ ...old, ...status }),
  ];
}

function readCondition(condition: Partial<Record<string, string>>): Condition[] {
  const { type, status } = condition;
  if (type === undefined || (status !== "True" && status !== "False" && status !== "Unknown")) {
    return [];
  }
  return [
    {
      type,
      status,
      severity: condition.severity || undefined,
      reason: condition.reason ?? "",
      message: (condition.message ?? "").trim(),
      since: condition.lastTransitionTime,
    },
  ];
}

function failureOf({ failureReason = "", failureMessage = "" }: Failure): Condition[] {
  return failureReason === "" && failureMessage === ""
    ? []
    : [
        {
          type: "Failure",
          status: "False",
          severity: "Error",
          reason: failureReason,
          message: failureMessage.trim(),
          since: undefined,
        },
      ];
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

export function isTrue(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

/** Whether a condition says that something is not as it should be. */
export function isLacking({ type, status }: Condition): boolean {
  return !NEGATIVE.has(type) && status !== "True";
}
