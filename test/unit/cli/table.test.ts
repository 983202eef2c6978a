import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { durationText, table } from "../../../src/cli/table.ts";

describe("a table", () => {
  it("has columns as wide as they need, and no blanks at line ends", () => {
    const rows = [
      ["a", "1", "x"],
      ["longer", "22", ""],
    ];
    assert.equal(table(["NAME", "N", "TEXT"], rows), "NAME    N   TEXT\na       1   x\nlonger  22");
  });
});

describe("a duration", () => {
  for (const [seconds, text] of [
    [-3, "0 s"],
    [59.6, "1 min 0 s"],
    [403, "6 min 43 s"],
    [3600 * 3 + 720, "3 h 12 min"],
    [3600 * 100, "4 d"],
  ] as const) {
    it(`of ${seconds} s is ${text}`, () => assert.equal(durationText(seconds * 1000), text));
  }
});
