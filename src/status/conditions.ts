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

type RawCondition = Partial<Record<string, string>>;

/** The list of conditions that the newest contract wrote which the object follows (engines.md 1.2). */
function rawConditions(object: KubeObject): readonly RawCondition[] {
  const status = object.status as Status | undefined;
  const lists = [
    status?.v1beta2?.conditions,
    status?.conditions,
    status?.deprecated?.v1beta1?.conditions,
  ] as const;
  return (lists.find((list) => Array.isArray(list) && list.length > 0) ?? []) as readonly RawCondition[];
}

/**
 * The conditions of an object, whichever version of Cluster API's contract wrote them. A terminal failure of the
 * contract v1beta1 comes as a condition `Failure`.
 */
export function conditionsOf(object: KubeObject): Condition[] {
  const status = (object.status ?? {}) as Status & Failure;
  return [
    ...rawConditions(object).flatMap(readCondition),
    ...failureOf({ ...status.deprecated?.v1beta1, ...status }),
  ];
}

function readCondition(condition: RawCondition): Condition[] {
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
  const found = rawConditions(object).find((condition) => condition.type === type);
  return found === undefined ? undefined : readCondition(found)[0];
}

export function isTrue(object: KubeObject, type: string): boolean {
  return rawConditions(object).some((condition) => condition.type === type && condition.status === "True");
}

/** Whether a condition says that something is not as it should be. */
export function isLacking({ type, status }: Condition): boolean {
  return !NEGATIVE.has(type) && status !== "True";
}
