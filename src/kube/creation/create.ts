import { CLAIMED, REQUEST, readPublished, UNFINISHED, WRITING_MS } from "../../cluster/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER } from "../kinds.ts";
import { askForLogins, type LoginConsent } from "../layers/logins.ts";
import type { CallOptions, ManagementCluster, TaskOptions } from "../management.ts";
import { writePublished } from "../published.ts";
import { judgeObjects } from "./dryRun.ts";
import { findName } from "./name.ts";
import type { CreationPlan } from "./plan.ts";
import { leave, removeUnfinished, undo, withAdvice } from "./undo.ts";
import { pastWebhooks } from "./webhooks.ts";

const CLUSTER_FINALIZER = "cluster.cluster.x-k8s.io";

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

export interface CreateOptions extends TaskOptions {
  /**
   * Asked when a refusal or a cancel stops the creation half-way: whether what was written is to be removed, as it is
   * where nobody is asked. Else it is left, marked unfinished and running nothing, and the same request goes on there.
   */
  readonly shouldUndo?: ((error: unknown) => boolean | Promise<boolean>) | undefined;
  /** Where it is absent, no credentials are written that the management cluster does not have. */
  readonly mayWriteLogin?: LoginConsent | undefined;
}

/**
 * Creates the cluster of a plan; ends when everything is written, not when it is available.
 *
 * Everything is judged before anything is written. Then the profile version is published, the name is claimed
 * by a bare, paused Cluster, which only one of several can create, the objects are applied under it, and the
 * pause is lifted last, so that nothing is provisioned from half of the objects.
 * A refusal and a cancel undo what was written, or leave it where `shouldUndo` says so; the published version stays. A
 * lost connection leaves a paused
 * Cluster marked unfinished: the same request goes on there, another request of that name removes it first.
 * A request that was written to its end before is done at once.
 *
 * Throws `AlreadyExists` (the name is taken), `Refused` and `Forbidden` (nothing is left), `Unreachable` (the
 * message says how far it came), `Cancelled` (nothing is left).
 */
export async function createCluster(
  management: ManagementCluster,
  plan: CreationPlan,
  { onProgress, signal, shouldUndo = () => true, mayWriteLogin = () => false }: CreateOptions = {},
): Promise<void> {
  const { name } = plan.cluster;
  const steps = new Steps(plan.logins.length + plan.shared.length + plan.objects.length + 1, onProgress);
  steps.begin(`Checking that ${management.name} takes cluster ${name}`);
  const found = await findName(management, plan, { signal });
  if (found.kind === "done") {
    return;
  }
  if (found.kind === "leftovers") {
    steps.begin(`Removing what an unfinished creation of ${name} left`);
    await removeUnfinished(management, found.cluster, { signal });
  }
  const [refusal] = await judgeObjects(management, plan, { signal });
  if (refusal !== undefined) {
    throw withAdvice(refusal.error, "Nothing was written.");
  }
  await askForLogins(plan.logins, mayWriteLogin);
  for (const { object } of plan.shared) {
    if (readPublished(object) === undefined) {
      steps.begin(`Writing ${object.kind} ${object.metadata.name}`);
      await management.apply(object, { signal });
    } else {
      steps.begin(`Publishing ${object.metadata.name}`);
      await writePublished(management, object, { signal });
    }
    steps.done++;
  }
  // Within this time all is written or it is left to the next attempt (WRITING_MS).
  const limit = AbortSignal.timeout(WRITING_MS);
  const options = { signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) };
  const isLost = (error: unknown): boolean =>
    isPaletteError(error, "Unreachable") || (limit.aborted && signal?.aborted !== true);

  let cluster = found.kind === "resume" ? found.cluster : undefined;
  try {
    steps.begin(`Claiming the name ${name}`);
    cluster = await claim(management, plan, cluster, options);
    await write(management, plan, cluster, steps, options);
    await writeLogins(management, plan, steps, options);
    steps.begin("Handing over to the controllers");
    await release(management, cluster, options);
  } catch (error) {
    if (isLost(error)) {
      throw lost(management, plan, steps, error);
    }
    throw cluster === undefined || (await shouldUndo(error))
      ? await undo(management, plan, cluster, error)
      : await leave(management, cluster, error);
  }
}

