import { replaceScalar } from "../edits.ts";
import { layerOf, typeOf } from "./known.ts";
import type { Rule } from "./rule.ts";

/** An infrastructure profile has no add-on layer. */
export const infrastructureOnly: Rule = {
  code: "P03",
  *check({ profile }) {
    if (typeOf(profile) !== "infra") {
      return;
    }
    const type = profile.type?.value;
    for (const pack of profile.packs) {
      if (layerOf(pack) === "addon") {
        yield {
          severity: "error",
          message: `${pack.name?.text || "This layer"} is an add-on. An infrastructure profile has none: make it a full profile, or move the layer to an add-on profile.`,
          span: pack.layer?.span ?? pack.span,
          fixes:
            type === undefined
              ? []
              : [{ title: "Make It a Full Profile", edits: [replaceScalar(type, "cluster")] }],
        };
      }
    }
  },
};
