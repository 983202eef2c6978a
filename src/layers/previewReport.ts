import type { KubeObject } from "../shared/kubernetes.ts";
import { type Probe, releaseWords } from "./preview.ts";

/** One release or object on a cluster, and what attaching would do to it. */
export interface PreviewChange {
  /** `Release dns in namespace dns`, `ConfigMap default/notes`. */
  readonly what: string;
  readonly action: PreviewAction;
  /** Versions of the chart. */
  readonly from?: string;
  readonly to?: string;
  /** Who owns it, or what the engine has against it. */
  readonly message?: string;
  /** How values or fields would differ, as a unified diff. */
  readonly diff?: string;
}

export type PreviewAction =
  | "create"
  | "upgrade"
  | "update"
  | "none"
  | "remove"
  | "conflict"
  | "failed"
  /** Its kind is not on the cluster yet: a chart of the profile may bring it. */
  | "later"
  /** Not asked: masked values are in it. */
  | "hidden";

export interface LayerPreview {
  readonly layer: string;
  readonly changes: readonly PreviewChange[];
}

interface ReleaseReport {
  /** Sveltos calls the release so. */
  readonly chartName: string;
  readonly releaseNamespace: string;
  readonly chartVersion: string;
  readonly action?: string;
  readonly message?: string;
}

interface ResourceReport {
  readonly resource: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly action?: string;
  readonly message?: string;
}

interface Report {
  readonly releaseReports?: readonly ReleaseReport[];
  readonly resourceReports?: readonly ResourceReport[];
}

/** What Sveltos has as the failure of whatever it only reports on. */
const ONLY_REPORTED = /mode is DryRun/;

/** What an API server says of an object of a kind that it does not have. */
const UNKNOWN_KIND = /no matches for kind|could not find the requested resource/;

/** What Sveltos has written of one probe: its ClusterReport and its ClusterSummary. */
export interface Answer {
  readonly report: KubeObject | undefined;
  readonly summary: KubeObject | undefined;
}

/** Whether Sveltos has said all of a probe, be it that something fails. */
export function isAnswered(probe: Probe, answer: Answer): boolean {
  const { releaseReports = [], resourceReports = [] } = reportsOf(answer);
  const isSaid = (feature: string, count: number, wanted: number): boolean =>
    count >= wanted || (messageOf(answer, feature) ?? "") !== "";
  return (
    isSaid("Helm", releaseReports.length, probe.releases.length) &&
    isSaid("Resources", resourceReports.length, probe.hasManifests ? 1 : 0)
  );
}

/**
 * What the answers come to, layer by layer.
 * @param ownerOf the profile that a Sveltos Profile belongs to, by the name of the object
 */
export function layerPreviews(
  probes: readonly Probe[],
  answers: ReadonlyMap<string, Answer>,
  ownerOf: (name: string) => string | undefined,
): LayerPreview[] {
  const layers = new Map<string, PreviewChange[]>();
  const diffs = new Map<string, string>();
  for (const probe of probes.filter(({ asks }) => asks === "values")) {
    for (const report of reportsOf(answers.get(probe.name)).releaseReports ?? []) {
      if (report.action === "Update Values" && report.message !== undefined) {
        diffs.set(releaseName(report), report.message);
      }
    }
  }
  for (const probe of probes.filter(({ asks }) => asks === "change")) {
    const answer = answers.get(probe.name) ?? { report: undefined, summary: undefined };
    const { releaseReports = [], resourceReports = [] } = reportsOf(answer);
    const changes = layers.get(probe.layer) ?? [];
    changes.push(
      ...resourceReports.map((report) => resourceChange(report, ownerOf)),
      ...releaseReports.map((report) => releaseChange(report, diffs.get(releaseName(report)), ownerOf)),
      ...unreported(probe, answer),
    );
    layers.set(probe.layer, changes);
  }
  return [...layers].map(([layer, changes]) => ({ layer, changes }));
}

function reportsOf(answer: Answer | undefined): Report {
  return (answer?.report?.status ?? {}) as Report;
}

