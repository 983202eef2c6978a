import type { CodeLens } from "vscode-languageserver-types";
import type { ProfileDocument } from "../../profile/document.ts";
import { MANDATORY_LAYERS } from "../../profile/model.ts";
import { layerOf, typeOf } from "../../profile/rules/known.ts";
import type { ProfileView } from "../../profile/view.ts";
import { LAYER_NOUNS } from "../../profile/words.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";

/** What to do with the profile, above its first key; the state of its layers, above `packs`. */
export function profileLenses(lines: Lines, document: ProfileDocument, uri: string): CodeLens[] {
  const { view, foreign } = document;
  const first = view?.root.pairs[0]?.key;
  if (view === undefined || foreign || first === undefined) {
    return [];
  }
  const range = toRange(lines, first.span);
  const type = typeOf(view);
  const lenses: CodeLens[] = [];
  if (type === "cluster" || type === "infra") {
    lenses.push({
      range,
      command: { title: "Create Cluster", command: "palette.createCluster", arguments: [uri] },
    });
  }
  lenses.push({ range, command: { title: "Publish", command: "palette.publishProfile", arguments: [uri] } });
  if (view.packsKey !== undefined) {
    const packs = toRange(lines, view.packsKey.span);
    lenses.push(
      { range: packs, command: { title: layerState(view), command: "" } },
      { range: packs, command: { title: "Add Layer", command: "palette.addLayer", arguments: [uri] } },
    );
  }
  return lenses;
}

function layerState(view: ProfileView): string {
  const type = typeOf(view);
  const addOns = view.packs.filter((pack) => layerOf(pack) === "addon").length;
  const parts: string[] = [];
  if (type === "cluster" || type === "infra") {
    const missing = MANDATORY_LAYERS.filter((layer) => !view.packs.some((pack) => layerOf(pack) === layer));
    const there = MANDATORY_LAYERS.length - missing.length;
    parts.push(
      missing.length === 0
        ? "All 4 mandatory layers"
        : `${there} of 4 mandatory layers, without ${missing.map((layer) => LAYER_NOUNS[layer]).join(", ")}`,
    );
  }
  if (addOns > 0 || parts.length === 0) {
    parts.push(addOns === 1 ? "1 add-on" : `${addOns} add-ons`);
  }
  return parts.join(" · ");
}
