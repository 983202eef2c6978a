import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkProfile, type ProfileDocument, parseProfile } from "../../../src/profile/index.ts";
import { parseIncrementally } from "../../../src/profile/syntax/incremental.ts";
import { parseYaml } from "../../../src/profile/syntax/parse.ts";
import { splitAtItems } from "../../../src/profile/syntax/segments.ts";
import { addOn, full, layers } from "./support.ts";

const RUNS = Number(process.env.PALETTE_FUZZ_RUNS ?? 300);
const WHOLE = `# A profile.
${full()}  variables:
    # Where it is reached.
    - name: host
      displayName: "Host: name"
      description: |
        packs:
          - none
      options:
      - value: a
        label: A
    - name: replicas
      format: number
      defaultValue: "2"
`;

/** What edits begin with: the same parts in every way that they can stand in a file. */
const BASES = [
  WHOLE,
  WHOLE.replaceAll("\n", "\r\n"),
  addOn(),
  layers("cluster", ["os", "k8s"]),
  // A list of nothing.
  "spec:\n  template:\n    packs:\n    -\nmetadata:\n  name: a\n",
  `spec:\n  variables:\n  - name: a\n  - name: b\n  template:\n    packs:\n    - name: c\nmetadata:\n  name: d\n`,
  `${WHOLE}# End.\n---\n${WHOLE}`,
  WHOLE.replace("name: host", "name: &n host").replace('defaultValue: "2"', "defaultValue: *n"),
  WHOLE.replace("metadata:", "metadata: &m").replace("- name: replicas", "- <<: *m\n      name: replicas"),
];

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
    "variables:\n",
    "    - name: y\n      format: string\n",
    "{{.spectro.var.a}}",
    "\r\n",
  ),
  fc.string({ maxLength: 4 }),
);
/** What stands outside the layers is short: most places would miss it. */
const near = fc.constantFrom(undefined, "metadata:", "spec:", "variables:", "- name: replicas");
const edit = fc.record({ near, at: fc.nat(), length: fc.nat({ max: 30 }), text: piece });
interface Edit {
  readonly near: string | undefined;
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

function edited(text: string, { near: mark, at, length, text: inserted }: Edit): string {
  const from = mark === undefined ? -1 : text.indexOf(mark);
  const start = from < 0 ? at % (text.length + 1) : Math.min(from + (at % 80), text.length);
  return text.slice(0, start) + inserted + text.slice(start + length);
}

describe("incremental parsing", () => {
  it("gives for any sequence of edits what parsing anew gives", () => {
    fc.assert(
      fc.property(fc.constantFrom(...BASES), fc.array(edit, { maxLength: 6 }), (base, edits) => {
        let text = base;
        let document = parseProfile(text);
        for (const each of edits) {
          text = edited(text, each);
          document = parseProfile(text, document);
          assert.deepEqual(facts(document), facts(parseProfile(text)));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("gives for readable text what parsing as a whole gives", () => {
    fc.assert(
      fc.property(fc.constantFrom(...BASES), fc.array(edit, { maxLength: 3 }), (base, edits) => {
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

  /** The parts of the second version that were parsed for it, by their first words. */
  function parsedAgain(first: ProfileDocument, second: ProfileDocument): string[] {
    const [before, after] = [first.caches.parse, second.caches.parse];
    const items = [...after.items].flatMap(([source, { node }]) =>
      node === before.items.get(source)?.node ? [] : [source.trim().split("\n")[0] ?? ""],
    );
    return after.around?.documents === before.around?.documents ? items : [...items, "the rest"];
  }
  for (const [edit, found, replacement, again] of [
    ["no edit", "", "", []],
    ["an edit in a layer", "192.168.0.0", "192.167.0.0", ["- name: kubernetes"]],
    ["a longer layer", "192.168.0.0", "192.168.0.000", ["- name: kubernetes"]],
    ["an edit in a variable", "format: number", "format: string", ["- name: replicas"]],
    ["a longer variable", "label: A", "label: A long one", ["- name: host"]],
    ["an edit in the metadata", "metadata:\n", "metadata:\n  uid: a\n", ["the rest"]],
    ["an edit in a comment on top", "# A", "# Not a", ["the rest"]],
    ["a variable taken away", / {4}- name: replicas[\s\S]*/, "", []],
    [
      "a variable put before the others",
      "    - name: host",
      "    - name: new\n    - name: host",
      ["- name: new"],
    ],
  ] as const) {
    it(`reads for ${edit} ${again.length === 0 ? "nothing" : again.join(" and ")}`, () => {
      const first = parseProfile(WHOLE);
      const text = WHOLE.replace(found, replacement);
      const second = parseProfile(text, first);
      assert.deepEqual(parsedAgain(first, second), again);
      assert.deepEqual(facts(second), facts(parseProfile(text)));
    });
  }

  it("reports errors of several layers and variables", () => {
    const text = WHOLE.replace("name: ubuntu-aws", 'name: "ubuntu-aws')
      .replace("name: csi-aws-ebs", "name: [csi-aws-ebs")
      .replace("format: number", "format: {number");
    assert.deepEqual(
      checkProfile(parseProfile(text)).map(({ span }) => text.slice(span.start, span.end)),
      ['"ubuntu-aws', "[csi-aws-ebs", "{number"],
    );
  });
});

describe("splitting at layers and variables", () => {
  const cases: readonly (readonly [title: string, text: string, starts: readonly (readonly string[])[]])[] = [
    ["items", "a:\n  packs:\n    - x: 1\n      y: 2\n    # c\n\n    - z\nb: 1\n", [["- x: 1", "- z"]]],
    ["items at the column of their key", "a:\n  packs:\n  - x\n  - y\n  c: 1\n", [["- x", "- y"]]],
    [
      "items that hold lists and text",
      "a:\n  packs:\n    - x: |\n        - t\n      variables:\n      - n\n    - z\n",
      [["- x: |", "- z"]],
    ],
    ["both lists", "a:\n  variables:\n  - x\n  packs:\n  - y\n", [["- x"], ["- y"]]],
    ["what stands before tabs", "a:\n  packs:\n  - x\n  variables:\n  - y\n\t- z\n", [["- x"]]],
    ["nothing in flow style", "a: {packs: [x]}\n", []],
    ["nothing at the first column", "packs:\n- x\n", []],
    ["nothing with tabs", "a:\n  packs:\n    - x\n\t- y\n", []],
    ["nothing without items", "a:\n  packs:\n    x: 1\n", []],
  ];
  for (const [title, text, expected] of cases) {
    it(`finds ${title}`, () => {
      assert.deepEqual(
        splitAtItems(text).map(({ segments }) =>
          segments.map((segment) => segment.text.trimStart().split("\n")[0]),
        ),
        expected,
      );
    });
  }
});
