import { CLAIMED, isUnfinished, UNFINISHED } from "../../cluster/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { removeCluster, waitCollected } from "../deletion.ts";
import { CLUSTER } from "../kinds.ts";
import { forgetLogins } from "../layers/logins.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { watchUntil } from "../wait.ts";
import type { CreationPlan } from "./plan.ts";

/** Undoing is tried this long; then what remains is said. */
const UNDO_MS = 90_000;

/**
 * Removes what a creation wrote and gives the error to throw: `error` with a word about what is left, or what
 * hindered the undoing. `claimed` is the Cluster of this creation where its claim was answered.
 */
export async function undo(
  management: ManagementCluster,
  plan: CreationPlan,
  claimed: KubeObject | undefined,
  error: unknown,
): Promise<unknown> {
  const { name } = plan.cluster;
  if (claimed === undefined && isPaletteError(error, "AlreadyExists")) {
    return new PaletteError("AlreadyExists", `Cluster ${name} was created by somebody else a moment ago`, {
      next: "Choose another name.",
      cause: error,
    });
  }
  const options = { signal: AbortSignal.timeout(UNDO_MS) };
  try {
    const left = await management.get({ ...CLUSTER, ...plan.cluster }, options);
    // A claim whose answer never came is told by its hash.
    const isOurs =
      left?.metadata.annotations?.[UNFINISHED] === plan.hash &&
      (claimed === undefined || left.metadata.uid === claimed.metadata.uid);
    if (left !== undefined && isOurs) {
      await removeUnfinished(management, left, options);
    }
    await forgetLogins(management, plan.cluster.namespace, options);
  } catch (cause) {
    return new PaletteError(
      isPaletteError(error) && error.code !== "Cancelled" ? error.code : "Refused",
      `Creating cluster ${name} was stopped, and undoing it did not end: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        next: `What is left is marked unfinished and runs nothing. Delete cluster ${name} to remove it.`,
        cause: error,
      },
    );
  }
  return withAdvice(error, `Nothing of cluster ${name} is left; the published profile stays.`);
}

/**
 * Leaves what a creation wrote, for the same request to go on with or for another one to remove, at once. Gives the
 * error to throw.
 */
export async function leave(
  management: ManagementCluster,
  { metadata: { namespace = "default", name, uid } }: KubeObject,
  error: unknown,
): Promise<unknown> {
  try {
    // Nobody writes it any more, so nobody need wait for that.
    await management.patch(
      { ...CLUSTER, namespace, name },
      { metadata: { uid, annotations: { [CLAIMED]: null } } },
      { signal: AbortSignal.timeout(UNDO_MS) },
    );
  } catch {
    // Then others wait a minute.
  }
  return withAdvice(
    error,
    `What was written of cluster ${name} is left, marked unfinished, and runs nothing. Create it again to complete it, or delete it.`,
  );
}

/** Removes a Cluster that was never let go, and waits until nothing of it is left. */
export async function removeUnfinished(
  management: ManagementCluster,
  cluster: KubeObject,
  options: CallOptions,
): Promise<void> {
  const ref = { namespace: cluster.metadata.namespace ?? "default", name: cluster.metadata.name };
  if (!isUnfinished(cluster)) {
    throw new TypeError(`Cluster ${ref.name} is in use`);
  }
  await removeCluster(management, cluster, options);
  await watchUntil(management, ref, [CLUSTER], options.signal, (objects) =>
    objects.some(({ metadata }) => metadata.uid === cluster.metadata.uid) ? undefined : true,
  );
  await waitCollected(management, ref, options);
}

/** The same error with one more sentence of advice in front. */
export function withAdvice(error: unknown, sentence: string): unknown {
  if (!isPaletteError(error)) {
    return error;
  }
  return new PaletteError(error.code, error.message, {
    ...(error.engine === undefined ? {} : { engine: error.engine }),
    next: error.next === undefined ? sentence : `${sentence} ${error.next}`,
    cause: error.cause,
  });
}
