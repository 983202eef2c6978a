import { VIRTUAL_PAUSED } from "../../cluster/index.ts";
import { VALUES_KEY } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import { virtualName, withReplicas } from "../../virtual/index.ts";
import { CLUSTER_SUMMARY, POD } from "../kinds.ts";
import { wake } from "../layers/wake.ts";
import { type CallOptions, type ClusterRef, type ManagementCluster, refOf } from "../management.ts";
import { type UntilOptions, until } from "../until.ts";
import { controlPlaneSelector } from "./endpoint.ts";
import { findHost, withHost } from "./host.ts";
import type { VirtualOptions } from "./model.ts";
import { readRecord, recordRef } from "./record.ts";
import { register, registrationRef } from "./register.ts";
import { isWorking, releaseSummary } from "./release.ts";

/** On pods of a host that belong to a virtual cluster (vCluster). */
const MANAGED_BY = "vcluster.loft.sh/managed-by";
/** How many steps a change of a virtual cluster has. */
export const STEPS = 3;
/** Looks, a second each, after which Sveltos is believed to have missed new values. */
const IDLE_LOOKS = 10;

type Pods = readonly KubeObject[];

/**
 * Pauses a virtual cluster: its control plane and all pods of it are taken off the host; volumes, addresses and quota
 * stay. Ends when the pods are gone. Does nothing to one that is paused. Throws `NotFound`, `Refused` and `Unreachable`.
 */
export async function pauseVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  options: VirtualOptions = {},
): Promise<void> {
  const { record, host, step } = await begin(management, ref, options);
  const { signal, limitMs } = options;
  step(0, `Pausing ${ref.name}`);
  const { text, before } = withReplicas(record.values, 0);
  const label = { metadata: { labels: { [VIRTUAL_PAUSED]: String(record.pausedFrom ?? before) } } };
  await management.patch(registrationRef(ref), { ...label, spec: { paused: true } }, { signal });
  // What was seen last is not true any more, and nobody looks while it is paused.
  const unseen = { status: { ready: false, connectionStatus: null, failureMessage: null } };
  await management.patch(registrationRef(ref), unseen, { signal, subresource: "status" });
  await waitIdle(management, ref, { signal, limitMs });
  await management.patch(recordRef(ref), { ...label, data: { [VALUES_KEY]: text } }, { signal });
  await withHost(management, host, { signal }, async (cluster) => {
    step(1, `Stopping its control plane on ${host.name}`);
    const gone = waker<Pods>(management, ref, (pods) => pods.length === 0, { signal });
    await podsAre(gone, cluster, controlPlaneSelector(ref.name), ref, { signal, limitMs });
    step(2, `Stopping its pods on ${host.name}`);
    const own = `${MANAGED_BY}=${ref.name}`;
    for (const pod of await podsOn(cluster, ref, own, { signal })) {
      await cluster.delete(refOf(pod), { signal });
    }
    await podsAre((pods) => pods.length === 0, cluster, own, ref, { signal, limitMs });
  });
  await waitIdle(management, ref, { signal, limitMs });
  step(STEPS, `${ref.name} is paused`);
}

/**
 * Starts a paused virtual cluster again and waits until the management cluster has connected to it. Throws `NotFound`,
 * `Refused` and `Unreachable`.
 */
export async function resumeVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  options: VirtualOptions = {},
): Promise<void> {
  const { record, host, step } = await begin(management, ref, options);
  const { signal, limitMs } = options;
  step(0, `Starting the control plane of ${ref.name} on ${host.name}`);
  if (record.pausedFrom !== undefined) {
    const { text } = withReplicas(record.values, record.pausedFrom);
    await waitIdle(management, ref, { signal, limitMs });
    await management.patch(recordRef(ref), { data: { [VALUES_KEY]: text } }, { signal });
  }
  const ready = waker<Pods>(management, ref, (pods) => pods.some(isReady), { signal });
  await withHost(management, host, { signal }, (cluster) =>
    podsAre(ready, cluster, controlPlaneSelector(ref.name), ref, { signal, limitMs }),
  );
  await waitIdle(management, ref, { signal, limitMs });
  step(1, `Connecting ${management.name} to ${ref.name}`);
  const awake = { metadata: { labels: { [VIRTUAL_PAUSED]: null } } };
  await management.patch(registrationRef(ref), { ...awake, spec: { paused: null } }, { signal });
  await register(management, host, record, { signal, limitMs });
  await management.patch(recordRef(ref), awake, { signal });
  step(STEPS, `${ref.name} is running`);
}

