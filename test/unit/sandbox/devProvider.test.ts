import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { devProviderPatch, patchDevProvider } from "../../../sandbox/build/devProvider.ts";

const replacements = JSON.parse(devProviderPatch) as { original: string; times: number }[];
const source = replacements.map(({ original, times }) => original.repeat(times)).join("// code\n");

describe("patchDevProvider", () => {
  test("leaves no address that the network reaches", () => {
    const patched = patchDevProvider(source);
    assert.doesNotMatch(patched, /":%d"/);
    assert.match(patched, /wcl\.HostPort\(\)/);
    assert.match(patched, /SANDBOX_DEBUG_PORT/);
  });
  for (const [what, changed] of [
    ["lacks one", source.replace(replacements[0]?.original ?? "", "")],
    ["has one too often", source + (replacements[0]?.original ?? "")],
    ["is another file", "package server"],
  ] as const) {
    test(`refuses a source that ${what}`, () => {
      assert.throws(() => patchDevProvider(changed), /review sandbox\/build\/devProvider\.ts/);
    });
  }
});
