import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  pairsOf,
  pairsText,
  readValue,
  taintsOf,
  taintsText,
  textOf,
} from "../../../../src/app/panels/createCluster/values.ts";
import type { FieldSchema } from "../../../../src/cluster/clouds/fields.ts";

const list: FieldSchema = { type: "array", items: { type: "string" } };
const map: FieldSchema = { type: "object", additionalProperties: { type: "string" } };

const readings: readonly [what: string, text: string | boolean, schema: FieldSchema, value: unknown][] = [
  ["a text without its blanks", " eu-west-1 ", { type: "string" }, "eu-west-1"],
  ["nothing where nothing is typed", "", { type: "string" }, undefined],
  ["lines as they are", "a\n b\n", { type: "string", format: "multiline" }, "a\n b\n"],
  ["a number", "60", { type: "integer" }, 60],
  ["what is no number as it was typed, for the rules to judge", "6o", { type: "integer" }, "6o"],
  ["an infinite number as text", "1e999", { type: "number" }, "1e999"],
  ["a choice that is a number", "3", { type: "integer", enum: [1, 3] }, 3],
  ["several with commas between", "a, b,,c", list, ["a", "b", "c"]],
  ["several numbers", "1, 2", { type: "array", items: { type: "integer" } }, [1, 2]],
  ["a list of nothing as nothing", " , ", list, undefined],
  [
    "keys one in each line",
    "ssh-ed25519 A x, y\nssh-rsa B",
    { type: "array", items: { type: "string", format: "ssh-public-key" } },
    ["ssh-ed25519 A x, y", "ssh-rsa B"],
  ],
  ["pairs", "a=1, b=x=y", map, { a: "1", b: "x=y" }],
  ["a box that is as it is by default as nothing", true, { type: "boolean", default: true }, undefined],
  ["a box that is not", false, { type: "boolean", default: true }, false],
  ["a box without a default", true, { type: "boolean" }, true],
];

describe("what a control holds", () => {
  for (const [what, text, schema, value] of readings) {
    it(`is read as ${what}`, () => assert.deepEqual(readValue(text, schema), value));
  }

  it("is what was read from it, for lists and pairs of any plain words", () => {
    const word = fc.stringMatching(/^[a-z0-9./-]{1,10}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        assert.deepEqual(readValue(textOf(words, list), list), words);
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(word, word, { minKeys: 1 }), (pairs) => {
        assert.deepEqual(pairsOf(pairsText(pairs), { type: "string" }), { ...pairs });
      }),
    );
  });
});

describe("taints", () => {
  const taints = [
    { key: "dedicated", value: "gpu", effect: "NoSchedule" },
    { key: "spot", value: "", effect: "NoExecute" },
  ];

  it("are written as kubectl writes them", () => {
    assert.equal(taintsText(taints), "dedicated=gpu:NoSchedule, spot:NoExecute");
  });

  it("are read back", () => assert.deepEqual(taintsOf(taintsText(taints)), taints));

  it("keep pods away where no effect is typed", () => {
    assert.deepEqual(taintsOf("spot"), [{ key: "spot", value: "", effect: "NoSchedule" }]);
  });

  it("keep an effect that does not exist, for the rules to judge", () => {
    assert.deepEqual(taintsOf("a=b:Never"), [{ key: "a", value: "b", effect: "Never" }]);
  });

  it("are none where nothing is typed", () => assert.equal(taintsOf(" "), undefined));
});
