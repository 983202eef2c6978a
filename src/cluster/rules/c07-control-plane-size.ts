import type { Rule } from "./rule.ts";

const SIZES = ["1", "3", "5"];

/** etcd needs an odd number of members (palette.md 4: 1, 3 or 5). */
export const controlPlaneIsOdd: Rule = {
  code: "C07",
  *check({ pools }) {
    for (const { isControlPlane, size } of pools) {
      if (isControlPlane?.text === "true" && size?.value !== undefined && !SIZES.includes(size.text)) {
        yield {
          severity: "error",
          message: `The control plane has 1, 3 or 5 machines, not ${size.text}.`,
          span: size.span,
        };
      }
    }
  },
};
