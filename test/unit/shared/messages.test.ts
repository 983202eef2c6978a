import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dispatch, type Message, readMessage } from "../../../src/shared/messages.ts";
import { STACK_TO_HOST, type StackToHost } from "../../../src/shared/profileStack.ts";

describe("messages from a view", () => {
  const accepted: readonly StackToHost[] = [
    { type: "ready" },
    { type: "openLayer", index: 0 },
    { type: "openLine", line: 34 },
    { type: "nextProblem" },
    { type: "fix", index: 3, code: "P12", fix: "Set Namespace" },
    { type: "fix", index: null, code: "P02", fix: "Add Storage Layer" },
    { type: "addLayer" },
    { type: "createCluster" },
    { type: "newProfile" },
  ];
  for (const message of accepted) {
    it(`accepts ${JSON.stringify(message)}`, () => {
      assert.deepEqual(readMessage(STACK_TO_HOST, structuredClone(message)), message);
    });
  }

  const refused: readonly (readonly [string, unknown])[] = [
    ["nothing", undefined],
    ["null", null],
    ["a text", "ready"],
    ["a list", ["ready"]],
    ["no type", { index: 1 }],
    ["a type that is no text", { type: 1 }],
    ["an unknown type", { type: "runCommand", command: "x" }],
    ["a name of Object", { type: "constructor" }],
    ["a missing field", { type: "openLayer" }],
    ["a field too many", { type: "ready", extra: 1 }],
    ["a number as text", { type: "openLayer", index: "1" }],
    ["a negative place", { type: "openLayer", index: -1 }],
    ["a fraction", { type: "openLine", line: 1.5 }],
    ["not a number", { type: "openLine", line: Number.NaN }],
    ["a fix of something else", { type: "fix", index: "0", code: "P01", fix: "x" }],
    ["a text without end", { type: "fix", index: 0, code: "P01", fix: "x".repeat(501) }],
    ["an inherited field", Object.assign(Object.create({ index: 1 }), { type: "openLayer" })],
  ];
  for (const [what, value] of refused) {
    it(`refuses ${what}`, () => {
      assert.equal(readMessage(STACK_TO_HOST, value), undefined);
    });
  }

  it("go to the handler of their type", () => {
    type Ping = { readonly type: "ping"; readonly id: number } | { readonly type: "pong" };
    const seen: Message[] = [];
    dispatch<Ping>(
      { type: "ping", id: 7 },
      { ping: (message) => seen.push(message), pong: () => assert.fail() },
    );
    assert.deepEqual(seen, [{ type: "ping", id: 7 }]);
  });
});
