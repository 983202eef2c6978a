import type { Replacement } from "../shared/diagnostic.ts";
import { columnOf, indentStep, itemLines, lineEndOf, lineStart, nextLine } from "./edits.ts";
import { layerJson, layerText } from "./layer-text.ts";
import { LAYERS, type LayerKind } from "./model.ts";
import { layerOf } from "./rules/known.ts";
import type { StarterPack } from "./starter-packs.ts";
import type { ProfileView } from "./view.ts";
import { LAYER_NOUNS } from "./words.ts";

/** What a button that adds a layer says. */
export function insertTitle(layer: LayerKind): string {
  return `Add ${LAYER_NOUNS[layer].replace(/\b[a-z]/g, (c) => c.toUpperCase())} Layer`;
}

/** A layer's place in the stack, from the bottom; unknown ones come last. */
export function rankOf(layer: LayerKind | undefined): number {
  return layer === undefined ? LAYERS.length : LAYERS.indexOf(layer);
}

/**
 * Writes a layer into a profile: behind the layers of its kind and those below it, in the document's own style.
 * Nothing else changes. Gives nothing where the list of packs cannot be extended safely.
 */
export function insertLayer(
  text: string,
  profile: ProfileView,
  layer: LayerKind,
  pack: StarterPack,
): Replacement[] | undefined {
  const list = profile.packsNode;
  const key = profile.packsKey;
  if (key === undefined) {
    return insertPacks(text, profile, [{ layer, pack }]);
  }
  const above = profile.packs.find((each) => rankOf(layerOf(each)) > rankOf(layer));
  const index = list?.items.findIndex((item) => item !== undefined && item.span === above?.span) ?? -1;
  if (list?.flow === true) {
    const next = index < 0 ? undefined : list.items[index];
    const json = layerJson(layer, pack);
    const last = list.items.at(-1);
    if (next !== undefined) {
      return [{ span: at(next.span.start), text: `${json}, ` }];
    }
    if (last !== undefined) {
      return [{ span: at(last.span.end), text: `, ${json}` }];
    }
    if (profile.template?.flow === true) {
      return [{ span: list.span, text: `[${json}]` }];
    }
  }
  const eol = lineEndOf(text);
  const step = indentStep(text, profile.root);
  if (list === undefined || list.items.length === 0) {
    if (profile.template?.flow !== false) {
      return undefined;
    }
    const style = { column: columnOf(text, key.span.start) + step, step, eol };
    const layerLines = layerText(layer, pack, style);
    const value = profile.template.pairs.find((pair) => pair.key === key)?.value;
    const written = list ?? (value?.kind === "scalar" && value.value === null ? value : undefined);
    // Whatever is written behind the colon ([], null or nothing, a comment stays) gives way to the block list.
    if (written === undefined) {
      const rest = nextLine(text, text.indexOf(":", key.span.end) + 1);
      const lead = text.slice(0, rest).endsWith("\n") ? "" : eol;
      return [{ span: at(rest), text: lead + layerLines }];
    }
    const start = text.slice(0, written.span.start).trimEnd().length;
    return [{ span: { start, end: written.span.end }, text: eol + layerLines.slice(0, -eol.length) }];
  }
  const lines = itemLines(text, list);
  const next = index < 0 ? undefined : lines?.[index];
  const last = lines?.at(-1);
  if (lines === undefined || last === undefined) {
    return undefined;
  }
  const style = { column: columnOf(text, list.span.start), step, eol };
  const place = next?.start ?? last.end;
  const lead = text.slice(0, place).endsWith("\n") || place === lineStart(text, place) ? "" : eol;
  return [{ span: at(place), text: lead + layerText(layer, pack, style) }];
}

/** Writes the list of packs into a template that has none. Gives nothing where there is no template to extend. */
export function insertPacks(
  text: string,
  profile: ProfileView,
  layers: readonly { readonly layer: LayerKind; readonly pack: StarterPack }[],
): Replacement[] | undefined {
  const template = profile.template;
  const first = template?.pairs[0];
  if (template === undefined || first === undefined) {
    return undefined;
  }
  if (template.flow) {
    const items = layers.map(({ layer, pack }) => layerJson(layer, pack));
    return [{ span: at(first.key.span.start), text: `"packs": [${items.join(", ")}], ` }];
  }
  const eol = lineEndOf(text);
  const step = indentStep(text, profile.root);
  const column = columnOf(text, first.key.span.start);
  const place = nextLine(text, template.span.end);
  const lead = text.length > 0 && place === text.length && !text.endsWith("\n") ? eol : "";
  const style = { column: column + step, step, eol };
  const items = layers.map(({ layer, pack }) => layerText(layer, pack, style));
  return [{ span: at(place), text: `${lead}${" ".repeat(column)}packs:${eol}${items.join("")}` }];
}

function at(offset: number): { start: number; end: number } {
  return { start: offset, end: offset };
}
