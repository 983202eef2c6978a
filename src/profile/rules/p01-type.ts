import { nearest } from "../../shared/nearest.ts";
import { replaceScalar } from "../edits.ts";
import { PROFILE_TYPES } from "../model.ts";
import { oneOf } from "../words.ts";
import type { Rule } from "./rule.ts";

/** `spec.template.type` is one of Palette's profile types. */
export const profileTypeIsKnown: Rule = {
  code: "P01",
  *check({ profile, misspelled }) {
    const known = oneOf(PROFILE_TYPES);
    if (profile.template === undefined) {
      return;
    }
    if (profile.type === undefined || profile.type.text === "") {
      const place = profile.type?.key ?? profile.templateKey;
      if (place !== undefined && !misspelled(profile.template, "type")) {
        yield {
          severity: "error",
          message: `The profile has no type. Set type to ${known}.`,
          span: place.span,
        };
      }
      return;
    }
    const type = profile.type.text;
    if ((PROFILE_TYPES as readonly string[]).includes(type)) {
      return;
    }
    const meant = ALIASES[type.toLowerCase()] ?? nearest(type, PROFILE_TYPES);
    yield {
      severity: "error",
      message: `${type} is not a profile type. Use ${known}.`,
      span: profile.type.span,
      ...(meant === undefined || profile.type.value === undefined
        ? {}
        : {
            fixes: [
              {
                title: `Change to ${meant}`,
                preferred: true,
                edits: [replaceScalar(profile.type.value, meant)],
              },
            ],
          }),
    };
  },
};

/** What Palette's own screens call the types. */
const ALIASES: Readonly<Record<string, string>> = {
  full: "cluster",
  infrastructure: "infra",
  addon: "add-on",
};
