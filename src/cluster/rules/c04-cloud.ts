import { nearest } from "../../shared/nearest.ts";
import { CLOUDS } from "../clouds/index.ts";
import { replaceValue } from "../fieldEdits.ts";
import type { Rule } from "./rule.ts";

/** The cloud is one that clusters can be made on. */
export const cloudIsKnown: Rule = {
  code: "C04",
  *check({ cloudType, spec, start }) {
    const ids = CLOUDS.map(({ id }) => id);
    const list = `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;
    if (cloudType === undefined || cloudType.text === "") {
      yield {
        severity: "error",
        message: `cloudType is missing. Clusters can be made on ${list}.`,
        span: cloudType?.span ?? spec?.key.span ?? start,
      };
    } else if (!ids.includes(cloudType.text)) {
      const meant = nearest(cloudType.text, ids);
      yield {
        severity: "error",
        message: `Clusters cannot be made on ${cloudType.text}, only on ${list}.`,
        span: cloudType.span,
        ...(meant === undefined
          ? {}
          : { fixes: [{ title: `Change to ${meant}`, edits: [replaceValue(cloudType, meant)] }] }),
      };
    }
  },
};
