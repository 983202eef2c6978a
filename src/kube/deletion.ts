import { isUnfinished } from "../cluster/index.ts";
import { isPaletteError, PaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { clusterStatuses } from "../status/index.ts";
import { STATUS_KINDS } from "./fleet.ts";
import { CLUSTER } from "./kinds.ts";
import { forgetLogins } from "./layers/logins.ts";
import type { CallOptions, ClusterRef, ManagementCluster, TaskOptions } from "./management.ts";
import { clusterNotFound, objectsLabeled, objectsWithoutNamespace } from "./objects.ts";
import { until } from "./until.ts";
import { refuseHost } from "./virtual/guard.ts";
import { watchUntil } from "./wait.ts";

/** How long the garbage collector may take for what the cluster's controllers leave to it. */
const COLLECTED_MS = 60_000;
const LOOK_MS = 500;

/**
 * Deletes a cluster and waits until it and everything that belongs to it is gone, however long its controllers
 * take; progress names what remains and what the deletion waits for. Published profiles stay. A cancel ends the
 * waiting, not the deletion. Throws `NotFound`, and `Refused` for a paused cluster, which nobody would delete,
 * and for the host of virtual clusters.
 */
export async function deleteCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  { onProgress, signal }: TaskOptions = {},
): Promise<void> {
  const key = { ...CLUSTER, ...ref };
  const cluster = await management.get(key, { signal });
  if (cluster === undefined) {
    throw clusterNotFound(management, ref);
  }
  if (isPaused(cluster) && !isUnfinished(cluster)) {
    throw new PaletteError("Refused", `Cluster ${ref.name} is paused, so nothing of it would be deleted`, {
      next: "Unpause it first.",
    });
  }
  await refuseHost(management, ref, { signal });
  onProgress?.({ step: `Deleting cluster ${ref.name}`, done: 0, total: 1 });
  await removeCluster(management, cluster, { signal });
  let most = 1;
  let last = "";
  await watchUntil(management, ref, STATUS_KINDS, signal, (objects) => {
    if (
      !objects.some(({ kind, metadata }) => kind === CLUSTER.kind && metadata.uid === cluster.metadata.uid)
    ) {
      return true;
    }
    most = Math.max(most, objects.length);
    const step = remaining(objects, management.now());
    if (step !== last) {
      last = step;
      onProgress?.({ step, done: most - objects.length, total: most });
    }
    return undefined;
  });
  await waitCollected(management, ref, { signal });
  await forgetLogins(management, ref.namespace, { signal });
}

/** Deletes exactly this Cluster object, and lets its controllers do their part where its creation had paused them. */
export async function removeCluster(
  management: ManagementCluster,
  cluster: KubeObject,
  options: CallOptions,
): Promise<void> {
  const { namespace = "default", name, uid } = cluster.metadata;
  const key = { ...CLUSTER, namespace, name };
  // Deleted first and unpaused then, so that nothing is provisioned in between.
  await management.delete(key, { ...options, uid });
  if (!isPaused(cluster)) {
    return;
  }
  const left = await management.get(key, options);
  if (left?.metadata.uid === uid && left !== undefined) {
    await management
      .patch(key, { metadata: { uid }, spec: { paused: null } }, options)
      .catch((error: unknown) => {
        if (!isPaletteError(error, "NotFound")) {
          throw error;
        }
      });
  }
}

/**
 * Removes what the Cluster could not own, and waits until nothing is labeled with the cluster's name any more.
 * Throws `Refused` with what remains.
 */
export async function waitCollected(
  management: ManagementCluster,
  ref: ClusterRef,
  { signal }: CallOptions,
): Promise<void> {
  for (const { apiVersion, kind, metadata } of await objectsWithoutNamespace(management, ref, { signal })) {
    await management.delete({ apiVersion, kind, name: metadata.name }, { signal });
  }
  let left: readonly KubeObject[] = [];
  await until(
    async () => {
      left = await objectsLabeled(management, ref, { signal });
      return left.length === 0;
    },
    { signal, limitMs: COLLECTED_MS, lookMs: LOOK_MS },
    () => {
      const names = left.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(", ");
      return new PaletteError(
        "Refused",
        `Cluster ${ref.name} is gone, but something of it remains: ${names}`,
        { next: "Look at the finalizers of these objects." },
      );
    },
  );
}

function isPaused(cluster: KubeObject): boolean {
  return (cluster.spec as { paused?: boolean } | undefined)?.paused === true;
}

/** What is left of a cluster that is being deleted, and what it waits for, as one phrase. */
function remaining(objects: readonly KubeObject[], now: Date): string {
  const machines = objects.filter(({ kind }) => kind === "Machine").length;
  const [status] = clusterStatuses(objects, now);
  const left = machines === 0 ? "" : `${machines} ${machines === 1 ? "machine" : "machines"} left`;
  const cause = status?.headline.replace(/^Deleting(?:: )?/, "") ?? "";
  return [left, cause].filter((part) => part !== "").join(": ") || "Deleting";
}
