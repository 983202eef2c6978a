import assert from "node:assert/strict";
import { test } from "node:test";
import { secondsOf } from "../../../sandbox/standins/reconcile.ts";

test("reads durations as Go writes them", () => {
  for (const [duration, seconds] of [
    ["1h0m0s", 3600],
    ["24h0m0s", 86_400],
    ["10m", 600],
    ["90s", 90],
    ["1.5h", 5400],
    ["500ms", 0.5],
    ["1m30s", 90],
  ] as const) {
    assert.equal(secondsOf(duration), seconds, duration);
  }
});
