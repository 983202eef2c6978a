import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseYaml } from "../../../src/profile/syntax/parse.ts";
import { unmark } from "./support.ts";

describe("syntax errors", () => {
  const cases: readonly (readonly [title: string, marked: string, message: RegExp])[] = [
    ["a list that is not closed", "a: ‹[1, 2›\nb: 1\n", /closing \] is missing/],
    ["a list that is not closed before keys", "a: ‹[›\n  b: 1\n  c: 2\nd: 1\n", /closing \] is missing/],
    ["a map that is not closed", "a: ‹{b: 1›", /closing } is missing/],
    ["a quote that is not closed", 'a: ‹"x›\nb: 2\n', /closing " is missing/],
    ["a tab that indents", "a:\n‹\t›b: 1\n", /Tabs must not indent/],
    ["a tab that indents a block of text", "a: |\n  b: 1\n‹\t›c: 1\n", /Tabs must not indent/],
    ["a colon inside a value", "a: ‹b›: c\n", /Quote the value/],
    ["a key that is indented too little", "a:\n  b:\n    c: 1\n   ‹d›: 2\n", /indented wrongly/],
    ["a dash in another column", "a:\n  - b\n ‹-› c\n", /dash stands in another column/],
    ["a key that is indented too far", "a:\n  b: ‹x›\n    c: 1\n", /next line is indented deeper/],
    ["a text that must be quoted", "a: ‹@›b\n", /must be quoted/],
    ["an alias without an anchor", "a: ‹*x›\n", /No anchor &x/],
    ["a key that stands twice", "a: 1\nb: 2\n‹a›: 3\n", /a stands twice/],
    ["a key that stands twice deep inside", "a:\n  - {b: 1, ‹b›: 2}\n", /b stands twice/],
    ["an unknown escape", 'a: "‹\\›q"\n', /no escape/],
  ];
  for (const [title, marked, message] of cases) {
    it(`finds ${title}`, () => {
      const { text, spans } = unmark(marked);
      const problems = parseYaml(text)[0]?.problems ?? [];
      assert.deepEqual(
        problems.map(({ span }) => span),
        spans,
      );
      assert.match(problems[0]?.message ?? "", message);
    });
  }

  it("reports the first cause only", () => {
    assert.equal((parseYaml('a: "x\nb: [\nc: {\n')[0]?.problems ?? []).length, 1);
  });

  it("points at the first of two keys", () => {
    assert.deepEqual((parseYaml("a: 1\na: 2")[0]?.problems ?? [])[0]?.related?.[0]?.span, {
      start: 0,
      end: 1,
    });
  });

  it("checks ten thousand keys of one map", () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `k${i}: ${i}\n`).join("");
    assert.deepEqual(parseYaml(text)[0]?.problems ?? [], []);
    assert.equal((parseYaml(`${text}k7: 1\n`)[0]?.problems ?? []).length, 1);
  });
});
