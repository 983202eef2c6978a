import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { difference } from "../../../../src/app/panels/createCluster/difference.ts";

describe("the difference of two texts", () => {
  it("is nothing between a text and itself", () => {
    assert.deepEqual(difference("abc", "abc"), [3, 3, ""]);
  });

  it("is the part between what they begin and end with", () => {
    assert.deepEqual(difference("region: eu-west-1\n", "region: eu-north-1\n"), [11, 15, "north"]);
    assert.deepEqual(difference("a: west", "a: eu"), [3, 7, "eu"]);
    assert.deepEqual(difference("aa", "aaa"), [2, 2, "a"]);
  });

  it("makes one of the other, whatever they are", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (old, text) => {
        const [start, end, middle] = difference(old, text);
        assert.equal(old.slice(0, start) + middle + old.slice(end), text);
      }),
    );
  });
});
