import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseFully, parseYaml } from "../../../src/profile/syntax/parse.ts";
import { parsePlain } from "../../../src/profile/syntax/plain.ts";
import { profileOfLines } from "../../bench/profiles.ts";

const RUNS = Number(process.env.PALETTE_FUZZ_RUNS ?? 1000);

function agrees(text: string): boolean {
  const plain = parsePlain(text);
  if (plain !== undefined) {
    assert.deepEqual(parseYaml(text), parseFully(text));
  }
  return plain !== undefined;
}

const scalar = fc.oneof(
  fc.constantFrom(
    ..."a|b c|a:b|a#b|a #b|http://x.y/z|-1|+1|-a|--flag|1|0|007|1.0|1.|.5|-.5|1e3|1.e-3|0o17|0x1F|0b1|.inf|-.INF|.NaN|~|null|NULL|nUll|true|False|yes|on".split(
      "|",
    ),
    ...'\'a\'|\'it\'\'s\'|"a"|"a\\n\\\\b"|"\\x41"|\'\'|""|{}|[]|[a, b]|[1, "x", {a: b}]|{a: 1, \'b\': [c d]}|{a, b}|[a: b]|{"a":1}|{a:1}|[a b, -c, -1]|{a: http://x}|[a#b]'.split(
      "|",
    ),
    ..."1979-01-01|a  |é🚀|<<|=|m____|a: b|a:|- a|? a|*a|&a b|!t a|@a|`a|%a|,a|]a|}|a b: c|> |? |?a|:a|: a|-".split(
      "|",
    ),
  ),
  fc.string({ maxLength: 6 }),
);
const header = fc.constantFrom("|", "|-", "|", "|+", ">", "|2", "| # note");
const line = fc
  .tuple(
    fc.nat({ max: 4 }),
    fc.constantFrom("", "", "", "- ", "- - ", "-  ", "-", "#", " "),
    fc.option(
      fc.oneof(
        fc.constantFrom("a", "b", "c d", "'q'", '"k"', "<<", "1", "a:b", "-x"),
        fc.string({ maxLength: 3 }),
      ),
    ),
    fc.oneof(
      { weight: 3, arbitrary: scalar },
      { weight: 1, arbitrary: header },
      { weight: 2, arbitrary: fc.constant("") },
    ),
    fc.constantFrom("", "", "", " ", " # note", "#"),
  )
  .map(
    ([indent, dash, key, value, tail]) =>
      `${" ".repeat(indent)}${dash}${key === null ? "" : `${key}:${value === "" ? "" : " "}`}${value}${tail}`,
  );
const lines = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: line },
    fc.constantFrom("", "", "---", "...", "--- a", "%YAML 1.2", "   "),
  ),
  {
    maxLength: 7,
  },
);
const text = fc
  .tuple(lines, fc.constantFrom("\n", "\n", "\n", "\r\n"), fc.boolean())
  .map(([all, eol, last]) => all.join(eol) + (last ? eol : ""));

/** YAML that is right, of what the plain parser reads. */
const tree = fc.letrec<{ node: string[]; map: string[]; list: string[]; leaf: string[] }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, tie("leaf"), tie("map"), tie("list")),
  leaf: fc.constantFrom(
    ["1"],
    ["text # note"],
    ['"q"'],
    ["|", "  a", "", "   b: {"],
    ["|-", " x"],
    ["{a: 1}"],
    [],
  ),
  map: fc
    .uniqueArray(fc.constantFrom("a", "b", "c d", "'e'", "f:g"), { minLength: 1, maxLength: 3 })
    .chain((keys) =>
      fc.tuple(...keys.map((key) => tie("node").map((node) => under(`${key}:`, node as string[])))),
    )
    .map((all) => all.flat()),
  list: fc
    .array(
      tie("node").map((node) => under("-", node as string[])),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.flat()),
}));

function under(head: string, [first, ...rest]: readonly string[]): string[] {
  if (first === undefined) {
    return [head];
  }
  const inline = /^(?:- |-$|[a-z'][^"{]*:(?: |$))/.test(first) && first !== "text # note";
  const deeper = (each: string) => (each === "" ? "" : `  ${each}`);
  return inline ? [head, ...[first, ...rest].map(deeper)] : [`${head} ${first}`, ...rest.map(deeper)];
}

describe("the plain parser", () => {
  it("reads what it reads as the library does", () => {
    let read = 0;
    fc.assert(
      fc.property(text, (each) => {
        read += Number(agrees(each));
      }),
      { numRuns: RUNS * 3 },
    );
    assert.ok(read > RUNS / 4, `it read ${read} texts`);
  });
  it("reads every nesting of what it knows", () => {
    fc.assert(
      fc.property(fc.oneof(tree.map, tree.list), fc.boolean(), (all, crlf) => {
        const whole = all.join(crlf ? "\r\n" : "\n");
        assert.ok(agrees(whole), "it is plain");
        agrees(`# note\n\n---\n${whole}\n---\n${whole}\n`);
      }),
      { numRuns: RUNS },
    );
  });
  it("reads a profile", () => {
    assert.ok(agrees(profileOfLines(200)));
  });
});
