import { VALUES_KEY } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import {
  quantity,
  quotaOf,
  REQUEST_ANNOTATION,
  resizeProblems,
  type VirtualProblem,
  type VirtualResources,
  virtualName,
  withResources,
} from "../../virtual/index.ts";
import { RESOURCE_QUOTA } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { until } from "../until.ts";
import { virtualFacts } from "./facts.ts";
import { withHost } from "./host.ts";
import { begin, STEPS, waitIdle, waker } from "./lifecycle.ts";
import type { VirtualOptions } from "./model.ts";
import { readRecord, recordRef } from "./record.ts";

/** What a virtual cluster may use, and what would speak against other resources. Throws `NotFound`. */
export async function sizeOf(
  management: ManagementCluster,
  ref: ClusterRef,
  { signal }: CallOptions = {},
): Promise<{
  readonly resources: VirtualResources;
  problems(resources: VirtualResources): readonly VirtualProblem[];
}> {
  const [record, facts] = await Promise.all([
    readRecord(management, ref, { signal }),
    virtualFacts(management, ref.namespace, { signal }),
  ]);
  return {
    resources: record.request.resources,
    problems: (resources) => resizeProblems(record, resources, facts),
  };
}

/**
 * Gives a virtual cluster other resources: its quota on the host changes. vCluster's chart starts the control plane anew
 * with any other value; what runs on the virtual cluster goes on. Ends when both are there; stopped before, it goes on
 * when it is called again. Throws `InvalidDocument` with what speaks against it, and
 * nothing is changed then; `NotFound`, `Refused` (it is paused or being deleted, or Sveltos refuses) and `Unreachable`.
 */
export async function resizeVirtualCluster(
  management: ManagementCluster,
  ref: ClusterRef,
  resources: VirtualResources,
  options: VirtualOptions = {},
): Promise<void> {
  const { signal, limitMs } = options;
  const { record, host, step } = await begin(management, ref, options);
  if (record.pausedFrom !== undefined) {
    throw new PaletteError("Refused", `Virtual cluster ${ref.name} is paused`, { next: "Resume it first." });
  }
  const [problem] = (await sizeOf(management, ref, { signal }))
    .problems(resources)
    .filter(({ severity }) => severity === "error");
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", `${ref.name} stays as it is: ${problem.message}`, {
      next: problem.next,
    });
  }
  step(0, `Changing what ${ref.name} may use of ${host.name}`);
  await waitIdle(management, ref, { signal, limitMs });
  const request = JSON.stringify({ ...record.request, resources });
  await management.patch(
    recordRef(ref),
    {
      metadata: { annotations: { [REQUEST_ANNOTATION]: request } },
      data: { [VALUES_KEY]: withResources(record.values, resources) },
    },
    { signal },
  );
  step(1, `Waiting until ${host.name} has its new quota`);
  const there = waker<readonly KubeObject[]>(management, ref, (quotas) => quotas.some(isOf(resources)), {
    signal,
  });
  await withHost(management, host, { signal }, (cluster) =>
    until(
      async () => there(await cluster.list(RESOURCE_QUOTA, { namespace: virtualName(ref.name), signal })),
      { signal, limitMs },
      (seconds) =>
        new PaletteError("Refused", `${host.name} has no new quota for ${ref.name} after ${seconds} s`, {
          next: "See that the management cluster reaches the host, then try again: it goes on where it was.",
        }),
    ),
  );
  step(2, `Starting the control plane of ${ref.name} anew`);
  await waitIdle(management, ref, { signal, limitMs });
  step(STEPS, `${ref.name} has its new size`);
}

/** Whether a quota is that of resources. */
function isOf(resources: VirtualResources): (quota: KubeObject) => boolean {
  const wanted = Object.entries(quotaOf(resources));
  return ({ spec }) => {
    const hard = mapOf(mapOf(spec).hard);
    return wanted.every(([key, value]) => quantity(String(hard[key])) === quantity(value));
  };
}
