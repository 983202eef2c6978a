import { PROFILE } from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";

/** What of a ClusterSummary tells who has what it wants (addon-controller 1.14). */
interface Status {
  readonly featureSummaries?: readonly { readonly status: string; readonly failureMessage?: string }[];
  readonly helmReleaseSummaries?: readonly { readonly status?: string; readonly conflictMessage?: string }[];
}

/** Who has a release or an object that a ClusterSummary wants. */
interface Rival {
  /** Its own ClusterSummary; none once it is gone. */
  readonly summary: KubeObject | undefined;
  readonly isGone: boolean;
  /** Sveltos' words. */
  readonly message: string;
}

/** What Sveltos says for a moment, when a cluster moves from one version to the next or somebody wrote before it did. */
const HANDOVER = /conflict is still in progress|managed by another|the object has been modified/i;
const RELEASE = /ClusterSummary (?:\S+\/)?(\S+) managing it/;
const OBJECT = /The Sveltos profile currently deploying this resource is (?:Cluster)?Profile ([^\s;]+)/;

/** Who stands in the way of a ClusterSummary. `summaries` are all of its namespace. */
function rivalOf({ spec, status }: KubeObject, summaries: readonly KubeObject[]): Rival | undefined {
  const { featureSummaries = [], helmReleaseSummaries = [] } = (status ?? {}) as Status;
  const release = helmReleaseSummaries.find((each) => each.status === "Conflict");
  if (release !== undefined) {
    const { conflictMessage: message = "Another profile owns the release" } = release;
    const name = RELEASE.exec(message)?.[1];
    const summary = summaries.find(({ metadata }) => metadata.name === name);
    return { summary, isGone: name !== undefined && summary === undefined, message };
  }
  for (const { status: state, failureMessage: message = "" } of featureSummaries) {
    const name = state.startsWith("Failed") ? OBJECT.exec(message)?.[1] : undefined;
    if (name !== undefined) {
      const summary = summaries.find(
        (each) =>
          clusterOf(each.spec) === clusterOf(spec) &&
          each.metadata.ownerReferences?.some((owner) => owner.name === name) === true,
      );
      return { summary, isGone: summary === undefined, message };
    }
  }
  return undefined;
}

function clusterOf(spec: unknown): string | undefined {
  return (spec as { readonly clusterName?: string } | undefined)?.clusterName;
}

/**
 * What keeps a ClusterSummary from what it wants: `handover` where versions of one profile pass it on, which takes its
 * time; else why, in words. Nothing where nobody does.
 */
export function hindrance(
  summary: KubeObject,
  summaries: readonly KubeObject[],
): "handover" | { readonly message: string } | undefined {
  const { featureSummaries = [] } = (summary.status ?? {}) as Status;
  if (hasGivenUp(summary) && hasLostRival(summary, summaries)) {
    return { message: "Sveltos did not notice that the release is free. Retry the layer" };
  }
  // What once failed may still stand beside what is there by now.
  if (
    featureSummaries.some(
      ({ status, failureMessage = "" }) => status !== "Provisioned" && HANDOVER.test(failureMessage),
    )
  ) {
    return "handover";
  }
  const rival = rivalOf(summary, summaries);
  if (rival === undefined) {
    return undefined;
  }
  const owner = rival.summary?.metadata.labels?.[PROFILE];
  if (rival.isGone || (owner !== undefined && owner === summary.metadata.labels?.[PROFILE])) {
    return "handover";
  }
  return { message: owner === undefined ? rival.message : `Profile ${owner} owns what it brings` };
}

/** Whether a ClusterSummary waits for somebody to let go who is gone. `summaries` are all of its namespace. */
export function hasLostRival(summary: KubeObject, summaries: readonly KubeObject[]): boolean {
  return rivalOf(summary, summaries)?.isGone === true;
}

/**
 * Whether it has given up on that. Who leaves wakes the next one, but Sveltos does not try again when that fails
 * (addon-controller 1.14, `canUninstallHelmChart`), and then the next one waits for ever. One that got the release in
 * the moment in which its owner left is all there, and goes on saying that the owner has it.
 */
export function isStranded(summary: KubeObject, summaries: readonly KubeObject[]): boolean {
  return (isProvisioned(summary) || hasGivenUp(summary)) && hasLostRival(summary, summaries);
}

/** Whether everything that a ClusterSummary brings is there. */
export function isProvisioned({ status }: KubeObject): boolean {
  const { featureSummaries = [] } = (status ?? {}) as Status;
  return featureSummaries.length > 0 && featureSummaries.every((each) => each.status === "Provisioned");
}

function hasGivenUp({ status }: KubeObject): boolean {
  const { featureSummaries = [] } = (status ?? {}) as Status;
  return featureSummaries.some((each) => each.status === "FailedNonRetriable");
}

/**
 * Whether a ClusterSummary will not go on by itself for now: everything is there, or something is refused. Another
 * owner that is about to leave is neither.
 */
export function isSettled(summary: KubeObject, summaries: readonly KubeObject[]): boolean {
  const { featureSummaries = [] } = (summary.status ?? {}) as Status;
  return (
    featureSummaries.length > 0 &&
    featureSummaries.every(({ status }) => status === "Provisioned" || status.startsWith("Failed")) &&
    hindrance(summary, summaries) !== "handover"
  );
}