/** Creates the Cluster bare and paused, or marks one that is to be gone on with. The webhook asks for its references. */
async function claim(
  management: ManagementCluster,
  { cluster, hash, objects }: CreationPlan,
  unfinished: KubeObject | undefined,
  options: CallOptions,
): Promise<KubeObject> {
  const annotations = { [UNFINISHED]: hash, [CLAIMED]: management.now().toISOString() };
  if (unfinished !== undefined) {
    const { uid } = unfinished.metadata;
    return pastWebhooks(
      () => management.patch({ ...CLUSTER, ...cluster }, { metadata: { uid, annotations } }, options),
      options,
    );
  }
  // A class cannot be given to a Cluster that is there already, so it is claimed with its topology.
  const { controlPlaneRef, infrastructureRef, topology } = specOf(objects[0]);
  const claimed = {
    ...CLUSTER,
    // What its controller sets too, after a while: deleted before that, the Cluster would be gone at once, and
    // what it owns could never go, since its controllers look for their Cluster.
    metadata: { ...cluster, annotations, finalizers: [CLUSTER_FINALIZER] },
    spec: { controlPlaneRef, infrastructureRef, topology, paused: true },
  };
  return pastWebhooks(() => management.create(claimed, options), options);
}

/** Applies every object of the plan under the claimed Cluster. */
async function write(
  management: ManagementCluster,
  { objects, hash }: CreationPlan,
  cluster: KubeObject,
  steps: Steps,
  options: CallOptions,
): Promise<void> {
  const { name, uid = "" } = cluster.metadata;
  for (const object of objects) {
    steps.begin(`Writing ${object.kind} ${object.metadata.name}`);
    const metadata =
      object.kind === CLUSTER.kind
        ? // The uid keeps an apply from making a new Cluster where this one is gone.
          { ...object.metadata, uid, annotations: { ...object.metadata.annotations, [REQUEST]: hash } }
        : object.metadata.namespace === undefined
          ? // An object without a namespace cannot be owned by one with a namespace.
            object.metadata
          : // Nothing outlives the Cluster, not even what is written late.
            { ...object.metadata, ownerReferences: [{ ...CLUSTER, name, uid }] };
    const spec = object.kind === CLUSTER.kind ? { ...specOf(object), paused: true } : object.spec;
    await pastWebhooks(() => management.apply({ ...object, metadata, spec }, options), options);
    steps.done++;
  }
}

/**
 * Only when the Cluster carries its layers: until then nothing needs the credentials, and whoever takes a profile off in
 * this namespace would remove them again.
 */
async function writeLogins(
  management: ManagementCluster,
  { logins }: CreationPlan,
  steps: Steps,
  options: CallOptions,
): Promise<void> {
  for (const { object } of logins) {
    steps.begin(`Writing ${object.kind} ${object.metadata.name}`);
    await management.apply(object, options);
    steps.done++;
  }
}

/** Lets the controllers begin. */
async function release(
  management: ManagementCluster,
  { metadata: { namespace = "default", name, uid } }: KubeObject,
  options: CallOptions,
): Promise<void> {
  const patch = {
    metadata: { uid, annotations: { [UNFINISHED]: null, [CLAIMED]: null } },
    spec: { paused: null },
  };
  await pastWebhooks(() => management.patch({ ...CLUSTER, namespace, name }, patch, options), options);
}

function lost(
  management: ManagementCluster,
  { cluster: { name } }: CreationPlan,
  steps: Steps,
  cause: unknown,
): PaletteError {
  const engine = isPaletteError(cause) ? cause.engine : undefined;
  return new PaletteError(
    "Unreachable",
    `The connection to ${management.name} was lost after ${steps.done} of ${steps.total} steps of creating cluster ${name}`,
    {
      ...(engine === undefined ? {} : { engine }),
      next:
        steps.done === steps.total - 1
          ? "Only the last step is not certain. Create it again to be sure."
          : "What is there is marked unfinished and runs nothing. Create it again to complete it, or delete it.",
      cause,
    },
  );
}

function specOf(object: KubeObject | undefined): Readonly<Record<string, unknown>> {
  return (object?.spec ?? {}) as Readonly<Record<string, unknown>>;
}