/** What Sveltos stopped at: it reports nothing of a chart that it cannot get, or that refuses its values. */
function unreported(probe: Probe, answer: Answer): PreviewChange[] {
  const { releaseReports = [] } = reportsOf(answer);
  const reported = new Set(releaseReports.map(releaseName));
  const helm = engineMessage(answer, "Helm");
  const resources = engineMessage(answer, "Resources");
  return [
    ...probe.releases
      .filter((what) => !reported.has(what))
      .map(
        (what): PreviewChange => ({
          what,
          action: "failed",
          message: helm ?? "Sveltos gives no reason. The chart is not found, or it refuses its values.",
        }),
      ),
    ...(resources === undefined ? [] : [failure("Manifests", resources)]),
  ];
}

function failure(what: string, message: string): PreviewChange {
  return UNKNOWN_KIND.test(message) ? { what, action: "later" } : { what, action: "failed", message };
}

/** What a feature failed of, but for what it always fails of while it only reports. */
function engineMessage(answer: Answer, feature: string): string | undefined {
  const message = messageOf(answer, feature) ?? "";
  return message === "" || ONLY_REPORTED.test(message) ? undefined : message;
}

function messageOf({ summary }: Answer, feature: string): string | undefined {
  const { featureSummaries = [] } = (summary?.status ?? {}) as {
    featureSummaries?: readonly { readonly featureID: string; readonly failureMessage?: string }[];
  };
  return featureSummaries.find(({ featureID }) => featureID === feature)?.failureMessage;
}

function releaseName({ chartName, releaseNamespace }: ReleaseReport): string {
  return releaseWords(chartName, releaseNamespace);
}

function releaseChange(
  report: ReleaseReport,
  valuesDiff: string | undefined,
  ownerOf: (name: string) => string | undefined,
): PreviewChange {
  const what = releaseName(report);
  const { message = "", chartVersion: to } = report;
  switch (report.action) {
    case "Install":
      return { what, action: "create", to };
    case "Upgrade": {
      const [, from] = /^Current version: "([^"]+)"/.exec(message) ?? [];
      return {
        what,
        action: "upgrade",
        ...(from === undefined ? {} : { from }),
        to,
        ...(valuesDiff === undefined ? {} : { diff: valuesDiff }),
      };
    }
    case "Update Values":
      return { what, action: "update", to, diff: message };
    case "Delete":
      return { what, action: "remove", from: to };
    case "Conflict":
      return { what, action: "conflict", message: conflict(message, ownerOf) };
    default:
      return { what, action: "none", to };
  }
}

function resourceChange(
  { resource, action, message = "" }: ResourceReport,
  ownerOf: (name: string) => string | undefined,
): PreviewChange {
  const { kind, namespace = "", name } = resource;
  const what = `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
  switch (action) {
    case "Create":
      return { what, action: "create" };
    case "Update": {
      const diff = withoutBookkeeping(message);
      return diff === "" ? { what, action: "none" } : { what, action: "update", diff };
    }
    case "Delete":
      return { what, action: "remove" };
    case "Conflict":
      return { what, action: "conflict", message: conflict(message, ownerOf) };
    case "Error":
      return failure(what, message);
    default:
      return { what, action: "none" };
  }
}

function conflict(message: string, ownerOf: (name: string) => string | undefined): string {
  const [, kind = "", name = ""] =
    /\b((?:Cluster)?Profile)[ :](?:\S*\/)?([a-z0-9.-]+[a-z0-9])/.exec(message) ?? [];
  const owner = kind === "Profile" ? ownerOf(name) : undefined;
  if (owner !== undefined) {
    return `Profile ${owner} owns it`;
  }
  return name === "" ? message.trim() : `Sveltos ${kind} ${name} owns it`;
}

/** A diff without what only tells who wrote an object; nothing where that is all of it. */
function withoutBookkeeping(diff: string): string {
  const lines = diff.split("\n").filter((line) => !/^[-+].*projectsveltos\.io\//.test(line));
  return lines.some((line) => /^[-+](?![-+]{2} )/.test(line)) ? lines.join("\n") : "";
}
