import { attachmentLabel, chartPage, chosenName, LAYER_LABEL, VALUES_KEY } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER_SUMMARY, CONFIG_MAP, SECRET } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { layerProfiles } from "./objects.ts";
import { layerTarget } from "./target.ts";
import { wake } from "./wake.ts";

/** A layer on a cluster, as its status names it. */
export interface LayerRef extends ClusterRef {
  readonly layer: string;
  /** The profile version that brings it, as labels write them. */
  readonly profile: { readonly name: string; readonly version: string };
}

interface Reference {
  readonly kind: string;
  readonly name: string;
}

interface Spec {
  readonly helmCharts?: readonly {
    readonly repositoryURL: string;
    readonly chartName: string;
    readonly chartVersion: string;
    readonly releaseName: string;
    readonly releaseNamespace: string;
    readonly valuesFrom?: readonly Reference[];
  }[];
  readonly policyRefs?: readonly Reference[];
}

/**
 * What a layer puts on a cluster: its charts with the values that the cluster has, and its manifests. What lies in a
 * Secret is said, not shown. Throws `NotFound` where the cluster does not have the layer.
 */
export async function layerText(
  management: ManagementCluster,
  ref: LayerRef,
  options: CallOptions = {},
): Promise<string> {
  const { object } = await layerTarget(management, ref, options);
  const { labels = {} } = object.metadata;
  const parts: string[] = [];
  for (const { spec } of await objectsOf(management, ref, options)) {
    const { helmCharts = [], policyRefs = [] } = spec as Spec;
    for (const chart of helmCharts) {
      const [, name = chart.chartName] = /([^/]+)$/.exec(chart.chartName) ?? [];
      const data = await dataOf(management, ref.namespace, chart.valuesFrom ?? [], labels, options);
      parts.push(
        [
          `# Chart ${name} ${chart.chartVersion} of ${chart.repositoryURL}`,
          `# Release ${chart.releaseName} in namespace ${chart.releaseNamespace}`,
          data?.[VALUES_KEY] ?? MASKED,
        ].join("\n"),
      );
    }
    if (policyRefs.length > 0) {
      const data = await dataOf(management, ref.namespace, policyRefs, labels, options);
      const files = data === undefined ? [["Manifests", MASKED] as const] : Object.entries(data);
      parts.push(...files.map(([file, content]) => `# ${file}\n${content}`));
    }
  }
  return parts.map((part) => part.replace(/\n*$/, "\n")).join("---\n");
}

/** Where a browser finds the first chart of a layer. Throws `NotFound` where it has none, or none with a page. */
export async function layerPage(
  management: ManagementCluster,
  ref: LayerRef,
  options: CallOptions = {},
): Promise<string> {
  const objects = await objectsOf(management, ref, options);
  const [chart] = objects.flatMap(({ spec }) => (spec as Spec).helmCharts ?? []);
  const page = chart && chartPage(chart.repositoryURL, chart.chartName.replace(/^.*\//, ""));
  if (page === undefined) {
    throw new PaletteError(
      "NotFound",
      chart === undefined
        ? `Layer ${ref.layer} has manifests and no chart`
        : `The chart of layer ${ref.layer} comes from ${chart.repositoryURL}, which no browser opens`,
    );
  }
  return page;
}

const MASKED = "# Masked variables are in it, so it is not shown.";

/** All data of the ConfigMaps; nothing where one is a Secret. */
async function dataOf(
  management: ManagementCluster,
  namespace: string,
  references: readonly Reference[],
  labels: Readonly<Record<string, string>>,
  options: CallOptions,
): Promise<Readonly<Record<string, string>> | undefined> {
  const data: Record<string, string> = {};
  for (const { kind, name } of references) {
    const chosen = { namespace, name: chosenName(name, labels) };
    if (kind === SECRET.kind) {
      if (
        (await management.get({ ...SECRET, ...chosen }, { ...options, metadataOnly: true })) !== undefined
      ) {
        return undefined;
      }
    } else {
      const found = await management.get({ ...CONFIG_MAP, ...chosen }, options);
      Object.assign(data, found?.data);
    }
  }
  return data;
}

/**
 * Has Sveltos put a layer on a cluster again, now: what failed is tried, and what somebody changed on the cluster by
 * hand becomes as the layer says.
 */
export async function retryLayer(
  management: ManagementCluster,
  ref: LayerRef,
  options: CallOptions = {},
): Promise<void> {
  const owners = new Set((await objectsOf(management, ref, options)).map(({ metadata }) => metadata.name));
  const summaries = await management.list(CLUSTER_SUMMARY, { ...options, namespace: ref.namespace });
  for (const summary of summaries) {
    const { clusterName } = summary.spec as { clusterName?: string };
    const isOurs = summary.metadata.ownerReferences?.some(({ name }) => owners.has(name));
    if (clusterName === ref.name && isOurs === true) {
      await wake(management, summary, options);
    }
  }
}

async function objectsOf(
  management: ManagementCluster,
  { namespace, name, layer, profile }: LayerRef,
  { signal }: CallOptions,
): Promise<KubeObject[]> {
  const all = await layerProfiles(management, namespace, profile, signal);
  const found = all.filter(({ metadata }) => metadata.labels?.[LAYER_LABEL] === layer);
  if (found.length === 0) {
    const [, version] = attachmentLabel(profile);
    throw new PaletteError("NotFound", `Cluster ${name} has no layer ${layer} of ${profile.name} ${version}`);
  }
  return found;
}
