import { isPoolName, MAX_POOL_NAME } from "../limits.ts";
import type { Rule } from "./rule.ts";

/** Pools have names that objects can carry, each its own. */
export const poolNamesAreUnique: Rule = {
  code: "C09",
  *check({ pools }) {
    const seen = new Map<string, (typeof pools)[number]>();
    for (const pool of pools) {
      const { name, span } = pool;
      if (name === undefined || name.text === "") {
        yield { severity: "error", message: "This machine pool has no name.", span: name?.span ?? span };
        continue;
      }
      if (!isPoolName(name.text)) {
        yield {
          severity: "error",
          message: `Pool name ${name.text} needs lower-case letters, digits and hyphens, ${MAX_POOL_NAME} at most, with a letter or digit at both ends.`,
          span: name.span,
        };
      }
      const first = seen.get(name.text);
      if (first === undefined) {
        seen.set(name.text, pool);
      } else {
        yield {
          severity: "error",
          message: `Two pools are called ${name.text}.`,
          span: name.span,
          related: [{ span: first.name?.span ?? first.span, message: "The first one is here." }],
        };
      }
    }
  },
};
