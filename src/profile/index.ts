import type { Diagnostic } from "../shared/diagnostic.ts";
import { checkProfile } from "./check.ts";
import type { ProfileDocument } from "./document.ts";
import { type Layer, type LayerPlace, PACK_TYPES, type Profile } from "./model.ts";
import { layerOf, typeOf } from "./rules/known.ts";
import { entriesOf } from "./syntax/nodes.ts";
import { variableOf } from "./variables.ts";
import type { PackView } from "./view.ts";

export {
  addableLayers,
  addLayer,
  kubernetesVersion,
  type PackOffer,
  packOffers,
  type VersionOffer,
  versionOffers,
} from "./add-layer.ts";
export { checkProfile } from "./check.ts";
export { compareProfiles } from "./compare.ts";
export { comparisonText } from "./comparison-text.ts";
export { profileToJson, profileToYaml } from "./convert.ts";
export { type ProfileDocument, parseProfile } from "./document.ts";
export { type NewProfile, newProfile } from "./new-profile.ts";
export { stackOf } from "./stack.ts";
export { checkUpgrade } from "./upgrade.ts";
export { checkVersions, type ProfileVersion, profileVersion, type VersionFinding } from "./versions.ts";

/** The profile, if nothing about it is an error. */
export function profileOf(document: ProfileDocument): Profile | undefined {
  const view = document.view;
  const type = view === undefined ? undefined : typeOf(view);
  if (view === undefined || type === undefined || document.foreign || hasErrors(checkProfile(document))) {
    return undefined;
  }
  return {
    name: view.name?.text ?? "",
    description: view.description?.text || undefined,
    version: view.version?.text || "1.0.0",
    type,
    cloudType: view.cloudType?.text || "all",
    layers: view.packs.flatMap((pack): Layer[] => {
      const layer = layerOf(pack);
      if (layer === undefined) {
        return [];
      }
      return [
        {
          name: pack.name?.text ?? "",
          layer,
          type: PACK_TYPES.find((each) => each === pack.type?.text) ?? "spectro",
          tag: pack.tag?.text || undefined,
          version: pack.version?.text || undefined,
          registry: registryOf(pack),
          values: pack.values?.text ?? "",
          manifests: pack.manifests.map((manifest) => ({
            name: manifest.name?.text ?? "",
            content: manifest.content?.text ?? "",
          })),
        },
      ];
    }),
    variables: view.variables.map(variableOf),
  };
}

/** The registry's name, in either of Palette's two places for it (palette.md 2.7). */
function registryOf({ registry, registryName }: PackView): string | undefined {
  const name = registry?.map === undefined ? undefined : entriesOf(registry.map).get("name")?.value;
  return (name?.kind === "scalar" ? name.text : registryName?.text) || undefined;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** The layers as they stand in the document, errors or not. */
export function layersOf(document: ProfileDocument): LayerPlace[] {
  return (document.view?.packs ?? []).map((pack) => ({
    name: pack.name?.text ?? "",
    layer: pack.layer?.text ?? "",
    span: pack.span,
  }));
}

export interface ProfileHead {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly cloudType: string;
}

/** Name, version, type and cloud as they stand in the document, errors or not; empty where they are absent. */
export function headOf(document: ProfileDocument): ProfileHead {
  return {
    name: document.view?.name?.text ?? "",
    version: document.view?.version?.text || "1.0.0",
    type: document.view?.type?.text ?? "",
    cloudType: document.view?.cloudType?.text ?? "",
  };
}
