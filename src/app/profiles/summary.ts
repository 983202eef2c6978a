import type * as ProfileRoom from "../../profile/index.ts";
import { type LayerKind, MANDATORY_LAYERS, type Profile } from "../../profile/model.ts";
import { LAYER_ICONS, LAYER_TITLES } from "../../profile/words.ts";

/** What the UI calls a layer that a document names, known or not. */
export function layerTitle(layer: string): string {
  return Object.hasOwn(LAYER_TITLES, layer) ? LAYER_TITLES[layer as LayerKind] : layer;
}

/** The codicon of a layer that a document names; an unknown one looks like any pack. */
export function layerIcon(layer: string): string {
  return Object.hasOwn(LAYER_ICONS, layer) ? LAYER_ICONS[layer as LayerKind] : LAYER_ICONS.addon;
}

/** A place in a text, both counted from 0. */
export interface TextPlace {
  readonly line: number;
  readonly character: number;
}

export interface LayerSummary {
  readonly name: string;
  readonly layer: string;
  readonly place: TextPlace;
}

interface ErrorSummary {
  readonly message: string;
  readonly place: TextPlace;
}

/** What the views and the create flow say about a profile file, right or wrong. */
export interface ProfileSummary {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly cloudType: string;
  readonly layers: readonly LayerSummary[];
  /** Mandatory layers that are not there, bottom first; empty for add-on and system profiles. */
  readonly missing: readonly string[];
  readonly errors: readonly ErrorSummary[];
  /** Present when there are no errors. */
  readonly profile: Profile | undefined;
}

/** Takes the text of a profile and says what it is, as far as it can be read; never throws. */
export function summarize(room: typeof ProfileRoom, text: string): ProfileSummary {
  const document = room.parseProfile(text);
  const layers = room.layersOf(document);
  const head = room.headOf(document);
  const present = new Set(layers.map(({ layer }) => layer));
  const needsAll = head.type === "cluster" || head.type === "infra" || head.type === "";
  return {
    ...head,
    layers: layers.map(({ name, layer, span }) => ({ name, layer, place: placeOf(text, span.start) })),
    missing: needsAll ? MANDATORY_LAYERS.filter((layer) => !present.has(layer)) : [],
    errors: room
      .checkProfile(document)
      .filter(({ severity }) => severity === "error")
      .map(({ message, span }) => ({ message, place: placeOf(text, span.start) })),
    profile: room.profileOf(document),
  };
}

/** One short phrase: `4 of 4 layers, 2 add-ons`, `Storage is missing`, `2 errors`. */
export function stateOf(summary: ProfileSummary): string {
  if (summary.missing.length > 0) {
    const names = summary.missing.map(layerTitle);
    return names.length === 1 ? `${names[0]} is missing` : `${names.join(", ")} are missing`;
  }
  if (summary.errors.length > 0) {
    return summary.errors.length === 1 ? "1 error" : `${summary.errors.length} errors`;
  }
  const addons = summary.layers.filter(({ layer }) => layer === "addon").length;
  const mandatory = summary.layers.length - addons;
  const parts = [
    ...(mandatory > 0 ? [`${mandatory} of ${MANDATORY_LAYERS.length} layers`] : []),
    ...(addons > 0 ? [addons === 1 ? "1 add-on" : `${addons} add-ons`] : []),
  ];
  return parts.join(", ") || "no layers";
}

/** The place of an offset in `text`. */
export function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
