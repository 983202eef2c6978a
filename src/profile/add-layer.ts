import { type ChartRegistry, catalog, createUserPacks, type Pack } from "../catalog/index.ts";
import { isTrain } from "../catalog/version.ts";
import type { Replacement } from "../shared/diagnostic.ts";
import type { ProfileDocument } from "./document.ts";
import { insertLayer } from "./insert-layer.ts";
import { type LayerKind, MANDATORY_LAYERS } from "./model.ts";
import { layerOf, typeOf } from "./rules/known.ts";
import { layerOfPack } from "./starter-packs.ts";

/** The kinds of layers that the profile has room for, missing mandatory ones first. */
export function addableLayers({ view }: ProfileDocument): LayerKind[] {
  const type = view === undefined ? undefined : typeOf(view);
  if (view === undefined || type === "add-on" || type === "system") {
    return view === undefined ? [] : ["addon"];
  }
  const missing = MANDATORY_LAYERS.filter((layer) => !view.packs.some((pack) => layerOf(pack) === layer));
  return type === "infra" ? missing : [...missing, "addon"];
}

export interface PackOffer {
  readonly pack: Pack;
  /** Whether the profile has it already. */
  readonly present: boolean;
  /** What to take instead of a retired one, by the name it is shown under. */
  readonly replacement: string | undefined;
}

/** The packs for a layer on the profile's cloud, retired ones last; for add-ons the charts of the user's registries too. */
export function packOffers(
  { view }: ProfileDocument,
  layer: LayerKind,
  registries: readonly ChartRegistry[] = [],
): PackOffer[] {
  const cloud = view?.cloudType?.text || "all";
  const names = new Set(view?.packs.map(({ name }) => name?.text));
  const own = layer === "addon" ? createUserPacks(registries).packs : [];
  return [...catalog.list({ layer, cloud }), ...own].map((pack) => ({
    pack,
    present: names.has(pack.name),
    replacement:
      pack.retired?.replacement === undefined
        ? undefined
        : (catalog.find(pack.retired.replacement)?.displayName ?? pack.retired.replacement),
  }));
}

export interface VersionOffer {
  readonly version: string;
  /** The one to take unless there is a reason for another. */
  readonly recommended: boolean;
  /** Why it does not go with the profile's Kubernetes; absent where it does, or nobody says. */
  readonly reason: string | undefined;
  /** Day on which its support ends or ended. */
  readonly endOfLife: string | undefined;
  readonly ended: boolean;
}

/** The versions of a pack against the profile's Kubernetes, newest first. */
export function versionOffers(document: ProfileDocument, pack: Pack, today: string): VersionOffer[] {
  const kubernetes = pack.layer === "k8s" ? undefined : kubernetesVersion(document);
  const query = { today, ...(kubernetes === undefined ? {} : { kubernetes }) };
  const states = catalog.versionsFor(pack, query).map((state): Omit<VersionOffer, "recommended"> => {
    const endOfLife =
      state.endOfLife ??
      (pack.layer === "k8s" ? catalog.kubernetesRelease(state.version)?.endOfLife : undefined);
    return {
      version: state.version,
      reason: state.reason,
      endOfLife,
      ended: state.ended || (endOfLife !== undefined && endOfLife <= today),
    };
  });
  const best =
    states.find(({ reason, ended }) => reason === undefined && !ended) ??
    states.find(({ reason }) => reason === undefined) ??
    states[0];
  return states.map((state) => ({ ...state, recommended: state === best }));
}

/** The exact version of the profile's Kubernetes layer. */
export function kubernetesVersion({ view }: ProfileDocument): string | undefined {
  const pack = view?.packs.find((each) => layerOf(each) === "k8s");
  return [pack?.tag?.text, pack?.version?.text].find(
    (text) => text !== undefined && /^\d+\.\d+/.test(text) && !isTrain(text),
  );
}

/**
 * The edits that add a pack to the profile as the catalog knows it, at its place in the stack and in the document's
 * own style. Gives nothing where the list of packs cannot be extended.
 */
export function addLayer(document: ProfileDocument, pack: Pack, version: string): Replacement[] | undefined {
  return document.view === undefined
    ? undefined
    : insertLayer(document.text, document.view, pack.layer, layerOfPack(pack, version));
}
