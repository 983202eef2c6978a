import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { type RefusalCause, refusalCauses } from "../apiErrors.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { refOf } from "../management.ts";
import { CLUSTER_NAME_LABEL } from "../objects.ts";
import { findName } from "./name.ts";
import { findMissing } from "./needed.ts";
import type { CreationPlan } from "./plan.ts";
import { pastWebhooks } from "./webhooks.ts";

/** An object that the management cluster would not take. */
export interface Refusal {
  readonly object: KubeObject;
  readonly error: PaletteError;
  /** What exactly is wrong with it, where the server says so; `explainRefusal` leads to the fields. */
  readonly causes: readonly RefusalCause[];
}

/**
 * Has the management cluster judge a plan: the name, and every object by schemas, webhooks and permissions.
 * Stores nothing. Gives what it would refuse; throws `Unreachable` and `Cancelled`.
 */
export async function dryRun(
  management: ManagementCluster,
  plan: CreationPlan,
  options: CallOptions = {},
): Promise<Refusal[]> {
  try {
    await findName(management, plan, options);
  } catch (error) {
    const [object] = plan.objects;
    if (object === undefined || !isPaletteError(error, "AlreadyExists")) {
      throw error;
    }
    return [{ object, error, causes: [] }];
  }
  return judgeObjects(management, plan, options);
}

/** The same without a look at the name of the cluster. */
export async function judgeObjects(
  management: ManagementCluster,
  plan: CreationPlan,
  options: CallOptions,
): Promise<Refusal[]> {
  const objects = [
    ...[...plan.logins, ...plan.shared].filter(({ exists }) => !exists).map(({ object }) => object),
    ...plan.objects,
  ];
  const missing = await findMissing(management, plan.request, objects, options);
  const [first] = plan.objects;
  const answers = await Promise.all(
    objects.map(async (object): Promise<Refusal[]> => {
      try {
        await checkOwner(management, object, plan, options);
        await pastWebhooks(() => management.apply(object, { ...options, dryRun: true }), options);
        return [];
      } catch (error) {
        if (!isPaletteError(error) || error.code === "Unreachable" || error.code === "Cancelled") {
          throw error;
        }
        return [{ object, error, causes: refusalCauses(error) }];
      }
    }),
  );
  return [
    ...(first === undefined ? [] : missing.map((error) => ({ object: first, error, causes: [] }))),
    ...answers.flat(),
  ];
}

/** Names of pools and clusters can meet in one object: `a-b` of `c`, and `a` of `b-c`. */
async function checkOwner(
  management: ManagementCluster,
  object: KubeObject,
  plan: CreationPlan,
  options: CallOptions,
): Promise<void> {
  const { labels } = object.metadata;
  if (labels?.[CLUSTER_NAME_LABEL] === undefined || object.kind === "Cluster") {
    return;
  }
  const there = await management.get(refOf(object), options);
  const owner = there?.metadata.labels?.[CLUSTER_NAME_LABEL];
  if (there !== undefined && owner !== plan.cluster.name) {
    throw new PaletteError(
      "AlreadyExists",
      `${object.kind} ${object.metadata.name} ${owner === undefined ? "exists" : `belongs to cluster ${owner}`}`,
      { next: "Choose another name for the cluster or the pool." },
    );
  }
}
