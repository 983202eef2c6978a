import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { checkProfile, parseProfile } from "../../../src/profile/index.ts";
import { schemas } from "../../../src/profile/kubernetes/index.ts";
import { check } from "./support.ts";

describe("profiles that ship", () => {
  const files = globSync("{examples,catalog}/**/*.profile.yaml", {
    cwd: new URL("../../..", import.meta.url),
  });
  it("are there", () => assert.ok(files.length > 10));
  for (const file of files) {
    it(`have no errors: ${file}`, () => {
      const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
      assert.deepEqual(
        check(text).filter(({ severity }) => severity === "error"),
        [],
      );
    });
    it(`have manifests of known fields: ${file}`, () => {
      const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
      const found = checkProfile(parseProfile(text), { kubernetes: schemas });
      assert.deepEqual(
        found.filter(({ code }) => code === "P24").map(({ message }) => message),
        [],
      );
    });
    it(`have nothing whose support had ended when the catalog was made: ${file}`, () => {
      const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
      const found = checkProfile(parseProfile(text), { today: "2026-11-24" }).filter(
        ({ code }) => code === "P23",
      );
      assert.deepEqual(
        found.map(({ message }) => message),
        [],
      );
    });
  }
});