/**
 * What changing a virtual cluster needs: the record, the host, and who hears of the steps. Throws `NotFound`, and
 * `Refused` for one that is being deleted or was never connected.
 */
export async function begin(
  management: ManagementCluster,
  ref: ClusterRef,
  { onProgress, signal }: VirtualOptions,
) {
  const record = await readRecord(management, ref, { signal });
  const { name, namespace } = ref;
  if (record.deleting) {
    throw new PaletteError("Refused", `Virtual cluster ${name} is being deleted`);
  }
  const host = await findHost(management, { namespace, name: record.host }, { signal });
  if (host === undefined) {
    throw new PaletteError("NotFound", `Host ${record.host} of virtual cluster ${name} is gone`, {
      next: "Delete the virtual cluster as well.",
    });
  }
  if ((await management.get(registrationRef(ref), { signal })) === undefined) {
    throw new PaletteError("Refused", `Virtual cluster ${name} was never connected`, {
      next: "Create it again to go on, or delete it.",
    });
  }
  const step = (done: number, text: string): void => onProgress?.({ step: text, done, total: STEPS });
  return { record, host, step };
}

function podsOn(
  host: ManagementCluster,
  { name }: ClusterRef,
  labelSelector: string,
  options: CallOptions,
): Promise<KubeObject[]> {
  return host.list(POD, { ...options, namespace: virtualName(name), labelSelector });
}

async function podsAre(
  as: (pods: readonly KubeObject[]) => boolean | Promise<boolean>,
  host: ManagementCluster,
  labelSelector: string,
  ref: ClusterRef,
  options: UntilOptions,
): Promise<void> {
  let pods: readonly KubeObject[] = [];
  await until(
    async () => {
      pods = await podsOn(host, ref, labelSelector, options);
      return await as(pods);
    },
    options,
    (seconds) =>
      new PaletteError(
        "Refused",
        `The pods of ${ref.name} on ${host.name} did not get there within ${seconds} s: ${pods.map(({ metadata }) => metadata.name).join(", ") || "there are none"}`,
        { next: `Look at namespace ${virtualName(ref.name)} of ${host.name}, then try again.` },
      ),
  );
}

/**
 * As `as`, and has Sveltos look again where it does not: values that change while it installs others count as installed
 * to it (addon-controller 1.14 takes their hash when it is done).
 */
export function waker<Seen>(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  as: (seen: Seen) => boolean,
  options: CallOptions,
): (seen: Seen) => Promise<boolean> {
  let idle = 0;
  return async (seen) => {
    if (as(seen)) {
      return true;
    }
    const summary = await findSummary(management, { namespace, name }, options);
    idle = summary === undefined || isWorking(summary) ? 0 : idle + 1;
    if (summary !== undefined && idle === IDLE_LOOKS) {
      idle = 0;
      await wake(management, summary, options);
    }
    return false;
  };
}

/** Waits until Sveltos installs nothing for a virtual cluster, well or not. */
export async function waitIdle(
  management: ManagementCluster,
  ref: ClusterRef,
  options: UntilOptions,
): Promise<void> {
  await until(
    async () => {
      const summary = await findSummary(management, ref, options);
      return summary !== undefined && !isWorking(summary);
    },
    options,
    (seconds) =>
      new PaletteError("Refused", `Sveltos still installs vCluster for ${ref.name} after ${seconds} s`, {
        next: "Try again when it is done.",
      }),
  );
}

async function findSummary(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  { signal }: CallOptions,
): Promise<KubeObject | undefined> {
  return releaseSummary(await management.list(CLUSTER_SUMMARY, { namespace, signal }), name);
}

function isReady({ status }: KubeObject): boolean {
  const conditions = (mapOf(status).conditions ?? []) as readonly { type: string; status: string }[];
  return conditions.some(({ type, status: value }) => type === "Ready" && value === "True");
}
