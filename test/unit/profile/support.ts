import assert from "node:assert/strict";
import { applyEdits } from "../../../src/profile/edits.ts";
import { checkProfile, newProfile, parseProfile } from "../../../src/profile/index.ts";
import { schemas } from "../../../src/profile/kubernetes/index.ts";
import type { Diagnostic, Span } from "../../../src/shared/diagnostic.ts";

/** Takes the text without its ‹ › markers, and the places they marked. */
export function unmark(marked: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = "";
  let start = -1;
  for (const c of marked) {
    if (c === "‹") {
      start = text.length;
    } else if (c === "›") {
      spans.push({ start, end: text.length });
    } else {
      text += c;
    }
  }
  return { text, spans };
}

export function check(text: string): Diagnostic[] {
  return checkProfile(parseProfile(text), { kubernetes: schemas });
}

export interface Case {
  readonly title: string;
  /** The profile; ‹ › mark what the rule finds, in order. */
  readonly text: string;
  readonly severity?: Diagnostic["severity"];
  readonly message?: RegExp;
  /** The text after the first fix of the first finding. */
  readonly fixed?: string;
}

/** Runs one case of a rule: the findings of `code`, and no others but the codes in `besides`, stand at the markers. */
export function expectCase(code: string, each: Case): void {
  const { text, spans } = unmark(each.text);
  const found = check(text).filter((diagnostic) => diagnostic.code === code);
  assert.deepEqual(
    found.map(({ span }) => `${span.start}-${span.end} ${text.slice(span.start, span.end)}`),
    spans.map((span) => `${span.start}-${span.end} ${text.slice(span.start, span.end)}`),
  );
  for (const diagnostic of found) {
    if (each.severity !== undefined) {
      assert.equal(diagnostic.severity, each.severity);
    }
    if (each.message !== undefined) {
      assert.match(diagnostic.message, each.message);
    }
  }
  if (each.fixed !== undefined) {
    const fix = found[0]?.fixes?.[0];
    assert.ok(fix !== undefined, "there is a fix");
    assert.equal(applyEdits(text, fix.edits), each.fixed);
  }
}

/** A valid full profile for AWS, with `replace` applied: each pair must stand in it. */
export function full(...replace: readonly (readonly [string, string])[]): string {
  return patched(newProfile({ name: "demo", type: "cluster", cloudType: "aws" }), replace);
}

export function addOn(...replace: readonly (readonly [string, string])[]): string {
  return patched(newProfile({ name: "demo", type: "add-on", cloudType: "all" }), replace);
}

function patched(text: string, replace: readonly (readonly [string, string])[]): string {
  let result = text;
  for (const [from, to] of replace) {
    assert.ok(result.includes(from), `${from} stands in the profile`);
    result = result.replace(from, () => to);
  }
  return result;
}

/** A short profile: its layers by kind, in order, each named after its kind. */
export function layers(type: string, kinds: readonly string[], cloudType = "aws"): string {
  return [
    "metadata:",
    "  name: demo",
    "spec:",
    "  version: 1.0.0",
    "  template:",
    `    type: ${type}`,
    `    cloudType: ${cloudType}`,
    kinds.length === 0 ? "    packs: []" : "    packs:",
    ...kinds.flatMap((kind, i) => [
      `      - name: ${kind.replace(/[‹›]/g, "")}-${i}`,
      `        layer: ${kind}`,
      "        type: manifest",
    ]),
    "",
  ].join("\n");
}
