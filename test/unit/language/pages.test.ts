import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { RULES as REQUEST_RULES } from "../../../src/cluster/rules/index.ts";
import { RULES } from "../../../src/profile/rules/index.ts";

const folder = new URL("../../../docs/rules/", import.meta.url);

describe("pages of the rules", () => {
  const codes = [
    ...RULES.map(({ code }) => code),
    "P21",
    "SHAPE",
    "YAML",
    ...REQUEST_RULES.map(({ code }) => code),
    "C11",
    "C12",
    "C13",
  ];
  for (const code of codes) {
    it(`has one for ${code}, with a title, a wrong and a right example`, () => {
      const page = readFileSync(new URL(`${code}.md`, folder), "utf8");
      assert.match(page, new RegExp(`^# ${code}: `));
      assert.match(page, /\nWrong:\n\n```yaml\n/);
      assert.match(page, /\nRight:\n\n```yaml\n/);
      assert.match(page, /\n\*\*Fix\.\*\* /);
    });
  }
  it("has none for a rule that does not exist", () => {
    const pages = readdirSync(folder).filter((name) => /^[CP]\d\d\.md$/.test(name));
    assert.deepEqual(
      pages.filter((name) => !codes.includes(name.replace(".md", ""))),
      [],
    );
  });
  it("gives the rules in the order of their codes", () => {
    const order = RULES.map(({ code }) => code);
    assert.deepEqual(order, [...order].sort());
  });
});
