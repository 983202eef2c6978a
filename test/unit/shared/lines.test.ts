import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Lines } from "../../../src/shared/lines.ts";

const text = fc
  .array(fc.constantFrom("a", "é", "🚀", "\n", "\r\n", "\r", " "), { maxLength: 30 })
  .map((parts) => parts.join(""));

describe("Lines", () => {
  it("counts lines and columns as the protocol's own documents do", () => {
    fc.assert(
      fc.property(
        text,
        fc.nat({ max: 80 }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 20 }),
        (content, offset, line, character) => {
          const lines = new Lines(content);
          const document = TextDocument.create("file:///a", "a", 1, content);
          assert.equal(lines.count, document.lineCount);
          assert.deepEqual(lines.positionAt(offset), document.positionAt(offset));
          assert.equal(lines.offsetAt({ line, character }), document.offsetAt({ line, character }));
        },
      ),
      { numRuns: 1000 },
    );
  });
  it("finds the end of a line before its line end", () => {
    const lines = new Lines("ab\r\n\ncd");
    assert.deepEqual(
      [0, 1, 2].map((line) => lines.endOf(line)),
      [2, 4, 7],
    );
  });
});
