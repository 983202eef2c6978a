import { MAX_MACHINES } from "../limits.ts";
import type { Rule } from "./rule.ts";

/** A pool that scales by itself has both bounds, and its size lies between them (palette.md 4). */
export const boundsHoldSize: Rule = {
  code: "C15",
  *check({ pools }) {
    for (const { name, isControlPlane, size, minSize, maxSize, span } of pools) {
      const given = [minSize, maxSize].filter((field) => field !== undefined);
      const [first] = given;
      if (first === undefined) {
        continue;
      }
      const pool = `Pool ${name?.text ?? ""}`.trim();
      if (isControlPlane?.text === "true") {
        yield {
          severity: "error",
          message: "The control plane does not scale by itself. It has a size only.",
          span: first.key.span,
        };
        continue;
      }
      const wrong = given.find(({ text }) => !/^\d+$/.test(text) || Number(text) > MAX_MACHINES);
      if (wrong !== undefined) {
        yield {
          severity: "error",
          message: `${pool} scales between 0 and ${MAX_MACHINES} machines, not ${wrong.text || "this"}.`,
          span: wrong.span,
        };
        continue;
      }
      if (minSize === undefined || maxSize === undefined) {
        yield {
          severity: "error",
          message: `${pool} scales by itself only with both minSize and maxSize.`,
          span: first.key.span ?? span,
        };
        continue;
      }
      const [least, most] = [Number(minSize.text), Number(maxSize.text)];
      if (least > most) {
        yield {
          severity: "error",
          message: `minSize ${least} of ${pool} is more than its maxSize ${most}.`,
          span: minSize.span,
        };
      } else if (size?.value !== undefined && (Number(size.text) < least || Number(size.text) > most)) {
        yield {
          severity: "error",
          message: `${pool} begins with ${size.text} machines, and scales between ${least} and ${most}.`,
          span: size.span,
        };
      }
    }
  },
};
