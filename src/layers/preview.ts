import { joinName } from "../cluster/names.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { LAYER_LABEL } from "./labels.ts";
import { chosenName } from "./objects.ts";
import { type LayerTarget, WITHDRAW_LABEL } from "./withdraw.ts";

/** On a temporary object of a preview: the cluster that it looks at. */
export const PREVIEW_LABEL = "palette-onboarding/previews-on";

/** Before Sveltos' default of 100: what a version of the same profile owns counts as taken over. */
const TAKES_OVER = 99;

interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly optional?: boolean;
}

interface HelmChart {
  readonly chartName: string;
  readonly chartVersion: string;
  readonly releaseName: string;
  readonly releaseNamespace: string;
  readonly valuesFrom?: readonly Reference[];
  readonly registryCredentialsConfig?: { readonly credentials: { readonly name: string } };
}

interface Spec {
  readonly policyRefs?: readonly Reference[];
  readonly helmCharts?: readonly HelmChart[];
}

export interface PreviewInput {
  readonly target: LayerTarget;
  /** Tells its objects from those of other previews. */
  readonly id: string;
  /** Labels that the cluster would have, and those that it has. */
  readonly labels: Readonly<Record<string, string>>;
  readonly labelsBefore: Readonly<Record<string, string>>;
  /** Names of the Secrets with values that the cluster has of its own, or would have. */
  readonly secrets: ReadonlySet<string>;
  /** Secrets with what charts are read with, as they would be written. */
  readonly logins: readonly KubeObject[];
  /** Layer objects of the version of the profile that is on the cluster, and withdrawing ones of removals that were stopped. */
  readonly before: readonly KubeObject[];
}

/** One temporary Sveltos Profile. */
export interface Probe {
  /** Name of the object. */
  readonly name: string;
  readonly layer: string;
  /**
   * `change`: what would be done. `values`: how values of charts that get another version would differ, which Sveltos
   * tells only while the version stays.
   */
  readonly asks: "change" | "values";
  /** Its releases, as previews name them. */
  readonly releases: readonly string[];
  readonly hasManifests: boolean;
}

export interface PreviewPlan {
  /** In the order in which they are written. */
  readonly objects: readonly KubeObject[];
  /** In the order of installation. */
  readonly probes: readonly Probe[];
  /** What is not asked, since Sveltos would write masked values into its report. */
  readonly hidden: readonly { readonly layer: string; readonly what: string }[];
}

/**
 * Temporary copies of layer objects for one cluster that change nothing there: Sveltos reports what they would do (its
 * `DryRun`). They wait for nothing, since nothing gets ready. `objects` are those of the profile version and of the
 * cluster's own values.
 */
