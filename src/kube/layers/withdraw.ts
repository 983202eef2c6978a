import { WITHDRAW_LABEL } from "../../layers/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { hasLostRival, isSettled } from "../../status/rivals.ts";
import { CLUSTER_SUMMARY, LAYER_PROFILE } from "../kinds.ts";
import {
  type CallOptions,
  type ClusterRef,
  type ManagementCluster,
  refOf,
  type TaskOptions,
} from "../management.ts";
import { until } from "../until.ts";
import { pause } from "../watch.ts";
import { byOwner } from "./objects.ts";
import { wakeStranded } from "./wake.ts";

const LOOK_MS = 1000;
const HANDOVER_LOOKS = 60;
/** On a withdrawing object that owns nothing any more. */
const RELEASED = "palette-onboarding/released";
const GO_ON = "See that the management cluster reaches the cluster, then try again: it goes on where it was.";

/**
 * Takes software off a cluster by withdrawing objects (`withdrawingObjects`, `droppingObjects`): they take it over once
 * `release` has taken the cluster from its present owner, then go one after the other, and Sveltos removes what each
 * owns. May be called again where it was stopped. Throws `Refused` where Sveltos takes too long, what reading and writing throw, and
 * `Cancelled`.
 */
export async function withdraw(
  management: ManagementCluster,
  objects: readonly KubeObject[],
  release: () => Promise<void>,
  { onProgress, signal }: TaskOptions,
): Promise<void> {
  const copies = objects.filter(({ kind }) => kind === LAYER_PROFILE.kind);
  const total = copies.length + 1;
  await writeWithdrawing(management, objects, { signal });
  await release();
  if (copies.length === 0) {
    return;
  }
  onProgress?.({ step: "Taking over the software", done: 0, total });
  let left = copies;
  await until(
    async () => {
      const namespace = copies[0]?.metadata.namespace;
      const all = await management.list(CLUSTER_SUMMARY, { namespace, signal });
      await wakeStranded(management, all, { signal });
      const summaries = byOwner(all);
      left = copies.filter(({ metadata }) => {
        const summary = summaries.get(metadata.name);
        // One that was stopped while it went may have none any more.
        const isGoing = metadata.deletionTimestamp !== undefined;
        return !isGoing && (summary === undefined || !isSettled(summary, all));
      });
      return left.length === 0;
    },
    { signal },
    (seconds) =>
      new PaletteError(
        "Refused",
        `Sveltos did not take over ${left.map(({ metadata }) => metadata.name).join(", ")} within ${seconds} s`,
        {
          next: GO_ON,
        },
      ),
  );
  for (const [i, copy] of copies.entries()) {
    onProgress?.({ step: `Removing ${copy.metadata.name}`, done: i + 1, total });
    await management.delete(refOf(copy), { signal });
    await released(management, copy, { signal });
  }
  await gone(management, copies, { signal });
}

/** Writes withdrawing objects that are not there yet, and the manifests that they refer to, which go with them. */
export async function writeWithdrawing(
  management: ManagementCluster,
  objects: readonly KubeObject[],
  { signal }: CallOptions,
): Promise<void> {
  const written = new Map<string, KubeObject>();
  // Those of a removal that was stopped are there.
  for (const object of objects.filter(({ metadata }) => metadata.uid === undefined)) {
    const { uid } = (await management.apply(object, { signal })).metadata;
    const manifests = written.get(object.metadata.name);
    if (manifests !== undefined && uid !== undefined) {
      const { apiVersion, kind, metadata } = object;
      const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid }];
      await management.apply(
        { ...manifests, metadata: { ...manifests.metadata, ownerReferences } },
        { signal },
      );
    }
    written.set(object.metadata.name, object);
  }
}

/**
 * Waits until objects have let go of a cluster, and wakes who waits for their releases in vain. Ends too when nothing
 * happens for a minute: a cluster that does not answer is let go of when it does, and Sveltos goes on by itself.
 */
export async function handOver(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  leaving: readonly KubeObject[],
  { signal }: CallOptions,
): Promise<void> {
  const names = new Set(leaving.map(({ metadata }) => metadata.name));
  let before: number | undefined;
  for (let looks = 0; looks < HANDOVER_LOOKS; looks++) {
    const all = await management.list(CLUSTER_SUMMARY, { namespace, signal });
    await wakeStranded(management, all, { signal });
    const waiting = all.filter(
      (each) =>
        (each.spec as { clusterName?: string }).clusterName === name &&
        (each.metadata.ownerReferences?.some((owner) => names.has(owner.name)) === true ||
          hasLostRival(each, all)),
    ).length;
    if (waiting === 0) {
      return;
    }
    if (waiting !== before) {
      before = waiting;
      looks = 0;
    }
    await pause(LOOK_MS, signal ?? new AbortController().signal);
  }
}

/** Withdrawing objects for a cluster that are still there. */
export function begunRemovals(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions,
): Promise<KubeObject[]> {
  return management.list(LAYER_PROFILE, {
    ...options,
    namespace,
    labelSelector: `${WITHDRAW_LABEL}=${name}`,
  });
}

/** Ends a removal that was stopped: what it owns stays, for whoever brings it next. */
export async function abandonRemovals(
  management: ManagementCluster,
  copies: readonly KubeObject[],
  { signal }: CallOptions,
): Promise<void> {
  for (const copy of copies) {
    await management.patch(refOf(copy), { spec: { stopMatchingBehavior: "LeavePolicies" } }, { signal });
    await management.delete(refOf(copy), { signal });
  }
  // Their names are taken until then.
  await gone(management, copies, { signal });
}

/** Waits until Sveltos has removed, or let go of, what a withdrawing object that was deleted owns. */
function released(management: ManagementCluster, copy: KubeObject, { signal }: CallOptions): Promise<void> {
  const { name, namespace } = copy.metadata;
  return until(
    async () => !byOwner(await management.list(CLUSTER_SUMMARY, { namespace, signal })).has(name),
    { signal },
    (seconds) => notEnded(copy, seconds),
  );
}

/** Waits until withdrawing objects that were deleted are gone. */
async function gone(
  management: ManagementCluster,
  copies: readonly KubeObject[],
  { signal }: CallOptions,
): Promise<void> {
  for (const copy of copies) {
    await released(management, copy, { signal });
    await hasten(management, copy, { signal });
  }
  for (const copy of copies) {
    await until(
      async () => (await management.get(refOf(copy), { signal })) === undefined,
      { signal },
      (seconds) => notEnded(copy, seconds),
    );
  }
}

/** Sveltos looks every ten seconds only at an object that owns nothing any more and goes; at once when it changes. */
async function hasten(
  management: ManagementCluster,
  copy: KubeObject,
  { signal }: CallOptions,
): Promise<void> {
  try {
    await management.patch(refOf(copy), { metadata: { annotations: { [RELEASED]: "true" } } }, { signal });
  } catch (error) {
    // It is gone already.
    if (!isPaletteError(error, "NotFound")) {
      throw error;
    }
  }
}

function notEnded({ metadata }: KubeObject, seconds: number): PaletteError {
  return new PaletteError("Refused", `Sveltos did not end ${metadata.name} within ${seconds} s`, {
    next: GO_ON,
  });
}
