import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../../../src/profile/edits.ts";
import { layersOf, parseProfile, profileOf } from "../../../src/profile/index.ts";
import { LAYERS } from "../../../src/profile/model.ts";
import { check, full, layers } from "./support.ts";

const RUNS = Number(process.env.PALETTE_FUZZ_RUNS ?? 400);

/** Pieces of YAML that hurt, and of profiles. */
const piece = fc.constantFrom(
  ..."\t|\n|\r\n|\r|: |- |#|{|}|[|]|'|\"|&a |*a|<<: *a|? |---\n|...\n|%YAML 1.2\n|!!str |>\n|,|\u00e9|🚀|\uFEFF|\0"
    .split("|")
    .concat("|"),
  "metadata:\n",
  "spec:\n",
  "  template:\n",
  "    packs:\n",
  "      - name: a\n",
  "        layer: os\n",
  "        values: |\n          a: 1\n",
  "{{.spectro.var.x}}",
);
const garbage = fc.oneof(
  fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }).map((all) => all.join("")),
  fc.string({ maxLength: 200, unit: "binary" }),
);
/** A profile with some of its text replaced. */
const damaged = fc.tuple(fc.nat(), fc.nat({ max: 40 }), garbage).map(([at, length, text]) => {
  const whole = full();
  const start = at % whole.length;
  return whole.slice(0, start) + text + whole.slice(start + length);
});

function everythingHolds(text: string): void {
  const found = check(text);
  for (const { span, fixes, related } of found) {
    for (const each of [span, ...(related ?? []).map((one) => one.span)]) {
      assert.ok(
        0 <= each.start && each.start <= each.end && each.end <= text.length,
        "the range lies in the text",
      );
    }
    assert.doesNotMatch(text.slice(span.start, span.end), /\n/);
    for (const fix of fixes ?? []) {
      check(applyEdits(text, fix.edits));
    }
  }
  const document = parseProfile(text);
  for (const layer of layersOf(document)) {
    assert.ok(layer.span.end <= text.length);
  }
  profileOf(document);
}

describe("any text", () => {
  it("is checked without a crash, with ranges inside it", () => {
    fc.assert(fc.property(garbage, everythingHolds), { numRuns: RUNS });
  });
  it("is checked without a crash where a profile is damaged", () => {
    fc.assert(fc.property(damaged, everythingHolds), { numRuns: RUNS });
  });
});

describe("fixes", () => {
  it("of layers end in a profile with the four mandatory layers in order", () => {
    const kinds = fc.uniqueArray(fc.constantFrom(...LAYERS), { maxLength: 5 });
    fc.assert(
      fc.property(kinds, fc.boolean(), (all, crlf) => {
        let text = layers("cluster", all);
        if (crlf) {
          text = text.replaceAll("\n", "\r\n");
        }
        for (let round = 0; round < 8; round++) {
          const fix = check(text)[0]?.fixes?.[0];
          if (fix === undefined) {
            break;
          }
          text = applyEdits(text, fix.edits);
        }
        assert.deepEqual(check(text), []);
        assert.deepEqual(
          profileOf(parseProfile(text))?.layers.map(({ layer }) => layer),
          LAYERS.filter((layer) => layer !== "addon" || all.includes("addon")),
        );
      }),
      { numRuns: 200 },
    );
  });
});
