import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { applyEdits } from "../../../src/profile/edits.ts";
import { formatYaml } from "../../../src/profile/format.ts";
import { parseYaml } from "../../../src/profile/syntax/parse.ts";
import { full } from "./support.ts";

const format = (text: string): string => applyEdits(text, formatYaml(text));

describe("formatting", () => {
  const cases: readonly (readonly [title: string, before: string, after: string])[] = [
    ["indents by two", "a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n"],
    ["puts list items below their key", "a:\n- b: 1\n  c: 2\n- d\n", "a:\n  - b: 1\n    c: 2\n  - d\n"],
    [
      "puts one blank behind colons and dashes",
      "a:   1\nb:\n  -   c:  x\n      d: 2\n",
      "a: 1\nb:\n  - c: x\n    d: 2\n",
    ],
    ["drops blanks at line ends", "a: 1  \nb:\n  c: 2\t\n   \n", "a: 1\nb:\n  c: 2\n\n"],
    [
      "moves text as a block",
      "a:\n    b: |\n        x: 1\n          y: 2\n\n        z\n    c: 1\n",
      "a:\n  b: |\n    x: 1\n      y: 2\n\n    z\n  c: 1\n",
    ],
    [
      "moves text with a number in its header",
      "a:\n    b: |2\n        x\n      y\n",
      "a:\n  b: |2\n      x\n    y\n",
    ],
    [
      "keeps blanks at the ends of text lines",
      "a:\n   b: |\n     x  \n     y\n",
      "a:\n  b: |\n    x  \n    y\n",
    ],
    [
      "moves comments with what is below them",
      "a:\n    # one\n    b: 1 # two\n# three\n    c: 2\n",
      "a:\n  # one\n  b: 1 # two\n  # three\n  c: 2\n",
    ],
    [
      "moves each comment of many in a row, and those at the end with the document",
      "a:\n    # one\n# two\n   # three\n    b: 1\n    # four\n# five\n",
      "a:\n  # one\n  # two\n  # three\n  b: 1\n# four\n# five\n",
    ],
    [
      "moves lines of long texts and flow lists",
      'a:\n    b: "x\n        y"\n    c: [1,\n        2]\n',
      'a:\n  b: "x\n      y"\n  c: [1,\n      2]\n',
    ],
    ["keeps CRLF", "a:\r\n    b:  1  \r\n", "a:\r\n  b: 1\r\n"],
    ["leaves what cannot be read", 'a:\n    b: "x\n', 'a:\n    b: "x\n'],
    ["leaves complex keys", "? [a]\n:   b\n", "? [a]\n:   b\n"],
    ["formats lists in lists", "a:\n-   - 1\n    - 2\n- 3\n", "a:\n  - - 1\n    - 2\n  - 3\n"],
  ];
  for (const [title, before, after] of cases) {
    it(title, () => assert.equal(format(before), after));
  }

  it("leaves a new profile alone", () => assert.deepEqual(formatYaml(full()), []));

  it("edits only the lines that are wrong", () => {
    const text = full().replace("  version: 1.0.0", "  version:   1.0.0");
    assert.equal(formatYaml(text).length, 1);
    assert.equal(format(text), full());
  });

  /** Documents that are written in many ways. */
  const indent = fc.constantFrom(1, 2, 3, 4);
  const leaf = fc.constantFrom(
    "1",
    "x y",
    '"q"',
    "'s'",
    "[a, b]",
    "{k: v}",
    "|\n@@t\n@@  u\n\n@@v",
    ">-\n@@f\n@@g",
    '"m\n@@n"',
    "# no value",
    "|+\n@@k\n\n",
  );
  interface Tree {
    readonly list: boolean;
    readonly step: number;
    readonly parts: readonly (string | Tree)[];
    readonly gap: string;
  }
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      list: fc.boolean(),
      step: indent,
      parts: fc.array(fc.oneof({ depthSize: "small" }, leaf, tie("tree")), { minLength: 1, maxLength: 3 }),
      gap: fc.constantFrom("", "\n", "# c\n", "   # d\n"),
    }),
  }));
  const written = ({ list, step, parts, gap }: Tree, column: number): string =>
    parts
      .map((part, i) => {
        const lead = " ".repeat(column) + (list ? "-" : `k${i}:`);
        const inner = column + step;
        return typeof part === "string"
          ? `${lead} ${part.replaceAll("@@", " ".repeat(inner + (list ? 1 : 0)))}\n`
          : `${lead}\n${gap}${written(part, inner)}`;
      })
      .join("");

  it("changes no value and is done after once", () => {
    fc.assert(
      fc.property(tree, fc.boolean(), (source, crlf) => {
        const text = crlf ? written(source, 0).replaceAll("\n", "\r\n") : written(source, 0);
        const once = format(text);
        assert.equal(format(once), once);
        if (parseYaml(text)[0]?.problems.length === 0) {
          assert.deepEqual(parse(once), parse(text));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
