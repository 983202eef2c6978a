import type { Rule } from "./rule.ts";

/** Far above what anybody types on purpose. */
const MAX_MACHINES = 1000;

/** Every pool says how many machines it has; workers may be 0. */
export const sizeIsACount: Rule = {
  code: "C08",
  *check({ pools }) {
    for (const { name, isControlPlane, size, span } of pools) {
      const pool = name === undefined || name.text === "" ? "This pool" : `Pool ${name.text}`;
      if (size?.value === undefined) {
        yield { severity: "error", message: `${pool} has no size.`, span: size?.span ?? span };
      } else if (
        isControlPlane?.text !== "true" &&
        !(/^\d+$/.test(size.text) && Number(size.text) <= MAX_MACHINES)
      ) {
        yield {
          severity: "error",
          message: `${pool} has 0 to ${MAX_MACHINES} machines, not ${size.text || "this"}.`,
          span: size.span,
        };
      }
    }
  },
};
