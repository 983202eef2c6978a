import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { profileSchema } from "../../../src/profile/json-schema.ts";
import { full } from "./support.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const validate = new Ajv({ strict: false }).compile(profileSchema());

describe("the JSON Schema of profiles", () => {
  it("is written to schemas/ (scripts/schemas.ts)", () => {
    assert.deepEqual(JSON.parse(read("schemas/cluster-profile.schema.json")), profileSchema());
  });
  for (const file of globSync("{examples,catalog,test/fixtures}/**/*.profile.yaml", { cwd: root })) {
    it(`takes ${file}`, () => {
      assert.ok(validate(parse(read(file))), JSON.stringify(validate.errors));
    });
  }
  it("finds a wrong type and a list that is none", () => {
    assert.equal(validate(parse(full(["type: cluster", "type: full"]))), false);
    assert.equal(validate(parse(full().replace(/packs:\n[\s\S]*/, "packs: none\n"))), false);
  });
});
