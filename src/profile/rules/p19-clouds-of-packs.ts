import { CLOUD_TYPES } from "../../catalog/clouds.ts";
import { catalog } from "../../catalog/index.ts";
import { oneOf } from "../words.ts";
import type { Rule } from "./rule.ts";

/** Packs run on the cloud of the profile. Packs and clouds that the catalog does not know are not judged. */
export const packsFitTheCloud: Rule = {
  code: "P19",
  *check({ profile }) {
    const cloud = profile.cloudType?.text ?? "";
    if (cloud === "all" || !CLOUD_TYPES.includes(cloud)) {
      return;
    }
    for (const { name } of profile.packs) {
      const pack = name === undefined ? undefined : catalog.find(name.text);
      // An alias or a chart may be somebody else's pack.
      if (
        name === undefined ||
        pack?.name !== name.text ||
        pack.clouds === "all" ||
        pack.clouds.includes(cloud)
      ) {
        continue;
      }
      const instead = catalog.list({ layer: pack.layer, cloud }).filter((each) => each.retired === undefined);
      const names = instead.slice(0, 3).map((each) => each.name);
      const advice =
        pack.layer === "addon" || names.length === 0 ? "" : ` For ${cloud} there is ${oneOf(names)}.`;
      yield {
        severity: "error",
        message: `${name.text} does not run on ${cloud}, but on ${oneOf(pack.clouds)}.${advice}`,
        span: name.span,
      };
    }
  },
};
