import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { estimate } from "../../../sandbox/build/estimate.ts";

const steps = [
  { name: "a", seconds: 10 },
  { name: "b", seconds: 30 },
  { name: "c", seconds: 60 },
];

describe("estimate", () => {
  const table: [string, Parameters<typeof estimate>[1], number, { done: number; remaining: number }][] = [
    [
      "nothing measured, machine of reference",
      { index: 0, seconds: 0, before: [] },
      1,
      { done: 0, remaining: 100 },
    ],
    [
      "nothing measured, machine of twice the speed",
      { index: 0, seconds: 0, before: [] },
      0.5,
      { done: 0, remaining: 50 },
    ],
    ["half of a step", { index: 0, seconds: 5, before: [] }, 1, { done: 5, remaining: 95 }],
    [
      "a step that takes too long stands still",
      { index: 0, seconds: 500, before: [] },
      1,
      { done: 9.5, remaining: 90.5 },
    ],
    // 40 of 100 behind in 20 s: measured half, trusted to 80 %: 0.8 * 0.5 + 0.2 * 1 = 0.6
    ["measured twice the speed", { index: 2, seconds: 0, before: [5, 15] }, 1, { done: 40, remaining: 36 }],
    ["at the end", { index: 3, seconds: 0, before: [10, 30, 60] }, 1, { done: 100, remaining: 0 }],
  ];
  for (const [name, elapsed, scale, expected] of table) {
    test(name, () => {
      const { done, total, remainingSeconds } = estimate(steps, elapsed, scale);
      assert.equal(total, 100);
      assert.ok(Math.abs(done - expected.done) < 1e-9, `done ${done}`);
      assert.ok(Math.abs(remainingSeconds - expected.remaining) < 1e-9, `remaining ${remainingSeconds}`);
    });
  }

  test("stays between nothing and all, and never goes back within a step", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 300, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.array(fc.double({ min: 0, max: 3000, noNaN: true }), { minLength: 12, maxLength: 12 }),
        fc.double({ min: 0, max: 3000, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        (seconds, n, durations, at, later, scale) => {
          const all = seconds.map((each, i) => ({ name: String(i), seconds: each }));
          const index = n % all.length;
          const before = durations.slice(0, index);
          const now = estimate(all, { index, seconds: at, before }, scale);
          const then = estimate(all, { index, seconds: at + later, before }, scale);
          assert.ok(now.done >= 0 && now.done < now.total);
          assert.ok(now.remainingSeconds >= 0);
          assert.ok(then.done >= now.done);
        },
      ),
    );
  });
});
