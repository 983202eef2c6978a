import { nearest } from "../../shared/nearest.ts";
import { LAYERS, type LayerKind, PROFILE_TYPES, type ProfileType } from "../model.ts";
import type { PackView, ProfileView } from "../view.ts";

/** The profile's type, if it is one. */
export function typeOf(profile: ProfileView): ProfileType | undefined {
  return PROFILE_TYPES.find((type) => type === profile.type?.text);
}

/** The pack's layer, if it is one. */
export function layerOf(pack: PackView): LayerKind | undefined {
  return LAYERS.find((layer) => layer === pack.layer?.text);
}

/** The layer that a misspelled one likely stands for. */
export function likelyLayer(text: string): LayerKind | undefined {
  const word = text.toLowerCase();
  return LAYERS.find((layer) => layer === (LAYER_ALIASES[word] ?? nearest(word, LAYERS)));
}

/** Other words for the layers: Palette's screens, and Kubernetes' long names. */
const LAYER_ALIASES: Readonly<Record<string, LayerKind>> = {
  "operating system": "os",
  kubernetes: "k8s",
  network: "cni",
  storage: "csi",
  "add-on": "addon",
};
