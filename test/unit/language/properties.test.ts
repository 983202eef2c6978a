import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Position, Range } from "vscode-languageserver-types";
import { codeActions, type LanguageFile } from "../../../src/language/index.ts";
import { newProfile } from "../../../src/profile/index.ts";
import { languageOf } from "./support.ts";

const RUNS = Number(process.env.PALETTE_FUZZ_RUNS ?? 300);
const PROFILE = `${newProfile({ name: "demo", type: "cluster", cloudType: "aws" })}  variables:
    - name: a
      defaultValue: '{{.spectro.system.cluster.name}}'
`;
const REQUEST = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
spec:
  cloudType: in-memory
  profiles:
    - file: demo.profile.yaml
  machinePools:
    - poolConfig: {name: a, isControlPlane: true, size: 1}
`;
const piece = fc.oneof(
  fc.constantFrom(
    "\n",
    "  ",
    "- ",
    ": ",
    '"',
    "|\n",
    "#",
    "\t",
    "---\n",
    "&a ",
    "*a",
    "{{",
    "}}",
    "{{.spectro.var.a}}",
    "packs:\n",
    "\r\n",
    "[",
    "🚀",
  ),
  fc.string({ maxLength: 4 }),
);
const edit = fc.tuple(fc.nat(), fc.nat({ max: 30 }), piece);

function contains(file: LanguageFile, range: Range): boolean {
  const inside = ({ line, character }: Position): boolean => {
    const offset = file.lines.offsetAt({ line, character });
    const back = file.lines.positionAt(offset);
    return back.line === line && back.character === character;
  };
  return (
    inside(range.start) &&
    inside(range.end) &&
    file.lines.offsetAt(range.start) <= file.lines.offsetAt(range.end)
  );
}

describe("every feature", () => {
  for (const [name, base] of [
    ["a.profile.yaml", PROFILE],
    ["a.cluster.yaml", REQUEST],
  ] as const) {
    it(`answers anywhere in any text, with places inside it: ${name}`, () => {
      const language = languageOf(name);
      fc.assert(
        fc.property(fc.array(edit, { maxLength: 4 }), fc.nat(), (edits, where) => {
          let text = base;
          let file = language.open(text);
          for (const [at, length, inserted] of edits) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + inserted + text.slice(start + length);
            file = language.open(text, file);
          }
          const offset = where % (text.length + 1);
          const uri = "file:///a.yaml";
          const ranges: Range[] = [
            ...(file.lenses?.(uri) ?? []).map(({ range }) => range),
            ...(file.symbols?.() ?? []).flatMap(({ range, selectionRange }) => [range, selectionRange]),
            ...(file.links?.(uri) ?? []).map(({ range }) => range),
          ];
          const hover = file.hover?.(offset)?.range;
          if (hover !== undefined) {
            ranges.push(hover);
          }
          for (const { textEdit } of file.completion?.(offset) ?? []) {
            if (textEdit !== undefined && "range" in textEdit) {
              ranges.push(textEdit.range);
            }
          }
          for (
            let selection = file.selection?.(offset);
            selection !== undefined;
            selection = selection.parent
          ) {
            ranges.push(selection.range);
          }
          for (const action of codeActions(language, file, {
            uri,
            span: { start: offset, end: offset },
            only: undefined,
            rulePages: undefined,
          })) {
            ranges.push(...(action.edit?.changes?.[uri] ?? []).map(({ range }) => range));
          }
          for (const { span } of file.format?.() ?? []) {
            ranges.push({ start: file.lines.positionAt(span.start), end: file.lines.positionAt(span.end) });
          }
          for (const range of ranges) {
            assert.ok(contains(file, range), JSON.stringify(range));
          }
          for (const { startLine, endLine } of file.folding?.() ?? []) {
            assert.ok(0 <= startLine && startLine < endLine && endLine < file.lines.count);
          }
          for (const { line, character, length } of file.tokens?.() ?? []) {
            assert.ok(character + length <= file.lines.endOf(line) - file.lines.startOf(line));
          }
          const named = file.named?.(offset);
          assert.ok((named?.uses ?? []).every(({ start, end }) => start <= end && end <= text.length));
          file.rename?.(offset, "b");
          file.hints?.({ start: 0, end: text.length });
        }),
        { numRuns: RUNS },
      );
    });
  }
});
