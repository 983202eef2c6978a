import type { KubeObject } from "../../shared/kubernetes.ts";
import { isStranded } from "../../status/rivals.ts";
import { type CallOptions, type ManagementCluster, refOf } from "../management.ts";

interface Status {
  readonly featureSummaries?: readonly object[];
  readonly helmReleaseSummaries?: readonly object[];
}

/** base64, and the hash of nothing. */
const NO_HASH = "cmV0cnk=";

/**
 * Has Sveltos look at a ClusterSummary again, now. It passes over what it believes to be as it should, and over what it
 * has given up, so what it remembers is made void in the status.
 */
export async function wake(
  management: ManagementCluster,
  summary: KubeObject,
  options: CallOptions,
): Promise<void> {
  const { featureSummaries = [], helmReleaseSummaries = [] } = (summary.status ?? {}) as Status;
  const status: Status = {
    featureSummaries: featureSummaries.map((each) => ({ ...each, hash: NO_HASH })),
    helmReleaseSummaries: helmReleaseSummaries.map((each) => ({ ...each, valuesHash: NO_HASH })),
  };
  await management.patch(refOf(summary), { status }, { ...options, subresource: "status" });
}

/** Wakes those of `summaries`, all of a namespace, that wait for an owner of their release who is gone. */
export async function wakeStranded(
  management: ManagementCluster,
  summaries: readonly KubeObject[],
  options: CallOptions,
): Promise<void> {
  for (const summary of summaries.filter((each) => isStranded(each, summaries))) {
    await wake(management, summary, options);
  }
}
