import { profileMetadata } from "../cluster/labels.ts";
import { joinName, slug } from "../cluster/names.ts";
import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import {
  attachmentLabel,
  LAYER_LABEL,
  LAYER_STAGE_LABEL,
  type LayerPart,
  layerObjectName,
  ownValuesLabel,
} from "./labels.ts";
import { loginName } from "./logins.ts";
import type { Chart, Manifest, PlannedLayer } from "./model.ts";

/** Sveltos' API that layers are written in (engines.md 4.1). */
const SVELTOS_API = "config.projectsveltos.io/v1beta1";

/** How long Helm waits for what a chart brings. */
const TIMEOUT = "10m0s";

/** Type that Sveltos wants of the Secrets it reads. */
export const SVELTOS_SECRET = "addons.projectsveltos.io/cluster-profile";

/** Key of the values of a chart. */
export const VALUES_KEY = "values.yaml";

/**
 * The shared objects of a profile version: for each layer a Sveltos Profile for its charts, one more for its manifests
 * where it has both, and ConfigMaps with values and manifests. Each waits for all of the group before (design.md,
 * Layers).
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
    const made = group.map((layer) => objectsOf(profile, layer, namespace, profileText, before));
    objects.push(...made.flatMap((each) => each.objects));
    before = made.map(({ last }) => last);
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
    const own = { [LAYER_LABEL]: slug(layer.name), [LAYER_STAGE_LABEL]: layer.stage };
    return { name, namespace, labels: { ...labels, ...own }, annotations };
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
      ...payload,
    },
  });
  const configMap = (name: string, data: Readonly<Record<string, string>>): KubeObject => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadata(name),
    data,
  });
  const nameOf = (part?: LayerPart): string => layerObjectName(profile, layer.name, part);
  const first = nameOf();
  const manifests = nameOf("manifests");
  const manifestRefs = either(profile.name, layer.name, "manifests", manifests, (kind) => ({
    kind,
    deploymentType: "Remote",
  }));
  const namespaces = layer.namespaces.length === 0 ? [] : [configMap(first, manifestData(layer.namespaces))];
  const namespaceRefs = namespaces.map(({ kind, metadata: { name } }) => ({
    kind,
    name,
    deploymentType: "Remote",
  }));
  if (layer.charts.length === 0) {
    return {
      objects: [
        ...namespaces,
        configMap(manifests, manifestData(layer.manifests)),
        sveltos(first, dependsOn, { policyRefs: [...namespaceRefs, ...manifestRefs] }),
      ],
      last: first,
    };
  }
  const objects = [
    ...layer.charts.map((chart) =>
      configMap(nameOf({ chart: chart.name }), { [VALUES_KEY]: chart.values || "{}\n" }),
    ),
    ...namespaces,
    sveltos(first, dependsOn, {
      ...(namespaceRefs.length === 0 ? {} : { policyRefs: namespaceRefs }),
      helmCharts: layer.charts.map((chart) =>
        helmChart(profile.name, layer.name, chart, nameOf({ chart: chart.name }), namespace),
      ),
    }),
  ];
  return layer.manifests.length === 0
    ? { objects, last: first }
    : {
        objects: [
          ...objects,
          configMap(manifests, manifestData(layer.manifests)),
          sveltos(manifests, [first], { policyRefs: manifestRefs }),
        ],
        last: manifests,
      };
}

/** Manifests as ConfigMaps and Secrets hold them. */
export function manifestData(manifests: readonly Manifest[]): Record<string, string> {
  return Object.fromEntries(manifests.map(({ name, content }) => [`${slug(name)}.yaml`, content]));
}

/**
 * References to the cluster's own object where its label names one, else to the shared one. The one that is not there
 * is passed over. Sveltos merges several sources of values, and loses `false`, 0 and removed keys by that (mergo), so
 * there is always exactly one; and what charts write in braces never passes its templates, since only names do.
 */
function either<T extends object>(
  profile: string,
  layer: string,
  part: LayerPart,
  shared: string,
  fields: (kind: "ConfigMap" | "Secret") => T,
): object[] {
  // A cluster may have no labels at all, and Sveltos' templates fail at fields that are not there.
  const name = `{{ with index .Cluster.metadata "labels" }}{{ with index . "${ownValuesLabel(profile, layer, part)}" }}{{ . }}{{ else }}${shared}{{ end }}{{ else }}${shared}{{ end }}`;
  return (["ConfigMap", "Secret"] as const).map((kind) => ({ ...fields(kind), name, optional: true }));
}

/** What a name of `either` comes to on a cluster of these labels. */
export function chosenName(name: string, labels: Readonly<Record<string, string>>): string {
  const [, key, shared] = /with index \. "([^"]+)" \}\}.*\{\{ else \}\}([^{]*)\{\{/.exec(name) ?? [];
  return key === undefined || shared === undefined ? name : labels[key] || shared;
}

function helmChart(profile: string, layer: string, chart: Chart, shared: string, namespace: string): object {
  const isOci = chart.repository.startsWith("oci://");
  const login = chart.login && loginName(chart.login);
  const repository = slug(chart.repository.replace(/^\w+:\/\//, "").replace(/[^a-z0-9]+/g, "-"));
  // By this name Sveltos keeps what it has read, with the credentials: nobody else's charts may come from there.
  const repositoryName = login === undefined ? repository : joinName([repository, namespace]);
  return {
    repositoryURL: chart.repository,
    ...(login === undefined
      ? {}
      : { registryCredentialsConfig: { credentials: { name: login, namespace } } }),
    repositoryName,
    chartName: isOci ? chart.name : `${repositoryName}/${chart.name}`,
    chartVersion: chart.version,
    releaseName: chart.release,
    releaseNamespace: chart.namespace,
    helmChartAction: "Install",
    valuesFrom: either(profile, layer, { chart: chart.name }, shared, (kind) => ({ kind })),
    options: { wait: true, timeout: TIMEOUT, installOptions: { createNamespace: true } },
  };
}
