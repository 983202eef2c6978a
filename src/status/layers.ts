import { attachedProfiles, LAYER_LABEL, LAYER_STAGE_LABEL } from "../layers/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { Layers } from "./clusters.ts";
import { oneLine } from "./message.ts";
import type { LayerStatus } from "./model.ts";
import { hindrance, isProvisioned } from "./rivals.ts";

/** The part of a Sveltos ClusterSummary that tells how far a layer is (engines.md 4.1). */
interface Summary {
  readonly dependencies?: string;
  readonly featureSummaries?: readonly {
    readonly status: string;
    readonly failureMessage?: string;
    readonly lastAppliedTime?: string;
  }[];
  readonly helmReleaseSummaries?: readonly {
    readonly latestVersion?: string;
    readonly chartVersion?: string;
  }[];
}

interface SummarySpec {
  readonly clusterNamespace?: string;
  readonly clusterName?: string;
  readonly clusterProfileSpec?: {
    readonly helmCharts?: readonly {
      readonly chartVersion?: string;
      readonly registryCredentialsConfig?: object;
    }[];
  };
}

/** What one Sveltos object says of its layer on one cluster. */
interface Part extends LayerStatus {
  /** How many wait for one another before it. */
  readonly order: number;
}

const STATES = ["failed", "installing", "waiting", "ready"] as const;

/**
 * The layers of every cluster, in the order of installation, from Sveltos' Profiles and ClusterSummaries. A layer of
 * several Sveltos objects is as far as the one that is least far.
 */
export function layersOf(profiles: readonly KubeObject[], summaries: readonly KubeObject[]): Layers {
  const byName = new Map(
    profiles.map((profile) => [`${profile.metadata.namespace}/${profile.metadata.name}`, profile]),
  );
  const depthOf = depthsIn(byName);
  const clusters = new Map<string, Part[]>();
  for (const summary of summaries) {
    const owner = (summary.metadata.ownerReferences as { kind: string; name: string }[] | undefined)?.find(
      ({ kind }) => kind === "Profile",
    );
    const known = byName.get(`${summary.metadata.namespace}/${owner?.name}`);
    const spec = (summary.spec ?? {}) as SummarySpec;
    if (known === undefined || summary.metadata.deletionTimestamp !== undefined) {
      continue;
    }
    const key = `${spec.clusterNamespace}/${spec.clusterName}`;
    const parts = clusters.get(key) ?? [];
    parts.push({ ...partOf(known, summary, byName, summaries), order: depthOf(known) });
    clusters.set(key, parts);
  }
  return new Map([...clusters].map(([key, parts]) => [key, merge(parts)]));
}

type ByName = ReadonlyMap<string, KubeObject>;

/**
 * How long the longest chain of dependencies below each Sveltos Profile is, each looked at once: every layer of a group
 * depends on all of the group before. A circle, which Sveltos refuses, ends.
 */
function depthsIn(byName: ByName): (profile: KubeObject) => number {
  const depths = new Map<KubeObject, number>();
  const depthOf = (profile: KubeObject): number => {
    const known = depths.get(profile);
    if (known !== undefined) {
      return known;
    }
    depths.set(profile, 0); // What a circle finds.
    const { dependsOn = [] } = (profile.spec ?? {}) as { dependsOn?: readonly string[] };
    let depth = 0;
    for (const name of dependsOn) {
      const below = byName.get(`${profile.metadata.namespace}/${name}`);
      depth = Math.max(depth, below === undefined ? 0 : 1 + depthOf(below));
    }
    depths.set(profile, depth);
    return depth;
  };
  return depthOf;
}

