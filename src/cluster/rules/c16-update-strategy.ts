import { fieldsOf } from "../view.ts";
import type { Rule } from "./rule.ts";

const COUNT = /^(?:\d{1,4}|\d{1,3}%)$/;

/** OverrideScaling needs both numbers and room to move; the other strategies have theirs (palette.md 4). */
export const strategyIsWhole: Rule = {
  code: "C16",
  *check({ pools }) {
    for (const { updateStrategy, isControlPlane } of pools) {
      const fields = fieldsOf(updateStrategy?.value);
      const type = fields.get("type");
      const surge = fields.get("maxSurge");
      const unavailable = fields.get("maxUnavailable");
      const numbers = [surge, unavailable].filter((field) => field !== undefined);
      if (updateStrategy === undefined || fields.size === 0) {
        continue;
      }
      for (const field of numbers.filter(({ text }) => !COUNT.test(text))) {
        yield {
          severity: "error",
          message: `${field.key.text} is a number of machines such as 1, or a share such as 20%.`,
          span: field.span,
        };
      }
      if (type?.text !== "OverrideScaling") {
        for (const { key } of numbers) {
          yield {
            severity: "warning",
            message: `${key.text} has an effect with type OverrideScaling only.`,
            span: key.span,
          };
        }
        continue;
      }
      if (isControlPlane?.text === "true") {
        yield {
          severity: "error",
          message: "The control plane is replaced machine by machine. OverrideScaling is for worker pools.",
          span: type.span,
        };
      } else if (surge === undefined || unavailable === undefined) {
        yield {
          severity: "error",
          message: "OverrideScaling needs both maxSurge and maxUnavailable.",
          span: type.span,
        };
      } else if (/^0%?$/.test(surge.text) && /^0%?$/.test(unavailable.text)) {
        yield {
          severity: "error",
          message: "With maxSurge and maxUnavailable of 0, no machine could ever be replaced.",
          span: unavailable.span,
        };
      }
    }
  },
};
