import { clusterNameProblem } from "../limits.ts";
import { isLabelName } from "../names.ts";
import type { Rule } from "./rule.ts";

/** The cluster has a name that objects, cloud resources and hostnames can carry. */
export const nameIsUsable: Rule = {
  code: "C02",
  *check({ name, metadata, start }) {
    if (name === undefined || name.text === "") {
      yield {
        severity: "error",
        message: "The cluster has no name.",
        span: name?.span ?? metadata?.key.span ?? start,
      };
    } else if (!isLabelName(name.text)) {
      yield {
        severity: "error",
        message: `Cluster name ${name.text} needs lower-case letters, digits and hyphens, with a letter or digit at both ends.`,
        span: name.span,
      };
    } else {
      const message = clusterNameProblem(name.text);
      if (message !== undefined) {
        yield { severity: "error", message, span: name.span };
      }
    }
  },
};
