import type { Fields } from "../view.ts";
import type { Finding, Rule } from "./rule.ts";

/** Variables and layer values of a cluster have a name each, once, and exactly one source (design.md, Request file). */
export const overridesAreNamed: Rule = {
  code: "C19",
  *check({ profiles }) {
    for (const { variables, packValues } of profiles) {
      yield* named(variables, "variable");
      yield* named(packValues, "layer");
      for (const variable of variables) {
        const value = variable.get("value");
        const valueFrom = variable.get("valueFrom");
        if (value !== undefined && valueFrom !== undefined) {
          yield {
            severity: "error",
            message: "A variable has a value, or valueFrom, not both.",
            span: valueFrom.key.span,
          };
        }
      }
    }
  },
};

function* named(items: readonly Fields[], word: string): Iterable<Finding> {
  const seen = new Set<string>();
  for (const item of items) {
    const name = item.get("name");
    if (name === undefined || name.text === "") {
      yield { severity: "error", message: `This ${word} has no name.`, span: name?.span ?? item.span };
    } else if (seen.has(name.text)) {
      yield { severity: "error", message: `${name.text} is given twice.`, span: name.span };
    }
    seen.add(name?.text ?? "");
  }
}
