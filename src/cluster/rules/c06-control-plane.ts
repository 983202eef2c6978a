import type { Cloud } from "../clouds/cloud.ts";
import { cloudOf } from "../clouds/index.ts";
import type { Rule } from "./rule.ts";

/** Exactly one pool is the control plane; none is where the cloud's own service runs it. */
export const oneControlPlane: Rule = {
  code: "C06",
  *check({ pools, poolsField, cloudType, spec, start }) {
    const cloud = cloudOf(cloudType?.text ?? "");
    const [first, ...others] = pools.filter((pool) => pool.isControlPlane?.text === "true");
    if (cloud !== undefined && !hasControlPlanePool(cloud)) {
      if (first !== undefined) {
        yield {
          severity: "error",
          message: `${cloud.title} runs the control plane itself, so no pool is one.`,
          span: first.isControlPlane?.span ?? first.span,
        };
      }
      return;
    }
    if (first === undefined) {
      if (poolsField?.value === undefined || poolsField.value.kind === "seq") {
        yield {
          severity: "error",
          message: "No machine pool is the control plane. One pool needs isControlPlane: true.",
          span: poolsField?.key.span ?? spec?.key.span ?? start,
        };
      }
      return;
    }
    for (const { isControlPlane, span } of others) {
      yield {
        severity: "error",
        message: "A cluster has one control plane pool, and this is another.",
        span: isControlPlane?.span ?? span,
        related: [{ span: first.isControlPlane?.span ?? first.span, message: "The first one is here." }],
      };
    }
  },
};

/** Whether the request of a cloud says how many machines the control plane has. */
export function hasControlPlanePool({ distributions }: Pick<Cloud, "distributions">): boolean {
  return distributions.some((distribution) => distribution !== "managed");
}
