import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CREATE_TO_HOST, type CreateToHost } from "../../../src/shared/createCluster.ts";
import { fieldId, isFieldPath } from "../../../src/shared/form.ts";
import { readMessage } from "../../../src/shared/messages.ts";

const edit = { type: "edit", seq: 1, path: ["metadata", "name"], value: "shop" };

const accepted: readonly CreateToHost[] = [
  { type: "ready" },
  { type: "edit", seq: 1, path: ["metadata", "name"], value: "shop" },
  { type: "edit", seq: 7, path: ["spec", "machinePools", 1, "cloudConfig", "publicIP"], value: true },
  { type: "add", path: ["spec", "machinePools"] },
  { type: "clone", path: ["spec", "machinePools", 1] },
  { type: "remove", path: ["spec", "machinePools", 1] },
  { type: "act", action: "create", argument: null },
  { type: "act", action: "stop", argument: "keep" },
];

const refused: readonly [why: string, value: unknown][] = [
  ["no message", null],
  ["a type of nobody", { type: "delete" }],
  ["a type of objects", { type: "constructor" }],
  ["a field too many", { ...edit, more: 1 }],
  ["a field too few", { type: "edit", seq: 1, path: ["a"] }],
  ["a number that does not count", { ...edit, seq: 0 }],
  ["an empty path", { ...edit, path: [] }],
  ["a path that is a text", { ...edit, path: "metadata" }],
  ["a path into prototypes", { ...edit, path: ["__proto__", "name"] }],
  ["a path with a place that is none", { ...edit, path: ["spec", -1] }],
  ["a path with an object", { ...edit, path: ["spec", {}] }],
  ["a path without an end", { ...edit, path: Array(17).fill("a") }],
  ["a value that no control holds", { ...edit, value: { a: 1 } }],
  ["a number as value", { ...edit, value: 1 }],
  ["a value without an end", { ...edit, value: "a".repeat(100_001) }],
  ["an action of nobody", { type: "act", action: "runCommand", argument: null }],
  ["an argument without an end", { type: "act", action: "editLayer", argument: "a".repeat(501) }],
];

describe("what the host of the create form accepts", () => {
  for (const message of accepted) {
    it(JSON.stringify(message), () => assert.deepEqual(readMessage(CREATE_TO_HOST, message), message));
  }
  for (const [why, value] of refused) {
    it(`is not ${why}`, () => assert.equal(readMessage(CREATE_TO_HOST, value), undefined));
  }
});

describe("the id of a field", () => {
  it("tells paths apart and needs no quotes", () => {
    const paths = [["a", "b"], ["a.b"], ["a_b"], ["a/b"], ["a", 1], ["a", "1x"], ["@profile"]];
    const ids = paths.map(fieldId);
    assert.equal(new Set(ids).size, paths.length - 1, ids.join(" "));
    for (const id of ids) {
      assert.match(id, /^f-[\w.-]+$/);
    }
  });

  it("is made of paths only", () => assert.equal(isFieldPath([["a"]]), false));
});
