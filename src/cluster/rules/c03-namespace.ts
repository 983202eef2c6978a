import { isLabelName } from "../names.ts";
import type { Rule } from "./rule.ts";

/** A namespace, where one is given, can be one. */
export const namespaceIsUsable: Rule = {
  code: "C03",
  *check({ namespace }) {
    if (namespace?.value !== undefined && !isLabelName(namespace.text)) {
      yield {
        severity: "error",
        message: `Namespace ${namespace.text} needs lower-case letters, digits and hyphens, 63 at most, with a letter or digit at both ends.`,
        span: namespace.span,
      };
    }
  },
};
