/** The workspace that a newcomer opens first is right: nothing in it is an error or a warning. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { checkRequest, parseRequest, requestOf } from "../../../src/cluster/index.ts";
import { checkProfile, parseProfile } from "../../../src/profile/index.ts";

const folder = resolve(import.meta.dirname, "../../../examples");
const files = readdirSync(folder);
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const isSerious = ({ severity }: { severity: string }) => severity === "error" || severity === "warning";

describe("examples", () => {
  it("has profiles and a cluster request", () => {
    assert.ok(files.some((file) => file.endsWith(".profile.yaml")));
    assert.ok(files.some((file) => file.endsWith(".cluster.yaml")));
  });

  for (const file of files.filter((name) => name.endsWith(".profile.yaml"))) {
    it(`${file} is valid`, () => {
      assert.deepEqual(checkProfile(parseProfile(read(file))).filter(isSerious), []);
    });
  }

  for (const file of files.filter((name) => name.endsWith(".cluster.yaml"))) {
    it(`${file} is valid, and its profiles are there`, () => {
      const document = parseRequest(read(file));
      assert.deepEqual(checkRequest(document).filter(isSerious), []);
      for (const profile of requestOf(document)?.profiles ?? []) {
        assert.ok("file" in profile && files.includes(profile.file), JSON.stringify(profile));
      }
    });
  }
});
