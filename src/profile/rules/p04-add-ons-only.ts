import { LAYER_NOUNS } from "../words.ts";
import { layerOf, typeOf } from "./known.ts";
import type { Rule } from "./rule.ts";

/** An add-on profile has at least one layer, and only add-on layers. */
export const addOnsOnly: Rule = {
  code: "P04",
  *check({ profile, misspelled }) {
    if (typeOf(profile) !== "add-on") {
      return;
    }
    for (const pack of profile.packs) {
      const layer = layerOf(pack);
      if (layer !== undefined && layer !== "addon") {
        yield {
          severity: "error",
          message: `${pack.name?.text || "This layer"} is the ${LAYER_NOUNS[layer]} layer. An add-on profile has only add-on layers.`,
          span: pack.layer?.span ?? pack.span,
        };
      }
    }
    const place = profile.packsKey ?? profile.templateKey;
    const items = profile.packsNode?.items.length ?? 0;
    if (place !== undefined && items === 0 && !misspelled(profile.template, "packs")) {
      yield {
        severity: "error",
        message: "The profile has no layers. An add-on profile needs at least one add-on layer.",
        span: place.span,
      };
    }
  },
};
