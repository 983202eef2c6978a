import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { node, outcome } from "../../../scripts/processes.ts";
import { conclude, readResults, type TestResult } from "../../../scripts/testing/results.ts";

const passed: TestResult = { outcome: "passed", name: "a" };
const failed: TestResult = { outcome: "failed", name: "b", reason: "c" };

describe("conclude", () => {
  it("takes the results of a level that went well as they are", () => {
    assert.deepEqual(conclude("unit", [passed], 0), [passed]);
  });

  it("does not count a failure twice", () => {
    assert.deepEqual(conclude("unit", [passed, failed], 1), [passed, failed]);
  });

  it("makes a level that broke a failure, whatever passed before", () => {
    assert.deepEqual(
      conclude("unit", [passed], 7).map(({ outcome }) => outcome),
      ["passed", "failed"],
    );
  });

  it("makes a level that ran nothing a failure", () => {
    assert.deepEqual(
      conclude("unit", [], 0).map(({ outcome }) => outcome),
      ["failed"],
    );
  });
});

describe("the reporter that counts", () => {
  const count = async (files: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), "palette-reporter-"));
    try {
      for (const [name, text] of Object.entries(files)) {
        await writeFile(
          join(folder, name),
          `import { before, describe, it, test } from "node:test";\n${text}`,
        );
      }
      const results = join(folder, "results.jsonl");
      const reporter = join(import.meta.dirname, "../../../scripts/testing/reporter.ts");
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      await outcome(
        node,
        [
          "--test",
          `--test-reporter=${reporter}`,
          `--test-reporter-destination=${results}`,
          ...Object.keys(files),
        ],
        { cwd: folder, env },
      );
      return await readResults(results);
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const fail = 'throw new Error("no")';
  const cases: [string, string, readonly string[]][] = [
    ["a test that passes", 'test("a", () => {});', ["passed"]],
    ["a test that fails", `test("a", () => { ${fail}; });`, ["failed"]],
    ["a skip with its reason", 'test("a", { skip: "no Chromium" }, () => {});', ["skipped no Chromium"]],
    [
      "the tests of a group, and not the group",
      'describe("g", () => { it("a", () => {}); it("b", () => {}); });',
      ["passed", "passed"],
    ],
    ["a failure in a group once", `describe("g", () => { it("a", () => { ${fail}; }); });`, ["failed"]],
    [
      "a hook that fails",
      `describe("g", () => { before(() => { ${fail}; }); it("a", () => {}); });`,
      ["failed", "failed"],
    ],
    ["a file that does not run", `${fail};`, ["failed"]],
    ["a file that ends early", 'test("a", () => {}); test("b", () => process.exit(3));', ["failed"]],
    ["nothing in a file without tests", "", []],
  ];
  it("says why a hook failed", async () => {
    const results = await count({
      "a.test.mjs": `describe("g", () => { before(() => { ${fail}; }); it("a", () => {}); });`,
    });
    assert.equal(results.at(-1)?.reason, "failed running before hook: no");
  });
  for (const [what, text, expected] of cases) {
    it(`counts ${what}`, async () => {
      const results = await count({ "a.test.mjs": text });
      const seen = results.map(({ outcome, reason }) =>
        outcome === "skipped" ? `${outcome} ${reason}` : outcome,
      );
      // What a file that ended early had reported before is not certain; that it failed is.
      assert.deepEqual(
        what === "a file that ends early" ? seen.filter((each) => each === "failed") : seen,
        expected,
      );
    });
  }
});
