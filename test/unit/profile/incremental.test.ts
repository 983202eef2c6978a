import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkProfile, type ProfileDocument, parseProfile } from "../../../src/profile/index.ts";
import { parseIncrementally } from "../../../src/profile/syntax/incremental.ts";
import { parseYaml } from "../../../src/profile/syntax/parse.ts";
import { splitAtLayers } from "../../../src/profile/syntax/segments.ts";
import { addOn, full, layers } from "./support.ts";

const RUNS = Number(process.env.PALETTE_FUZZ_RUNS ?? 300);
const WHOLE = `${full()}  variables:\n    - name: a\n`;

/** Everything that is derived from a document and that features read. */
function facts(document: ProfileDocument): unknown {
  return {
    root: document.root,
    syntax: document.syntax,
    diagnostics: checkProfile(document),
    embedded: document.embedded.map(({ kind, documents, macros, node, toSpan }) => ({
      kind,
      documents,
      macros,
      node,
      places: documents.map(({ root }) => (root === undefined ? undefined : toSpan(root.span))),
    })),
  };
}

const piece = fc.oneof(
  fc.constantFrom(
    "\n",
    "  ",
    "- ",
    ":",
    '"',
    "'",
    "|",
    "#",
    "\t",
    "---\n",
    "&a ",
    "*a",
    "[",
    "}",
    "      - name: x\n        layer: os\n",
    "packs:\n",
    "{{.spectro.var.a}}",
    "\r\n",
  ),
  fc.string({ maxLength: 4 }),
);
const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 30 }), text: piece });

function edited(
  text: string,
  { at, length, text: inserted }: { at: number; length: number; text: string },
): string {
  const start = text.length === 0 ? 0 : at % text.length;
  return text.slice(0, start) + inserted + text.slice(start + length);
}

describe("incremental parsing", () => {
  it("gives for any sequence of edits what parsing anew gives", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(WHOLE, addOn(), layers("cluster", ["os", "k8s"])),
        fc.array(edit, { maxLength: 6 }),
        (base, edits) => {
          let text = base;
          let document = parseProfile(text);
          for (const each of edits) {
            text = edited(text, each);
            document = parseProfile(text, document);
            assert.deepEqual(facts(document), facts(parseProfile(text)));
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("gives for readable text what parsing as a whole gives", () => {
    fc.assert(
      fc.property(fc.constantFrom(WHOLE, addOn()), fc.array(edit, { maxLength: 3 }), (base, edits) => {
        const text = edits.reduce(edited, base);
        const whole = parseYaml(text);
        const inParts = parseIncrementally(text).documents;
        if (whole.every(({ problems }) => problems.length === 0)) {
          assert.deepEqual(
            inParts.map(({ root, problems }) => ({ root, problems })),
            whole.map(({ root, problems }) => ({ root, problems })),
          );
        } else {
          assert.ok(
            inParts.some(({ problems }) => problems.length > 0),
            "what cannot be read is said",
          );
        }
      }),
      { numRuns: RUNS * 3 },
    );
  });

  it("keeps the layers that did not change", () => {
    const first = parseProfile(WHOLE);
    const second = parseProfile(WHOLE.replace("192.168.0.0", "192.167.0.0"), first);
    const nodes = (document: ProfileDocument): unknown[] =>
      (document.view?.packs ?? []).map(({ node }) => node);
    const [before, after] = [nodes(first), nodes(second)];
    assert.deepEqual(
      after.map((node, i) => node === before[i]),
      [true, false, true, true],
    );
  });

  it("reports errors of several layers", () => {
    const text = WHOLE.replace("name: ubuntu-aws", 'name: "ubuntu-aws').replace(
      "name: csi-aws-ebs",
      "name: [csi-aws-ebs",
    );
    assert.deepEqual(
      checkProfile(parseProfile(text)).map(({ span }) => text.slice(span.start, span.end)),
      ['"ubuntu-aws', "[csi-aws-ebs"],
    );
  });
});

describe("splitting at layers", () => {
  const cases: readonly (readonly [title: string, text: string, starts: readonly string[] | undefined])[] = [
    ["items", "a:\n  packs:\n    - x: 1\n      y: 2\n    # c\n\n    - z\nb: 1\n", ["- x: 1", "- z"]],
    ["items at the column of their key", "a:\n  packs:\n  - x\n  - y\n  c: 1\n", ["- x", "- y"]],
    [
      "items that hold lists and text",
      "a:\n  packs:\n    - x: |\n        - t\n      y:\n      - n\n    - z\n",
      ["- x: |", "- z"],
    ],
    ["nothing in flow style", "a: {packs: [x]}\n", undefined],
    ["nothing at the first column", "packs:\n- x\n", undefined],
    ["nothing with tabs", "a:\n  packs:\n    - x\n\t- y\n", undefined],
    ["nothing without items", "a:\n  packs:\n    x: 1\n", undefined],
  ];
  for (const [title, text, expected] of cases) {
    it(`finds ${title}`, () => {
      assert.deepEqual(
        splitAtLayers(text)?.segments.map((segment) => segment.text.trimStart().split("\n")[0]),
        expected,
      );
    });
  }
});
