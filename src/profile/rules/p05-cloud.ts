import { CLOUD_TYPES } from "../../catalog/clouds.ts";
import { nearest } from "../../shared/nearest.ts";
import { replaceScalar } from "../edits.ts";
import { capitalized, TYPE_NOUNS } from "../words.ts";
import { typeOf } from "./known.ts";
import type { Rule } from "./rule.ts";

/** A full or infrastructure profile is for one cloud; `all` is for add-on and system profiles. */
export const oneCloud: Rule = {
  code: "P05",
  *check({ profile, misspelled }) {
    const type = typeOf(profile);
    if (profile.template === undefined || type === undefined) {
      return;
    }
    const cloud = profile.cloudType?.text ?? "";
    const forOneCloud = type === "cluster" || type === "infra";
    if (cloud === "") {
      const place = profile.cloudType?.key ?? profile.templateKey;
      if (forOneCloud && place !== undefined && !misspelled(profile.template, "cloudType")) {
        yield {
          severity: "error",
          message: `The profile has no cloudType. ${capitalized(TYPE_NOUNS[type])} is for one cloud, for example aws.`,
          span: place.span,
        };
      }
      return;
    }
    const field = profile.cloudType;
    if (field?.value === undefined) {
      return;
    }
    if (cloud === "all" && forOneCloud) {
      yield {
        severity: "error",
        message: `cloudType all is for add-on and system profiles. ${capitalized(TYPE_NOUNS[type])} is for one cloud, for example aws.`,
        span: field.span,
      };
    } else if (!CLOUD_TYPES.includes(cloud)) {
      const meant = nearest(cloud, CLOUD_TYPES);
      const question = meant === undefined ? "" : ` Did you mean ${meant}?`;
      yield {
        severity: "hint",
        message: `${cloud} is not one of Palette's own cloud types: it counts as a custom cloud type.${question}`,
        span: field.span,
        ...(meant === undefined
          ? {}
          : { fixes: [{ title: `Change to ${meant}`, edits: [replaceScalar(field.value, meant)] }] }),
      };
    }
  },
};
