import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { table } from "../../../src/cli/table.ts";

describe("a table", () => {
  it("has columns as wide as they need, and no blanks at line ends", () => {
    const rows = [
      ["a", "1", "x"],
      ["longer", "22", ""],
    ];
    assert.equal(table(["NAME", "N", "TEXT"], rows), "NAME    N   TEXT\na       1   x\nlonger  22");
  });
});
