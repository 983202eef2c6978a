import type { Rule } from "./rule.ts";
import { isFilledInLater, valuesOf } from "./values.ts";

const KEY = "spectrocloud.com/install-priority";

/** The install priority is an integer, quoted or not. */
export const priorityIsInteger: Rule = {
  code: "P13",
  *check(input) {
    for (const pack of input.profile.packs) {
      const values = valuesOf(input, pack);
      const entry = values?.at("pack", KEY);
      if (values === undefined || entry === undefined) {
        continue;
      }
      const text = entry.value?.kind === "scalar" && entry.value.value !== null ? entry.value.text : "";
      if (!/^[-+]?\d+$/.test(text) && !isFilledInLater(text)) {
        yield {
          severity: "error",
          message: `The install priority ${text === "" ? "is empty" : `${text} is not an integer`}. Lower numbers are installed first; negative ones are allowed.`,
          span: values.place(entry),
        };
      }
    }
  },
};
