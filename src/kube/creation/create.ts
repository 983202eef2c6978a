import { CLAIMED, isUnfinished, REQUEST, UNFINISHED, WRITING_MS } from "../../cluster/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { removeCluster, waitCollected } from "../deletion.ts";
import { CLUSTER } from "../kinds.ts";
import type { CallOptions, ManagementCluster, TaskOptions } from "../management.ts";
import { writePublished } from "../published.ts";
import { watchUntil } from "../wait.ts";
import { dryRun } from "./dryRun.ts";
import { findName } from "./name.ts";
import type { CreationPlan } from "./plan.ts";

/** Undoing is tried this long; then what remains is said. */
const UNDO_MS = 90_000;

/** Counts what is written, for progress and for the message of a lost connection. */
class Steps {
  done = 0;
  readonly total: number;
  readonly #onProgress: TaskOptions["onProgress"];

  constructor(total: number, onProgress: TaskOptions["onProgress"]) {
    this.total = total;
    this.#onProgress = onProgress;
  }

  begin(step: string): void {
    this.#onProgress?.({ step, done: this.done, total: this.total });
  }
}

/**
 * Creates the cluster of a plan; ends when everything is written, not when it is available.
 *
 * Everything is judged before anything is written. Then the profile version is published, the name is claimed
 * by a bare, paused Cluster, which only one of several can create, the objects are applied under it, and the
 * pause is lifted last, so that nothing is provisioned from half of the objects.
 * A refusal and a cancel undo what was written; the published version stays. A lost connection leaves a paused
 * Cluster marked unfinished: the same request goes on there, another request of that name removes it first.
 *
 * Throws `AlreadyExists` (the name is taken), `Refused` and `Forbidden` (nothing is left), `Unreachable` (the
 * message says how far it came), `Cancelled` (nothing is left).
 */
export async function createCluster(
  management: ManagementCluster,
  plan: CreationPlan,
  { onProgress, signal }: TaskOptions = {},
): Promise<void> {
  const { name } = plan.cluster;
  const steps = new Steps(plan.shared.length + plan.objects.length + 1, onProgress);
  steps.begin(`Checking that ${management.name} takes cluster ${name}`);
  const found = await findName(management, plan, { signal });
  if (found.kind === "done") {
    return;
  }
  const [refusal] = await dryRun(management, plan, { signal });
  if (refusal !== undefined) {
    throw withNext(refusal.error, "Nothing was written.");
  }
  for (const { object } of plan.shared) {
    steps.begin(`Publishing ${object.metadata.name}`);
    await writePublished(management, object, { signal });
    steps.done++;
  }
  if (found.kind === "leftovers") {
    steps.begin(`Removing what an unfinished creation of ${name} left`);
    await removeWhole(management, found.cluster, { signal });
  }
  await write(management, plan, found.kind === "resume" ? found.cluster : undefined, steps, signal);
}

/** Everything between the claim and the lifting of the pause. */
async function write(
  management: ManagementCluster,
  plan: CreationPlan,
  resumed: KubeObject | undefined,
  steps: Steps,
  signal: AbortSignal | undefined,
): Promise<void> {
  const [own, ...others] = plan.objects;
  if (own === undefined) {
    throw new TypeError("A plan begins with the Cluster");
  }
  // Within this time all is written or it is left to the next attempt (claim.ts).
  const limit = AbortSignal.timeout(WRITING_MS);
  const options: CallOptions = {
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
  };
  let claimed = resumed;
  try {
    steps.begin(`Claiming the name ${plan.cluster.name}`);
    const marks = { [UNFINISHED]: plan.hash, [CLAIMED]: management.now().toISOString() };
    const key = { ...CLUSTER, ...plan.cluster };
    claimed =
      resumed === undefined
        ? await management.create(
            {
              ...CLUSTER,
              metadata: { ...plan.cluster, annotations: marks },
              spec: { ...refsOf(own), paused: true },
            },
            options,
          )
        : await management.patch(
            key,
            { metadata: { uid: resumed.metadata.uid, annotations: marks } },
            options,
          );
    const { uid } = claimed.metadata;
    for (const object of [clusterUnder(own, uid, plan.hash), ...others.map((each) => owned(each, claimed))]) {
      steps.begin(`Writing ${object.kind} ${object.metadata.name}`);
      await management.apply(object, options);
      steps.done++;
    }
    steps.begin("Handing over to the controllers");
    await management.patch(
      key,
      {
        metadata: { uid, annotations: { [UNFINISHED]: null, [CLAIMED]: null } },
        spec: { paused: null },
      },
      options,
    );
    steps.done++;
  } catch (error) {
    const lost = isPaletteError(error, "Unreachable") || (limit.aborted && signal?.aborted !== true);
    if (lost) {
      throw interrupted(management, plan, steps, error);
    }
    await undo(management, plan, claimed, error);
  }
}

