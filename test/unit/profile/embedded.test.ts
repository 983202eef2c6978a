import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseProfile } from "../../../src/profile/index.ts";

/** A line of values with a macro in it, and whether the macro counts. */
const LINES: readonly (readonly [write: (macro: string, i: number) => string, counts: boolean])[] = [
  [(macro, i) => `k${i}: '${macro}'`, true],
  [(macro, i) => `k${i}: a-${macro}-b`, true],
  [(macro, i) => `k${i}: ${macro} # c`, true],
  [(macro) => macro, true],
  [(macro) => `# ${macro}`, false],
  [(macro, i) => `k${i}: a # ${macro}`, false],
  [(macro, i) => `k${i}: # ${macro}`, false],
];

describe("macros of values", () => {
  it("count where they stand in a value or have a line, not in comments", () => {
    const line = fc.constantFrom(...LINES);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const written = lines.map(([write], i) => write(`{{.spectro.var.v${i}}}`, i));
        const values = written.map((each) => `          ${each}\n`).join("");
        const { embedded } = parseProfile(
          `metadata:\n  name: a\nspec:\n  template:\n    packs:\n      - name: p\n        values: |\n          first: 1\n${values}`,
        );
        assert.deepEqual(
          embedded[0]?.macros.flatMap(({ refs }) => refs.map(({ name }) => name)),
          lines.flatMap(([, counts], i) => (counts ? [`v${i}`] : [])),
          written.join("\n"),
        );
      }),
    );
  });
});
