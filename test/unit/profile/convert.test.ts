import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { parseProfile, profileToJson, profileToYaml } from "../../../src/profile/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { check, full } from "./support.ts";

const exported = readFileSync(new URL("../../fixtures/palette-export.json", import.meta.url), "utf8");
const toYaml = (text: string): string => profileToYaml(parseProfile(text));
const toJson = (text: string): string => profileToJson(parseProfile(text));

describe("conversion", () => {
  it("of Palette's export to YAML and back loses nothing", () => {
    assert.deepEqual(JSON.parse(toJson(toYaml(exported))), JSON.parse(exported));
  });
  it("of Palette's export to YAML gives a profile without new problems", () => {
    const codes = (text: string): string[] => check(text).map(({ code, message }) => `${code} ${message}`);
    assert.deepEqual(codes(toYaml(exported)).sort(), codes(exported).sort());
  });
  it("writes values as blocks of text", () => {
    assert.match(toYaml(exported), /\n {8}values: \|\n {10}pack:\n {12}podCIDR: "192/);
  });
  it("reads texts that look like numbers as texts", () => {
    const json = JSON.parse(toJson(full(['tag: "22.04"', "tag: 22.10"])));
    assert.equal(json.spec.template.packs[0].tag, "22.10");
  });
  it("keeps fields that nobody knows", () => {
    const json = JSON.parse(
      toJson(full(["labels: {}", "labels: {a: b}\n  x-team: [1, true, null, {y: z}]"])),
    );
    assert.deepEqual(json.metadata["x-team"], [1, true, null, { y: "z" }]);
  });
  it("keeps numbers as they are written, and keys in their order", () => {
    const json = `{
  "metadata": {
    "name": "a",
    "labels": {
      "10": "x",
      "2": "y",
      "__proto__": "z"
    }
  },
  "spec": {
    "long": 12345678901234567890,
    "exact": 1.50,
    "large": 1e400,
    "empty": {},
    "none": []
  }
}
`;
    assert.equal(toJson(json), json);
    assert.equal(toJson(toYaml(json)), json);
    assert.match(toYaml(json), /long: 12345678901234567890\n {2}exact: 1\.50\n {2}large: 1e400\n/);
  });
  it("writes numbers that JSON has no words for in decimal, and infinity as text", () => {
    const json = JSON.parse(toJson("metadata: {name: a}\nspec: {a: 0x1F, b: .5, c: .inf}\n"));
    assert.deepEqual(json.spec, { a: 31, b: 0.5, c: ".inf" });
  });
  it("quotes what readers of YAML 1.1 take for something else than text", () => {
    const labels = { a: "yes", b: "off", c: "2026-01-01", d: "0o17", e: "12:30:45", f: "plain" };
    const yaml = toYaml(JSON.stringify({ metadata: { name: "a", labels } }));
    assert.deepEqual(parse(yaml, { version: "1.1" }).metadata.labels, labels);
    assert.match(yaml, /f: plain/);
  });
  it("follows aliases and merge keys", () => {
    const json = JSON.parse(
      toJson(`b: &b {type: spectro}\nspec:\n  template:\n    packs:\n      - {<<: *b, name: a}\n`),
    );
    assert.deepEqual(json.spec.template.packs, [{ name: "a", type: "spectro" }]);
  });
  it("refuses what cannot be read", () => {
    assert.throws(
      () => toJson('metadata: "x'),
      (error) => isPaletteError(error, "InvalidDocument"),
    );
    assert.throws(
      () => toYaml("apiVersion: v1\nkind: ConfigMap\n"),
      (error) => isPaletteError(error, "InvalidDocument"),
    );
  });
  it("there and back is the identity, whatever values hold", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc
        .array(
          fc.constantFrom("a: 1", "  b", "\tc", "# d", "", " ", "- e", "'f\"", "g\r", "🚀", "---", "..."),
          { maxLength: 8 },
        )
        .map((lines) => lines.join("\n")),
    );
    const key = fc.oneof(
      text,
      fc.constantFrom("<<", "1", "null", "yes", "~", "?", "a: b", "1.0", "2026-01-01"),
    );
    fc.assert(
      fc.property(
        text,
        text,
        fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })),
        (values, description, annotations) => {
          const data = {
            metadata: {
              name: "a",
              description,
              labels: {},
              annotations: JSON.parse(JSON.stringify(annotations)),
            },
            spec: { version: "1.0.0", template: { type: "system", packs: [{ name: "p", values }] } },
          };
          const yaml = toYaml(JSON.stringify(data));
          assert.deepEqual(parse(yaml), data);
          assert.deepEqual(JSON.parse(toJson(yaml)), data);
        },
      ),
      { numRuns: 200 },
    );
  });
});
