import assert from "node:assert/strict";
import { test } from "node:test";
import { quantity } from "../../../src/virtual/index.ts";

test("reads quantities as Kubernetes writes them", () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ["4", 4],
    ["0.5", 0.5],
    ["250m", 0.25],
    ["16Gi", 16 * 1024 ** 3],
    ["32791Ki", 32791 * 1024],
    ["1G", 1e9],
    ["2k", 2000],
    ["1e3", 1000],
    ["12E", 12e18],
    ["", undefined],
    ["Gi", undefined],
    ["4X", undefined],
    ["undefined", undefined],
  ];
  for (const [text, expected] of cases) {
    assert.equal(quantity(text), expected, text);
  }
});
