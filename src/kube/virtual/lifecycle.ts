import { VIRTUAL_PAUSED } from "../../cluster/index.ts";
import { VALUES_KEY } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import { virtualName, withReplicas } from "../../virtual/index.ts";
import { POD } from "../kinds.ts";
import { type CallOptions, type ClusterRef, type ManagementCluster, refOf } from "../management.ts";
import { controlPlaneSelector } from "./endpoint.ts";
import { findHost, type HostRef, withHost } from "./host.ts";
import type { VirtualOptions } from "./model.ts";
import { readRecord, recordRef, type VirtualRecord } from "./record.ts";
import { register, registrationRef } from "./register.ts";
import { until, type WaitOptions } from "./release.ts";

/** On pods of a host that belong to a virtual cluster (vCluster). */
const MANAGED_BY = "vcluster.loft.sh/managed-by";
const STEPS = 3;

/**
 * Pauses a virtual cluster: its control plane and all pods of it are taken off the host; volumes, addresses and quota
 * stay. Ends when the pods are gone. Does nothing to one that is paused. Throws `NotFound`, `Refused` and `Unreachable`.
 */
export async function pauseVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  { onProgress, signal, limitMs }: VirtualOptions = {},
): Promise<void> {
  const record = await readRecord(management, ref, { signal });
  const host = await hostOf(management, record, { signal });
  const step = (done: number, text: string): void => onProgress?.({ step: text, done, total: STEPS });
  step(0, `Pausing ${ref.name}`);
  const { text, before } = withReplicas(record.values, 0);
  const label = { metadata: { labels: { [VIRTUAL_PAUSED]: String(record.pausedFrom ?? before) } } };
  await management.patch(registrationRef(ref), { ...label, spec: { paused: true } }, { signal });
  // What was seen last is not true any more, and nobody looks while it is paused.
  const unseen = { status: { ready: false, connectionStatus: null, failureMessage: null } };
  await management.patch(registrationRef(ref), unseen, { signal, subresource: "status" });
  await management.patch(recordRef(ref), { ...label, data: { [VALUES_KEY]: text } }, { signal });
  await withHost(management, host, { signal }, async (cluster) => {
    step(1, `Stopping its control plane on ${host.name}`);
    await podsAre((pods) => pods.length === 0, cluster, controlPlaneSelector(ref.name), ref, {
      signal,
      limitMs,
    });
    step(2, `Stopping its pods on ${host.name}`);
    const own = `${MANAGED_BY}=${ref.name}`;
    for (const pod of await podsOn(cluster, ref, own, { signal })) {
      await cluster.delete(refOf(pod), { signal });
    }
    await podsAre((pods) => pods.length === 0, cluster, own, ref, { signal, limitMs });
  });
  step(STEPS, `${ref.name} is paused`);
}

/**
 * Starts a paused virtual cluster again and waits until the management cluster has connected to it. Throws `NotFound`,
 * `Refused` and `Unreachable`.
 */
export async function resumeVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  { onProgress, signal, limitMs }: VirtualOptions = {},
): Promise<void> {
  const record = await readRecord(management, ref, { signal });
  const host = await hostOf(management, record, { signal });
  const step = (done: number, text: string): void => onProgress?.({ step: text, done, total: STEPS });
  step(0, `Starting the control plane of ${ref.name} on ${host.name}`);
  if (record.pausedFrom !== undefined) {
    const { text } = withReplicas(record.values, record.pausedFrom);
    await management.patch(recordRef(ref), { data: { [VALUES_KEY]: text } }, { signal });
  }
  await withHost(management, host, { signal }, (cluster) =>
    podsAre((pods) => pods.some(isReady), cluster, controlPlaneSelector(ref.name), ref, { signal, limitMs }),
  );
  step(1, `Connecting ${management.name} to ${ref.name}`);
  const awake = { metadata: { labels: { [VIRTUAL_PAUSED]: null } } };
  await management.patch(registrationRef(ref), { ...awake, spec: { paused: null } }, { signal });
  await register(management, host, record, { signal, limitMs });
  await management.patch(recordRef(ref), awake, { signal });
  step(STEPS, `${ref.name} is running`);
}

async function hostOf(
  management: ManagementCluster,
  { request, host, deleting }: VirtualRecord,
  options: CallOptions,
): Promise<HostRef> {
  const { name, namespace } = request;
  if (deleting) {
    throw new PaletteError("Refused", `Virtual cluster ${name} is being deleted`);
  }
  const found = await findHost(management, { namespace, name: host }, options);
  if (found === undefined) {
    throw new PaletteError("NotFound", `Host ${host} of virtual cluster ${name} is gone`, {
      next: "Delete the virtual cluster as well.",
    });
  }
  if ((await management.get(registrationRef({ namespace, name }), options)) === undefined) {
    throw new PaletteError("Refused", `Virtual cluster ${name} was never connected`, {
      next: "Create it again to go on, or delete it.",
    });
  }
  return found;
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
  as: (pods: readonly KubeObject[]) => boolean,
  host: ManagementCluster,
  labelSelector: string,
  ref: ClusterRef,
  options: WaitOptions,
): Promise<void> {
  let pods: readonly KubeObject[] = [];
  await until(
    async () => {
      pods = await podsOn(host, ref, labelSelector, options);
      return as(pods);
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

function isReady({ status }: KubeObject): boolean {
  const conditions = (mapOf(status).conditions ?? []) as readonly { type: string; status: string }[];
  return conditions.some(({ type, status: value }) => type === "Ready" && value === "True");
}
