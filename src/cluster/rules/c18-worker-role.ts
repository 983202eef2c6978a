import type { Rule } from "./rule.ts";

/** Only a control plane takes workloads as well. */
export const onlyControlPlanesDouble: Rule = {
  code: "C18",
  *check({ pools }) {
    for (const { isControlPlane, useControlPlaneAsWorker } of pools) {
      if (useControlPlaneAsWorker?.text === "true" && isControlPlane?.text !== "true") {
        yield {
          severity: "error",
          message: "useControlPlaneAsWorker is for the control plane. Workers take workloads anyway.",
          span: useControlPlaneAsWorker.span,
        };
      }
    }
  },
};
