import { setTimeout as pause } from "node:timers/promises";
import { WITHDRAW_LABEL } from "../../layers/index.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { isSettled } from "../../status/layers.ts";
import { CLUSTER_SUMMARY, LAYER_PROFILE } from "../kinds.ts";
import {
  type CallOptions,
  type ClusterRef,
  type ManagementCluster,
  refOf,
  type TaskOptions,
} from "../management.ts";

const LOOK_MS = 1000;

/**
 * Takes software off a cluster by withdrawing objects (`withdrawingObjects`): they take it over once `release` has
 * taken the cluster from its present owner, then go one after the other, and Sveltos removes what each owns. May be
 * called again where it was stopped. Throws what reading and writing throw, and `Cancelled`.
 */
export async function withdraw(
  management: ManagementCluster,
  copies: readonly KubeObject[],
  release: () => Promise<void>,
  { onProgress, signal }: TaskOptions,
): Promise<void> {
  const total = copies.length + 1;
  for (const copy of copies) {
    await management.apply(copy, { signal });
  }
  await release();
  onProgress?.({ step: "Taking over the software", done: 0, total });
  await until(async () => {
    const summaries = await summariesOf(management, copies, signal);
    return copies.every(({ metadata }) => {
      const summary = summaries.get(metadata.name);
      return summary !== undefined && isSettled(summary);
    });
  }, signal);
  for (const [i, copy] of copies.entries()) {
    onProgress?.({ step: `Removing ${copy.metadata.name}`, done: i + 1, total });
    await management.delete(refOf(copy), { signal });
    await until(async () => (await management.get(refOf(copy), { signal })) === undefined, signal);
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
    // Its name is taken until then.
    await until(async () => (await management.get(refOf(copy), { signal })) === undefined, signal);
  }
}

/** ClusterSummaries by the name of the object that they belong to. */
async function summariesOf(
  management: ManagementCluster,
  copies: readonly KubeObject[],
  signal: AbortSignal | undefined,
): Promise<Map<string, KubeObject>> {
  const namespace = copies[0]?.metadata.namespace;
  const all = await management.list(CLUSTER_SUMMARY, { namespace, signal });
  return new Map(
    all.flatMap((summary) => (summary.metadata.ownerReferences ?? []).map(({ name }) => [name, summary])),
  );
}

async function until(done: () => Promise<boolean>, signal: AbortSignal | undefined): Promise<void> {
  while (!(await done())) {
    await pause(LOOK_MS, undefined, signal === undefined ? {} : { signal });
  }
}
