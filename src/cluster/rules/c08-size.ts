import { MAX_MACHINES } from "../limits.ts";
import type { Rule } from "./rule.ts";

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
