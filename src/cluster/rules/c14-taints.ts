import { isLabelKey, NAME } from "./c10-labels.ts";
import type { Rule } from "./rule.ts";

/** Taints have a key of Kubernetes, perhaps a value, and an effect, and no two are the same. */
export const taintsAreValid: Rule = {
  code: "C14",
  *check({ pools }) {
    for (const { taints } of pools) {
      const seen = new Set<string>();
      for (const taint of taints) {
        const key = taint.get("key");
        const value = taint.get("value");
        const effect = taint.get("effect");
        if (key === undefined || key.text === "") {
          yield { severity: "error", message: "This taint has no key.", span: key?.span ?? taint.span };
        } else if (!isLabelKey(key.text)) {
          yield {
            severity: "error",
            message: `${key.text} cannot be the key of a taint: up to 63 letters, digits, -, _ and ., with a DNS prefix and / before it where needed.`,
            span: key.span,
          };
        }
        if (value !== undefined && value.text !== "" && !NAME.test(value.text)) {
          yield {
            severity: "error",
            message: `${value.text} cannot be the value of a taint: up to 63 letters, digits, -, _ and ., with a letter or digit at both ends.`,
            span: value.span,
          };
        }
        if (effect === undefined || effect.text === "") {
          yield {
            severity: "error",
            message: "This taint has no effect. It is NoSchedule, PreferNoSchedule or NoExecute.",
            span: effect?.span ?? taint.span,
          };
        }
        const identity = `${key?.text} ${effect?.text}`;
        if (seen.has(identity)) {
          yield {
            severity: "error",
            message: `The pool has taint ${key?.text} with effect ${effect?.text} twice.`,
            span: taint.span,
          };
        }
        seen.add(identity);
      }
    }
  },
};
