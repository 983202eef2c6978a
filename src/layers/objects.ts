import { profileMetadata } from "../cluster/labels.ts";
import { slug } from "../cluster/names.ts";
import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { attachmentLabel, clusterValuesName, LAYER_LABEL, layerObjectName } from "./labels.ts";
import type { Chart, Manifest, PlannedLayer } from "./model.ts";
import { OWN_SECRETS, OWN_VALUES, ownOr } from "./template.ts";

/** Sveltos' API that layers are written in (engines.md 4.1). */
export const SVELTOS_API = "config.projectsveltos.io/v1beta1";

/** Sveltos fills in the ConfigMaps that carry it. */
const TEMPLATE = { "projectsveltos.io/template": "ok" };

/** How long Helm waits for what a chart brings. */
const TIMEOUT = "10m0s";

/**
 * The shared objects of a profile version: for each layer a Sveltos Profile for its charts, one more for its manifests
 * where it has both, and their ConfigMaps. Each waits for all of the group before (design.md, Layers).
 */
export function layerObjects(
  profile: Profile,
  groups: readonly (readonly PlannedLayer[])[],
  namespace: string,
  profileText: string,
): KubeObject[] {
  const objects: KubeObject[] = [];
  let before: readonly string[] = [];
  for (const group of groups) {
    const names: string[] = [];
    for (const layer of group) {
      const made = objectsOf(profile, layer, namespace, profileText, before);
      objects.push(...made.objects);
      names.push(made.last);
    }
    before = names;
  }
  return objects;
}

interface Made {
  readonly objects: readonly KubeObject[];
  /** Name of the Sveltos object that is ready last. */
  readonly last: string;
}

function objectsOf(
  profile: Profile,
  layer: PlannedLayer,
  namespace: string,
  profileText: string,
  dependsOn: readonly string[],
): Made {
  const metadata = (name: string): KubeObject["metadata"] => {
    const { labels, annotations } = profileMetadata(profile, profile.cloudType, profileText);
    return { name, namespace, labels: { ...labels, [LAYER_LABEL]: slug(layer.name) }, annotations };
  };
  const sveltos = (name: string, waitsFor: readonly string[], payload: object): KubeObject => ({
    apiVersion: SVELTOS_API,
    kind: "Profile",
    metadata: metadata(name),
    spec: {
      clusterSelector: { matchLabels: Object.fromEntries([attachmentLabel(profile)]) },
      syncMode: "Continuous",
      // A change of version must not take the software away between two versions.
      stopMatchingBehavior: "LeavePolicies",
      ...(waitsFor.length === 0 ? {} : { dependsOn: [...waitsFor] }),
      templateResourceRefs: [ownRef(OWN_VALUES, "ConfigMap"), ownRef(OWN_SECRETS, "Secret")],
      ...payload,
    },
  });
  const configMap = (name: string, manifests: readonly Manifest[]): KubeObject => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata(name), annotations: { ...metadata(name).annotations, ...TEMPLATE } },
    data: Object.fromEntries(
      manifests.map(({ name: manifest, content }) => [
        `${slug(manifest)}.yaml`,
        ownOr(manifestKey(layer.name, manifest), content),
      ]),
    ),
  });
  const refs = (name: string): object => ({
    policyRefs: [{ kind: "ConfigMap", name, deploymentType: "Remote" }],
  });

  const first = layerObjectName(profile, layer.name);
  if (layer.charts.length === 0) {
    return {
      objects: [
        configMap(first, [...layer.namespaces, ...layer.manifests]),
        sveltos(first, dependsOn, refs(first)),
      ],
      last: first,
    };
  }
  const charts = {
    ...(layer.namespaces.length === 0 ? {} : refs(first)),
    helmCharts: layer.charts.map((chart) => helmChart(layer.name, chart)),
  };
  const objects = [
    ...(layer.namespaces.length === 0 ? [] : [configMap(first, layer.namespaces)]),
    sveltos(first, dependsOn, charts),
  ];
  if (layer.manifests.length === 0) {
    return { objects, last: first };
  }
  const second = layerObjectName(profile, layer.name, "manifests");
  return {
    objects: [...objects, configMap(second, layer.manifests), sveltos(second, [first], refs(second))],
    last: second,
  };
}

function ownRef(identifier: string, kind: "ConfigMap" | "Secret"): object {
  return {
    identifier,
    optional: true,
    resource: { apiVersion: "v1", kind, name: clusterValuesName("{{ .Cluster.metadata.name }}") },
  };
}

function helmChart(layer: string, chart: Chart): object {
  const isOci = chart.repository.startsWith("oci://");
  const repositoryName = slug(chart.repository.replace(/^\w+:\/\//, "").replace(/[^a-z0-9]+/g, "-"));
  return {
    repositoryURL: chart.repository,
    repositoryName,
    chartName: isOci ? chart.name : `${repositoryName}/${chart.name}`,
    chartVersion: chart.version,
    releaseName: chart.release,
    releaseNamespace: chart.namespace,
    helmChartAction: "Install",
    values: ownOr(chartKey(layer, chart.name), chart.values),
    options: { wait: true, timeout: TIMEOUT, installOptions: { createNamespace: true } },
  };
}

/** Key of a chart's values among a cluster's own. */
export function chartKey(layer: string, chart: string): string {
  return `${slug(layer)}.chart.${slug(chart)}`;
}

/** Key of a manifest among a cluster's own. */
export function manifestKey(layer: string, manifest: string): string {
  return `${slug(layer)}.manifest.${slug(manifest)}`;
}
