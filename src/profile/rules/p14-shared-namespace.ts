import type { Span } from "../../shared/diagnostic.ts";
import type { Rule } from "./rule.ts";
import { isFilledInLater, valuesOf } from "./values.ts";

/** Kubernetes never deletes these. */
const PERMANENT = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/** Two layers do not share a namespace: removing one of them destroys it with everything in it. */
export const namespacesAreApart: Rule = {
  code: "P14",
  *check(input) {
    // Places are looked up only where there is something to report.
    const first = new Map<string, { title: string; place: () => Span }>();
    for (const pack of input.profile.packs) {
      const values = valuesOf(input, pack);
      const entry = values?.at("pack", "namespace");
      if (values === undefined || entry?.value?.kind !== "scalar" || entry.value.value === null) {
        continue;
      }
      const name = entry.value.text;
      if (name === "" || PERMANENT.has(name) || isFilledInLater(name)) {
        continue;
      }
      const title = pack.name?.text || "another layer";
      const place = (): Span => values.place(entry);
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, { title, place });
        continue;
      }
      yield {
        severity: "warning",
        message: `${title} and ${other.title} share the namespace ${name}. Removing one of them destroys it with everything in it.`,
        span: place(),
        related: [{ span: other.place(), message: `${other.title} uses it here.` }],
      };
    }
  },
};
