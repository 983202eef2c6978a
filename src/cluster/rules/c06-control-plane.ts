import type { Rule } from "./rule.ts";

/** Exactly one pool is the control plane. */
export const oneControlPlane: Rule = {
  code: "C06",
  *check({ pools, poolsField, spec, start }) {
    const [first, ...others] = pools.filter((pool) => pool.isControlPlane?.text === "true");
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
