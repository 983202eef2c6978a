import { stringify } from "yaml";
import type { Pack, PackCatalog } from "../catalog/index.ts";
import { joinName } from "../cluster/names.ts";
import type { Layer, Profile } from "../profile/model.ts";
import { mapOf } from "../shared/records.ts";
import { registryOf } from "./logins.ts";
import { type ChartMirrors, mirrored } from "./mirrors.ts";
import type { Chart, LayerProblem, LayerStage, Manifest, PlannedLayer } from "./model.ts";
import { type LayerValues, readValues, writeValues } from "./values.ts";

/** A chart registry of the user's own, by the name that layers give it. */
export interface Registry {
  readonly name: string;
  readonly kind: "helm" | "oci";
  /** `https:` for OCI registries too. */
  readonly url: string;
}

/** Where the user has charts come from. */
export interface ChartSources {
  readonly registries?: readonly Registry[];
  readonly mirrors?: ChartMirrors;
  /** Addresses of registries that the management cluster has credentials of. */
  readonly logins?: readonly string[];
}

/** What layers are found in. */
export interface LayerSources extends ChartSources {
  readonly catalog: PackCatalog;
}

/** Longest name of a Helm release. */
const MAX_RELEASE = 53;

/** What one layer puts on clusters, or why nothing can be. */
function planLayer(layer: Layer, sources: LayerSources): PlannedLayer | LayerProblem {
  let values: LayerValues;
  try {
    values = readValues(layer.values);
  } catch (error) {
    return {
      layer: layer.name,
      message: `The values of layer ${layer.name} are no YAML: ${error instanceof Error ? error.message : ""}`,
      next: "Correct them in the profile.",
    };
  }
  const pack = sources.catalog.find(layer.name);
  const charts = layer.type === "manifest" ? [] : chartsOf(layer, values, pack, sources);
  if (!Array.isArray(charts)) {
    return charts as LayerProblem;
  }
  return {
    name: layer.name,
    stage: stageOf(layer),
    priority: Number(values.pack["spectrocloud.com/install-priority"] ?? 0) || 0,
    charts,
    manifests: layer.manifests.filter(({ content }) => content.trim() !== ""),
    namespaces: namespacesOf(values),
  };
}

/** Layers that go on the cluster once it runs: all but those that its machines are made of. */
function installedLayers({ layers }: Pick<Profile, "layers">): readonly Layer[] {
  return layers.filter(({ layer }) => layer !== "os" && layer !== "k8s");
}

/** Plans the layers that go on the cluster once it runs, in their order; those that cannot be are problems. */
export function planInstalled(
  profile: Pick<Profile, "layers">,
  sources: LayerSources,
): { readonly layers: readonly PlannedLayer[]; readonly problems: readonly LayerProblem[] } {
  const planned = installedLayers(profile).map((layer) => planLayer(layer, sources));
  return {
    layers: planned.filter((each): each is PlannedLayer => "charts" in each),
    problems: planned.filter((each): each is LayerProblem => !("charts" in each)),
  };
}

/** Packs that tell nodes apart for their cloud; they come before what needs nodes that are ready. */
const CLOUD_CONTROLLER = /cloud-controller-manager|cloud-provider|vsphere-cpi|ccm$/;

function stageOf({ layer, name }: Layer): LayerStage {
  if (layer === "cni") {
    return "network";
  }
  if (layer === "csi") {
    return "storage";
  }
  return CLOUD_CONTROLLER.test(name) ? "cloud-controller" : "add-on";
}

function chartsOf(
  layer: Layer,
  values: LayerValues,
  pack: Pack | undefined,
  { catalog, registries = [], mirrors = {}, logins = [] }: LayerSources,
): Chart[] | LayerProblem {
  const refuse = (message: string, next: string): LayerProblem => ({ layer: layer.name, message, next });
  const namespace = String(values.pack.namespace ?? pack?.namespace ?? "default");
  const own = registries.find(({ name }) => name === layer.registry);
  const tag = layer.tag ?? layer.version ?? "";
  const chart = (repository: string, name: string, version: string): Chart => {
    const login = registryOf(repository, logins);
    return {
      repository,
      ...(login === undefined ? {} : { login }),
      name,
      version,
      release: releaseName(layer.name, name, values),
      namespace,
      values: writeValues(values.chart(name)),
    };
  };
  if (own !== undefined) {
    const repository = own.kind === "oci" ? own.url.replace(/^https?:/, "oci:") : own.url;
    return [chart(repository, layer.name, tag)];
  }
  if (pack === undefined) {
    return refuse(
      `Layer ${layer.name} is of registry ${layer.registry ?? "none"}, which is not known here`,
      "Add the registry to the setting palette.registries, or make it a manifest layer.",
    );
  }
  const { source } = pack;
  if (source.kind === "helm" || source.kind === "oci") {
    const version = catalog.resolveTag(pack, tag);
    if (version === undefined) {
      return refuse(
        `${pack.displayName} ${tag} is not in the catalog, so its chart is not known`,
        `Choose one of ${pack.versions
          .slice(0, 3)
          .map((each) => each.version)
          .join(", ")}.`,
      );
    }
    const charts = version.charts ?? source.charts;
    const repository = mirrored(source.repository, mirrors);
    return charts.map((name) => chart(repository, name, version.chartVersion ?? version.version));
  }
  if (source.kind === "none") {
    return refuse(`${pack.displayName} has no open equivalent: ${source.reason}`, replacementOf(pack));
  }
  if (layer.manifests.some(({ content }) => content.trim() !== "")) {
    return [];
  }
  return refuse(
    `${pack.displayName} is published as manifests only, and the layer holds none`,
    source.kind === "manifests"
      ? `Copy them from ${source.repository}${source.path === undefined ? "" : `, ${source.path}`}, into a manifest layer.`
      : "Choose another pack.",
  );
}

function replacementOf({ retired }: Pack): string {
  return retired?.replacement === undefined
    ? "Remove the layer, or choose another pack."
    : `Take ${retired.replacement} instead.`;
}

/** Palette's rule (palette.md 2.4, releaseNameOverride), without saying a name twice. */
function releaseName(layer: string, chart: string, { pack }: LayerValues): string {
  const override = mapOf(pack.releaseNameOverride)[chart];
  if (typeof override === "string" && override !== "") {
    return override;
  }
  return layer === chart ? joinName([chart], MAX_RELEASE) : joinName([layer, chart], MAX_RELEASE);
}

/** `namespaceLabels` and `namespaceAnnotations`: `k=v,k=v` by namespace. */
function namespacesOf({ pack }: LayerValues): Manifest[] {
  const labels = mapOf(pack.namespaceLabels);
  const annotations = mapOf(pack.namespaceAnnotations);
  const names = [...new Set([...Object.keys(labels), ...Object.keys(annotations)])].sort();
  return names.map((name) => ({
    name: `namespace-${name}`,
    content: stringify({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, ...pairs("labels", labels[name]), ...pairs("annotations", annotations[name]) },
    }),
  }));
}

function pairs(field: string, text: unknown): object {
  const entries = String(text ?? "")
    .split(",")
    .map((pair) => pair.trim().split(/=(.*)/s))
    .filter(([key]) => key !== undefined && key !== "")
    .map(([key, value]) => [key, value ?? ""]);
  return entries.length === 0 ? {} : { [field]: Object.fromEntries(entries) };
}