function partOf(
  profile: KubeObject,
  summary: KubeObject,
  byName: ByName,
  summaries: readonly KubeObject[],
): LayerStatus {
  const { labels = {} } = profile.metadata;
  const status = (summary.status ?? {}) as Summary;
  const version = (summary.spec as SummarySpec | undefined)?.clusterProfileSpec?.helmCharts?.at(
    -1,
  )?.chartVersion;
  const newer = status.helmReleaseSummaries
    ?.map(({ latestVersion, chartVersion }) => (latestVersion === chartVersion ? undefined : latestVersion))
    .find((each) => each !== undefined && each !== "");
  return {
    name: labels[LAYER_LABEL] ?? profile.metadata.name,
    kind: kindOf(labels[LAYER_STAGE_LABEL]),
    ...stateOf(summary, profile, byName, summaries),
    ...(version === undefined ? {} : { version: version.replace(/^v(?=\d)/, "") }),
    ...(newer === undefined ? {} : { newer: newer.replace(/^v(?=\d)/, "") }),
    ...ownerOf(profile),
  };
}

/** The profile version that brings the layer, as its selector names it. */
function ownerOf(profile: KubeObject): Pick<LayerStatus, "profile"> {
  const selector = (
    profile.spec as { clusterSelector?: { matchLabels?: Record<string, string> } } | undefined
  )?.clusterSelector?.matchLabels;
  const [owner] = attachedProfiles(selector);
  return owner === undefined ? {} : { profile: owner };
}

function kindOf(stage: string | undefined): LayerStatus["kind"] {
  return (["network", "storage", "cloud-controller"] as const).find((each) => each === stage) ?? "add-on";
}

function stateOf(
  summary: KubeObject,
  { metadata: { namespace } }: KubeObject,
  byName: ByName,
  summaries: readonly KubeObject[],
): Pick<LayerStatus, "state" | "message" | "since"> {
  const status = (summary.status ?? {}) as Summary;
  const features = status.featureSummaries ?? [];
  const hindered = hindrance(summary, summaries);
  if (hindered === "handover") {
    return { state: "installing" };
  }
  const failed = features.find((feature) => feature.status.startsWith("Failed"));
  const message = hindered?.message ?? failed?.failureMessage;
  if (message !== undefined || failed !== undefined) {
    const said = oneLine(message ?? "Sveltos gives no reason");
    return { state: "failed", message: `${said}${adviceOn(said, summary)}` };
  }
  const awaited = /^Profile (\S+) is a dependency and it is not fully deployed/.exec(
    status.dependencies ?? "",
  )?.[1];
  if (awaited !== undefined) {
    const name = byName.get(`${namespace}/${awaited}`)?.metadata.labels?.[LAYER_LABEL] ?? awaited;
    return { state: "waiting", message: `Waits for ${name}` };
  }
  if (isProvisioned(summary)) {
    const times = features.map(({ lastAppliedTime }) => lastAppliedTime ?? "").sort();
    const since = times.at(-1);
    return { state: "ready", ...(since === undefined || since === "" ? {} : { since }) };
  }
  return { state: "installing" };
}

/** What to do where a registry lets nobody in; nothing of all else. */
function adviceOn(message: string, { spec }: KubeObject): string {
  const { helmCharts = [] } = (spec as SummarySpec | undefined)?.clusterProfileSpec ?? {};
  if (helmCharts.length === 0 || !/\b40[13]\b|unauthorized|denied: /i.test(message)) {
    return "";
  }
  return helmCharts.some(({ registryCredentialsConfig }) => registryCredentialsConfig !== undefined)
    ? ". It does not take the credentials of the registry: set them anew, and attach the profile again"
    : ". It asks for credentials: set those of the registry, and attach the profile again";
}

function merge(parts: readonly Part[]): LayerStatus[] {
  const layers = new Map<string, Part>();
  for (const part of [...parts].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))) {
    const key = `${part.profile?.name} ${part.name}`;
    const known = layers.get(key);
    const isFarther = known !== undefined && STATES.indexOf(known.state) <= STATES.indexOf(part.state);
    if (!isFarther) {
      layers.set(key, { ...known, ...part, order: known?.order ?? part.order });
    }
  }
  return [...layers.values()].map(({ order: _, ...layer }) => layer);
}