/** The whole Cluster, paused as claimed; its uid keeps an apply from making a new one. */
function clusterUnder(cluster: KubeObject, uid: string | undefined, hash: string): KubeObject {
  return {
    ...cluster,
    metadata: {
      ...cluster.metadata,
      ...(uid === undefined ? {} : { uid }),
      annotations: { ...cluster.metadata.annotations, [REQUEST]: hash },
    },
    spec: { ...(cluster.spec as object), paused: true },
  };
}

/** The webhook takes no Cluster without references. */
function refsOf(cluster: KubeObject): object {
  const { controlPlaneRef, infrastructureRef } = cluster.spec as Readonly<Record<string, unknown>>;
  return { controlPlaneRef, infrastructureRef };
}

/** The Cluster owns what is written under it, so that nothing outlives it, not even what is written late. */
function owned(object: KubeObject, cluster: KubeObject | undefined): KubeObject {
  const { name = "", uid = "" } = cluster?.metadata ?? {};
  return {
    ...object,
    metadata: { ...object.metadata, ownerReferences: [{ ...CLUSTER, name, uid }] },
  };
}

function interrupted(
  management: ManagementCluster,
  plan: CreationPlan,
  steps: Steps,
  cause: unknown,
): PaletteError {
  const { name } = plan.cluster;
  const engine = isPaletteError(cause) ? cause.engine : undefined;
  return new PaletteError(
    "Unreachable",
    `The connection to ${management.name} was lost after ${steps.done} of ${steps.total} steps of creating cluster ${name}`,
    {
      ...(engine === undefined ? {} : { engine }),
      next: "It is unfinished and runs nothing. Create it again to complete it, or delete it.",
      cause,
    },
  );
}

/** Removes what this creation wrote, then throws `error` with a word about what is left. */
async function undo(
  management: ManagementCluster,
  plan: CreationPlan,
  claimed: KubeObject | undefined,
  error: unknown,
): Promise<never> {
  const { name } = plan.cluster;
  const options = { signal: AbortSignal.timeout(UNDO_MS) };
  try {
    const left = await management.get({ ...CLUSTER, ...plan.cluster }, options);
    const isOurs =
      left !== undefined &&
      left.metadata.annotations?.[UNFINISHED] === plan.hash &&
      // A claim whose answer never came is ours by its hash; one that came, by its uid.
      (claimed === undefined
        ? !isPaletteError(error, "AlreadyExists")
        : left.metadata.uid === claimed.metadata.uid);
    if (isOurs) {
      await removeWhole(management, left, options);
    }
  } catch (cause) {
    throw new PaletteError(
      isPaletteError(error) && error.code !== "Cancelled" ? error.code : "Refused",
      `Creating cluster ${name} was stopped, and undoing it did not end: ${isPaletteError(cause) ? cause.message : String(cause)}`,
      {
        next: `What is left is marked unfinished and runs nothing. Delete cluster ${name} to remove it.`,
        cause: error,
      },
    );
  }
  throw withNext(error, "Everything that was written for it is removed; the published profile stays.");
}

/** Removes a Cluster that was never let go, and waits until nothing of it is left. */
async function removeWhole(
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

/** The same error with one more sentence of advice. */
function withNext(error: unknown, sentence: string): unknown {
  if (!isPaletteError(error)) {
    return error;
  }
  return new PaletteError(error.code, error.message, {
    ...(error.engine === undefined ? {} : { engine: error.engine }),
    next: error.next === undefined ? sentence : `${sentence} ${error.next}`,
    cause: error.cause,
  });
}