export function previewObjects(objects: readonly KubeObject[], input: PreviewInput): PreviewPlan {
  const { target, id, labels, secrets } = input;
  const present = presentOf(input);
  const sources = new Map(
    objects.flatMap((each) => (each.kind === "ConfigMap" ? [[each.metadata.name, each] as const] : [])),
  );
  const copies = new Map<string, KubeObject>();
  const copied = (parts: readonly string[]): string => joinName([...parts, "preview", id]);
  const metadata = (name: string): KubeObject["metadata"] => ({
    name,
    namespace: target.namespace,
    labels: { [PREVIEW_LABEL]: target.name },
  });
  /** References to what the cluster would have; nothing where masked values are in it. */
  const resolved = (references: readonly Reference[]): Reference[] | undefined => {
    const names = new Set(references.map(({ name }) => chosenName(name, labels)));
    if ([...names].some((name) => secrets.has(name))) {
      return undefined;
    }
    return [...names].map((name) => {
      const source = sources.get(name);
      const copy = copied([name]);
      if (source !== undefined) {
        const { apiVersion, kind, data } = source;
        copies.set(copy, { apiVersion, kind, metadata: metadata(copy), data });
      }
      const { name: _, optional: __, ...reference } = references[0] as Reference;
      return { ...reference, kind: "ConfigMap", name: source === undefined ? name : copy };
    });
  };
  /** A chart that is read with what would be written. */
  const signedIn = (chart: HelmChart): HelmChart => {
    const { credentials } = chart.registryCredentialsConfig ?? {};
    const login = input.logins.find((each) => each.metadata.name === credentials?.name);
    if (login === undefined || credentials === undefined) {
      return chart;
    }
    const name = copied([credentials.name]);
    copies.set(name, { ...login, metadata: metadata(name) });
    return { ...chart, registryCredentialsConfig: { credentials: { ...credentials, name } } };
  };
  const probes: Probe[] = [];
  const made: KubeObject[] = [];
  const hidden: { layer: string; what: string }[] = [];
  for (const object of objects.filter(({ kind }) => kind === "Profile")) {
    const layer = object.metadata.labels?.[LAYER_LABEL] ?? object.metadata.name;
    const { policyRefs = [], helmCharts = [] } = (object.spec ?? {}) as Spec;
    const takesOver =
      present.isLeaving ||
      present.layers.has(layer) ||
      helmCharts.some((each) => present.charts.has(key(each)));
    const charts: HelmChart[] = [];
    const valuesOfOthers: HelmChart[] = [];
    for (const chart of helmCharts) {
      const old = present.charts.get(key(chart));
      const valuesFrom = resolved(chart.valuesFrom ?? []);
      if (valuesFrom === undefined || old?.isMasked === true) {
        hidden.push({ layer, what: releaseWords(chart.releaseName, chart.releaseNamespace) });
        continue;
      }
      charts.push(signedIn({ ...chart, valuesFrom }));
      if (old !== undefined && old.chart.chartVersion !== chart.chartVersion) {
        valuesOfOthers.push(signedIn({ ...old.chart, valuesFrom }));
      }
    }
    const manifests = resolved(policyRefs);
    const isMasked = manifests === undefined || present.maskedManifests.has(layer);
    if (isMasked) {
      hidden.push({ layer, what: "Manifests" });
    }
    const refs = isMasked ? [] : manifests;
    const probe = (asks: Probe["asks"], helm: readonly HelmChart[], policies: readonly Reference[]): void => {
      if (helm.length + policies.length === 0) {
        return;
      }
      const name = copied([object.metadata.name, ...(asks === "values" ? ["values"] : [])]);
      probes.push({
        name,
        layer,
        asks,
        releases: helm.map((each) => releaseWords(each.releaseName, each.releaseNamespace)),
        hasManifests: policies.length > 0,
      });
      made.push({
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: metadata(name),
        spec: {
          clusterRefs: [target],
          syncMode: "DryRun",
          stopMatchingBehavior: "LeavePolicies",
          ...(takesOver ? { tier: TAKES_OVER } : {}),
          ...(policies.length === 0 ? {} : { policyRefs: policies }),
          ...(helm.length === 0 ? {} : { helmCharts: helm }),
        },
      });
    };
    probe("change", charts, refs);
    probe("values", valuesOfOthers, []);
  }
  return { objects: [...copies.values(), ...made], probes, hidden };
}

/**
 * What makes a temporary Sveltos Profile one that can be deleted: Sveltos keeps what only reports (v1.14 never ends its
 * ClusterSummary), so it becomes one that brings nothing, in one step, and leaves all as it is.
 */
export const ENDED_PREVIEW = {
  spec: { syncMode: "Continuous", stopMatchingBehavior: "LeavePolicies", helmCharts: null, policyRefs: null },
} as const;

interface Present {
  /** Whether a removal of it was stopped, so that any part may belong to a withdrawing object. */
  readonly isLeaving: boolean;
  readonly layers: ReadonlySet<string>;
  readonly charts: ReadonlyMap<string, { readonly chart: HelmChart; readonly isMasked: boolean }>;
  /** Layers with masked values in their manifests. */
  readonly maskedManifests: ReadonlySet<string>;
}

function presentOf({ before, labelsBefore, secrets }: PreviewInput): Present {
  const isMasked = (references: readonly Reference[] = []): boolean =>
    references.some(({ name }) => secrets.has(chosenName(name, labelsBefore)));
  const parts = before.map(({ metadata, spec }) => ({
    layer: metadata.labels?.[LAYER_LABEL] ?? metadata.name,
    ...((spec ?? {}) as Spec),
  }));
  return {
    isLeaving: before.some(({ metadata }) => metadata.labels?.[WITHDRAW_LABEL] !== undefined),
    layers: new Set(parts.map(({ layer }) => layer)),
    charts: new Map(
      parts.flatMap(({ helmCharts = [] }) =>
        helmCharts.map((chart) => [key(chart), { chart, isMasked: isMasked(chart.valuesFrom) }] as const),
      ),
    ),
    maskedManifests: new Set(
      parts.filter(({ policyRefs }) => isMasked(policyRefs)).map(({ layer }) => layer),
    ),
  };
}

function key({ releaseNamespace, releaseName }: HelmChart): string {
  return `${releaseNamespace}/${releaseName}`;
}

/** What previews call a release. */
export function releaseWords(name: string, namespace: string): string {
  return `Release ${name} in namespace ${namespace}`;
}
