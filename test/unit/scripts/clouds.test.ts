import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cloudFiles } from "../../../scripts/clouds.ts";

describe("what is made of the folders of clouds", () => {
  for (const [path, text] of cloudFiles()) {
    it(`${path} is current (node scripts/run.mjs scripts/clouds.ts)`, () => {
      assert.equal(readFileSync(join(import.meta.dirname, "../../..", path), "utf8"), text);
    });
  }
});
