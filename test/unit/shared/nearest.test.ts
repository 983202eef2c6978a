import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nearest } from "../../../src/shared/nearest.ts";

describe("nearest", () => {
  const cases: readonly (readonly [
    word: string,
    candidates: readonly string[],
    expected: string | undefined,
  ])[] = [
    ["metdata", ["metadata", "spec"], "metadata"],
    ["tpye", ["type", "name"], "type"],
    ["TYPE", ["type", "name"], "type"],
    ["x", ["type", "name"], undefined],
    ["csii", ["os", "cni", "csi"], "csi"],
    ["cxi", ["cni", "csi"], undefined],
    ["anything", [], undefined],
  ];
  for (const [word, candidates, expected] of cases) {
    it(`takes ${word} for ${expected ?? "nothing"}`, () => assert.equal(nearest(word, candidates), expected));
  }
});
