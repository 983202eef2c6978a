import { VIRTUAL_DELETING } from "../../cluster/index.ts";
import { attachedProfiles } from "../../layers/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import { virtualName } from "../../virtual/index.ts";
import { letGo } from "../imports/letGo.ts";
import { CLUSTER_SUMMARY, LAYER_PROFILE } from "../kinds.ts";
import { detachProfile } from "../layers/detach.ts";
import { abandonRemovals, begunRemovals } from "../layers/withdraw.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { until } from "../until.ts";
import { findHost, type HostRef, withHost } from "./host.ts";
import type { VirtualOptions } from "./model.ts";
import { removeNamespace } from "./namespace.ts";
import { readRecord, recordRef } from "./record.ts";
import { registrationRef, registrationSecretRef } from "./register.ts";
import { releaseSummary, releaseTrouble } from "./release.ts";

const STEPS = 4;

/**
 * Deletes a virtual cluster and everything on it: its attached profiles, what the management cluster knows of it,
 * vCluster on the host, and its namespace there with its volumes. Ends when nothing is left on either side; stopped
 * before, it goes on when it is called again. A host that is gone itself is passed over. Throws `NotFound`, `Refused`
 * and `Unreachable` with what still stands in the way.
 */
export async function deleteVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  options: VirtualOptions = {},
): Promise<void> {
  const { signal } = options;
  const record = await readRecord(management, ref, { signal });
  await management.patch(
    recordRef(ref),
    { metadata: { labels: { [VIRTUAL_DELETING]: "true" } } },
    { signal },
  );
  const host = await findHost(management, { namespace: ref.namespace, name: record.host }, { signal });
  try {
    await removeVirtualCluster(management, ref, host, options);
  } catch (error) {
    if (!isPaletteError(error) || error.code === "Cancelled") {
      throw error;
    }
    throw new PaletteError(error.code, `${ref.name} is not deleted yet: ${error.message}`, {
      ...(error.engine === undefined ? {} : { engine: error.engine }),
      next: `${error.next === undefined ? "" : `${error.next} `}Deleting it again goes on from there.`,
      cause: error.cause,
    });
  }
}

/** As `deleteVirtualCluster`, of one that may have been written in part only. `host` is absent where it is gone. */
export async function removeVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  host: HostRef | undefined,
  { onProgress, signal, limitMs }: VirtualOptions,
): Promise<void> {
  const { name, namespace } = ref;
  const step = (done: number, text: string): void => onProgress?.({ step: text, done, total: STEPS });
  step(0, "Letting go of attached profiles");
  await detachAll(management, ref, { signal });
  await management.delete(registrationRef(ref), { signal });
  await management.delete(registrationSecretRef(ref), { signal });
  step(1, `Removing vCluster${host === undefined ? "" : ` from ${host.name}`}`);
  const profile = { ...LAYER_PROFILE, namespace, name: virtualName(name) };
  let trouble: string | undefined;
  await management.delete(profile, { signal });
  await until(
    async () => {
      const summaries = await management.list(CLUSTER_SUMMARY, { namespace, signal });
      const summary = releaseSummary(summaries, name);
      trouble = releaseTrouble(summary);
      return summary === undefined && (await management.get(profile, { signal })) === undefined;
    },
    { signal, limitMs },
    (seconds) =>
      new PaletteError("Refused", `Sveltos did not remove vCluster of ${name} within ${seconds} s`, {
        ...(trouble === undefined ? {} : { engine: trouble }),
        next: "See that the management cluster reaches the host.",
      }),
  );
  if (host !== undefined) {
    step(2, `Removing namespace vcluster-${name} from ${host.name}`);
    await withHost(management, host, { signal }, (cluster) =>
      removeNamespace(cluster, ref, { signal, limitMs }),
    );
  }
  await management.delete(recordRef(ref), { signal });
  step(STEPS, `${name} is gone`);
}

/** Takes all profiles off; their software goes with the virtual cluster. */
async function detachAll(
  management: ManagementCluster,
  ref: ClusterRef,
  { signal }: CallOptions,
): Promise<void> {
  const registered = await management.get(registrationRef(ref), { signal });
  if (registered === undefined) {
    return;
  }
  await abandonRemovals(management, await begunRemovals(management, ref, { signal }), { signal });
  for (const { name: profile } of attachedProfiles(registered.metadata.labels)) {
    await detachProfile(management, ref, { profile, removeSoftware: false }, { signal });
  }
  await letGo(management, ref, { signal });
}
