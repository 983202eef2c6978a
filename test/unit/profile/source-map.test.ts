import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Document, parseDocument, Scalar } from "yaml";
import { nodeAt, type ScalarNode } from "../../../src/profile/syntax/nodes.ts";
import { parseYaml } from "../../../src/profile/syntax/parse.ts";
import { sourceMapOf } from "../../../src/profile/syntax/source-map.ts";

function scalar(text: string, ...path: string[]): ScalarNode {
  const node = nodeAt(parseYaml(text)[0]?.root, ...path)?.value;
  assert.ok(node?.kind === "scalar", `there is a scalar in ${JSON.stringify(text)}`);
  return node;
}

/** Every letter and digit of the decoded text stands, as itself, at the place the map gives. */
function expectExact(text: string, node: ScalarNode): void {
  const map = sourceMapOf(text, node);
  for (let i = 0; i < node.text.length; i++) {
    const c = node.text[i] ?? "";
    if (/[a-z0-9]/.test(c)) {
      const at: number = map.toSource(i);
      assert.equal(text[at], c, `${JSON.stringify(c)} of ${JSON.stringify(text)}`);
      assert.equal(map.toDecoded(at), i);
    }
  }
}

describe("source map", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a literal block", "a:\n  v: |\n    x: 1\n    y:\n      z: 2\n\n    w: 3\n"],
    ["a literal block with CRLF", "a:\r\n  v: |\r\n    x: 1\r\n\r\n    y: 2\r\n"],
    ["a literal block that strips", "a:\n  v: |-\n    x: 1\n\n\n"],
    ["a literal block that keeps", "a:\n  v: |+\n    x: 1\n\n\n"],
    ["a literal block with an indentation indicator", "a:\n  v: |2\n      x: 1\n    y: 2\n"],
    ["a literal block with a comment in its header", "a:\n  v: | # text\n    x: 1\n"],
    ["a literal block at the end of the text", "a:\n  v: |\n    x: 1"],
    ["a literal block with trailing blanks", "a:\n  v: |\n    x: 1  \n      \n    y: 2\n"],
    ["a literal block that begins with blank lines", "a:\n  v: |\n\n\n    x: 1\n"],
    ["a folded block", "a:\n  v: >\n    x: 1\n    y\n\n    z\n      deeper\n    w\n"],
    ["a folded block with CRLF", "a:\r\n  v: >-\r\n    x\r\n    y\r\n\r\n    z\r\n"],
    ["a plain text", "a:\n  v: hello world\n"],
    ["a plain text over lines", "a:\n  v: hello\n    world\n\n    again\n"],
    ["a single-quoted text", "a:\n  v: 'it''s 1'\n"],
    ["a single-quoted text over lines", "a:\n  v: 'x\n    y\n\n    z'\n"],
    ["a double-quoted text", 'a:\n  v: "x: 1\\ny: \\"2\\"\\tz\\u0041b\\U0001F600c\\x41d"\n'],
    ["a double-quoted text over lines", 'a:\n  v: "x\n    y \\\n    z\n\n    w"\n'],
    ["JSON", '{"a": {"v": "x: 1\\ny: 2\\n"}}'],
  ];
  for (const [title, text] of cases) {
    it(`is exact for ${title}`, () => expectExact(text, scalar(text, "a", "v")));
  }

  it("is exact for any text in any style", () => {
    const line = fc.stringMatching(/^[ab1:#'"\\é{}-][ab1:# '"\\é{}-]{0,8}$/);
    const value = fc.array(fc.oneof(line, fc.constant(""), fc.constant("  x")), {
      minLength: 1,
      maxLength: 8,
    });
    const style = fc.constantFrom(
      Scalar.PLAIN,
      Scalar.QUOTE_SINGLE,
      Scalar.QUOTE_DOUBLE,
      Scalar.BLOCK_LITERAL,
      Scalar.BLOCK_FOLDED,
    );
    fc.assert(
      fc.property(
        value,
        style,
        fc.boolean(),
        fc.integer({ min: 10, max: 80 }),
        (lines, type, crlf, lineWidth) => {
          const node = new Scalar(lines.join("\n"));
          node.type = type;
          const written = new Document({ a: { v: node } }).toString({ lineWidth, minContentWidth: 0 });
          const text = crlf ? written.replaceAll("\n", "\r\n") : written;
          const read = nodeAt(parseYaml(text)[0]?.root, "a", "v")?.value;
          if (read?.kind === "scalar" && read.text !== "") {
            assert.equal(read.text, parseDocument(text).getIn(["a", "v"]) ?? read.text);
            expectExact(text, read);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
