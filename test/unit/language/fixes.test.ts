import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { codeActions } from "../../../src/language/index.ts";
import { applyEdits } from "../../../src/profile/edits.ts";
import { languageOf, open } from "./support.ts";

const root = new URL("../../../", import.meta.url);
const URI = "file:///a.yaml";

/** The ways a file may be written. JSON must stay JSON. */
const STYLES: Readonly<Record<string, (value: unknown) => string>> = {
  "block style": (value) => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }),
  "block style with CRLF": (value) =>
    stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).replaceAll("\n", "\r\n"),
  "JSON on one line": (value) => JSON.stringify(value),
  "JSON on many lines": (value) => `${JSON.stringify(value, null, 2)}\n`,
};

function texts(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map((file) => readFileSync(new URL(file, root), "utf8"));
}

type Holder = Record<string, unknown>;

/** Every key of every map and list below a value. */
function* placesIn(value: unknown): Iterable<readonly [holder: Holder, key: string]> {
  if (typeof value === "object" && value !== null) {
    const holder = value as Holder;
    for (const key of Object.keys(holder)) {
      yield [holder, key];
      yield* placesIn(holder[key]);
    }
  }
}

function withoutLetter(word: string, at: number): string {
  const i = at % Math.max(1, word.length);
  return word.slice(0, i) + word.slice(i + 1);
}

const FAULTS = ["lost", "empty", "null", "misspelled key", "misspelled value", "twice"] as const;

/** Does one thing wrong to a place, as a hand slips. */
function spoil([holder, key]: readonly [Holder, string], fault: (typeof FAULTS)[number], at: number): void {
  const value = holder[key];
  switch (fault) {
    case "lost":
      delete holder[key];
      return;
    case "empty":
      holder[key] = "";
      return;
    case "null":
      holder[key] = null;
      return;
    case "twice":
      holder[withoutLetter(key, at)] = value;
      return;
    case "misspelled key": {
      const entries = Object.entries(holder);
      if (!Array.isArray(holder)) {
        for (const [name, each] of entries) {
          delete holder[name];
          holder[name === key ? withoutLetter(name, at) : name] = each;
        }
      }
      return;
    }
    case "misspelled value":
      if (typeof value === "string") {
        // In values and manifests one of their words.
        const words = [...value.matchAll(/[A-Za-z]{3,}/g)];
        const word = words[at % Math.max(1, words.length)];
        if (word !== undefined) {
          const rest = value.slice(word.index + word[0].length);
          holder[key] = value.slice(0, word.index) + withoutLetter(word[0], at) + rest;
        }
      }
  }
}

const BROKEN: readonly string[] = ["YAML", "P11"];

function assertReads(text: string, name: string, what: string): void {
  if (/^\s*\{/.test(text)) {
    assert.doesNotThrow(() => JSON.parse(text), `${what}: JSON stays JSON`);
  }
  const broken = open(text, name).diagnostics.filter(({ code }) => BROKEN.includes(code));
  assert.deepEqual(
    broken.map(({ message }) => message),
    [],
    what,
  );
}

describe("a fix", () => {
  for (const [name, bases] of [
    ["a.cluster.yaml", texts("src/cluster/clouds/*/examples/*.cluster.yaml")],
    ["a.profile.yaml", texts("catalog/profiles/*.profile.yaml")],
  ] as const) {
    for (const [style, write] of Object.entries(STYLES)) {
      it(`leaves a file that reads, without what it mends: ${name} in ${style}`, () => {
        // The fields at the top are few, and most rules are about them.
        const where = fc.oneof(fc.nat({ max: 12 }), fc.nat());
        const fault = fc.tuple(where, fc.constantFrom(...FAULTS), fc.nat());
        fc.assert(
          fc.property(
            fc.constantFrom(...bases),
            fc.array(fault, { minLength: 1, maxLength: 3 }),
            (base, faults) => {
              const value: unknown = parse(base);
              for (const [where, what, at] of faults) {
                const places = [...placesIn(value)];
                const place = places[where % places.length];
                assert.ok(place !== undefined);
                spoil(place, what, at);
              }
              const text = write(value);
              const file = open(text, name);
              if (file.diagnostics.some(({ code }) => BROKEN.includes(code))) {
                return; // A value that is spoilt beyond reading.
              }
              for (const { code, message, fixes } of file.diagnostics) {
                const same = (each: { code: string; message: string }): boolean =>
                  each.code === code && each.message === message;
                const before = file.diagnostics.filter(same).length;
                for (const { title, edits } of fixes ?? []) {
                  const fixed = applyEdits(text, edits);
                  const what = `${code} ${message} ${title}`;
                  assertReads(fixed, name, what);
                  assert.ok(open(fixed, name).diagnostics.filter(same).length < before, what);
                }
              }
              const [all] = codeActions(languageOf(name), file, {
                uri: URI,
                span: { start: 0, end: text.length },
                only: ["source.fixAll"],
                rulePages: undefined,
              });
              for (const { range, newText } of all?.edit?.changes?.[URI] ?? []) {
                const span = {
                  start: file.lines.offsetAt(range.start),
                  end: file.lines.offsetAt(range.end),
                };
                assertReads(applyEdits(text, [{ span, text: newText }]), name, "Fix All");
              }
            },
          ),
          { numRuns: Number(process.env.PALETTE_FUZZ_RUNS ?? 80) },
        );
      });
    }
  }
});
