import { catalog, type Pack } from "../catalog/index.ts";
import { layerText } from "../profile/layer-text.ts";
import { type LayerKind, MANDATORY_LAYERS } from "../profile/model.ts";
import { layerOfPack, type StarterPack, starterPack } from "../profile/starter-packs.ts";
import type { Found, FoundRelease } from "./detect.ts";

/** What a profile of a cluster is written from. */
export interface Brownfield {
  readonly name: string;
  /** The cluster, for the comment. */
  readonly cluster: string;
  readonly kubernetesVersion: string;
  readonly found: Found;
}

const STYLE = { column: 6, step: 2, eol: "\n" };

/**
 * A profile of what runs on a cluster: a full one where its cloud is known, else one of its add-ons; `undefined` where
 * nothing of it is in the catalog. Values are those of the catalog: Helm keeps its own in Secrets, which are not read.
 * Releases that the catalog does not know are named in a comment.
 */
export function brownfieldProfile({
  name,
  cluster,
  kubernetesVersion,
  found,
}: Brownfield): string | undefined {
  const cloud = found.cloud?.id;
  const known = found.releases.flatMap((release) => {
    const pack = catalog.find(release.chart ?? release.name);
    return pack?.layer === "addon" ? [{ release, pack }] : [];
  });
  const unknown = found.releases.filter(
    (release) => catalog.find(release.chart ?? release.name) === undefined,
  );
  if (cloud === undefined && known.length === 0) {
    return undefined;
  }
  const layers = [
    ...(cloud === undefined
      ? []
      : MANDATORY_LAYERS.map((layer) =>
          layerText(layer, mandatory(layer, cloud, kubernetesVersion, found), STYLE),
        )),
    // A chart that is there twice is one layer.
    ...[...new Map(known.map((each) => [each.pack.name, each])).values()].map(({ release, pack }) =>
      layerText("addon", layerOfPack(pack, versionOf(pack, release)), STYLE),
    ),
  ];
  const comments = [
    `What runs on ${cluster}, as a cluster profile. Values are those of the catalog, not those of the cluster.`,
    ...(unknown.length === 0 ? [] : [`Not in the catalog: ${unknown.map(releaseName).join(", ")}.`]),
  ];
  return `${comments.map((line) => `# ${line}\n`).join("")}metadata:
  name: ${name}
  description: "What runs on ${cluster}"
  labels: {}
spec:
  version: 1.0.0
  template:
    type: ${cloud === undefined ? "add-on" : "cluster"}
    cloudType: ${cloud ?? "all"}
    packs:
${layers.join("")}`;
}

/** The layer that was found, else the one to begin with on that cloud. */
function mandatory(layer: LayerKind, cloud: string, kubernetesVersion: string, found: Found): StarterPack {
  const starter = starterPack(layer, cloud);
  if (layer === "k8s") {
    // Builds of vendors carry more behind the version; managed clouds have minors for versions.
    const exact = /^\d+\.\d+\.\d+/.exec(kubernetesVersion)?.[0] ?? starter.version;
    const isMinor = /^\d+\.\d+$/.test(starter.version);
    return { ...starter, version: isMinor ? exact.split(".").slice(0, 2).join(".") : exact };
  }
  const software = layer === "cni" ? found.network : layer === "csi" ? found.storage[0] : undefined;
  const pack = software === undefined ? undefined : catalog.find(software.pack);
  return pack === undefined || software === undefined || pack.name === starter.name
    ? withVersion(starter, software?.version)
    : layerOfPack(pack, versionOf(pack, software));
}

/** The starter in the version that was found, where the catalog has it. */
function withVersion(starter: StarterPack, version: string | undefined): StarterPack {
  const pack = catalog.find(starter.name);
  return pack === undefined || version === undefined
    ? starter
    : layerOfPack(pack, versionOf(pack, { version }) ?? starter.version);
}

/** The pack's version that brings what was found; the newest of that minor where exactly that is not known. */
function versionOf(pack: Pack, { version }: { readonly version?: string }): string | undefined {
  if (version === undefined) {
    return undefined;
  }
  const minor = version.split(".").slice(0, 2).join(".");
  const exact = pack.versions.find((each) =>
    [each.version, each.chartVersion, each.appVersion].some((known) => known?.replace(/^v/, "") === version),
  );
  const near = pack.versions.find((each) =>
    [each.version, each.chartVersion, each.appVersion].some((known) =>
      known?.replace(/^v/, "").startsWith(`${minor}.`),
    ),
  );
  return (exact ?? near)?.version;
}

function releaseName({ name, version }: FoundRelease): string {
  return version === undefined ? name : `${name} ${version}`;
}
