import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountFields, accountProblems } from "../../../src/cluster/accounts.ts";
import { CLOUDS } from "../../../src/cluster/clouds/all.ts";
import type { FieldSchema } from "../../../src/cluster/clouds/fields.ts";

const FIELDS: FieldSchema = {
  type: "object",
  required: ["type", "tenantId"],
  properties: {
    type: { type: "string", title: "Signs in with", enum: ["Password", "Identity"], default: "Password" },
    tenantId: {
      type: "string",
      title: "Tenant ID",
      pattern: "^[a-f0-9]{4}$",
      "x-pattern": "four hex digits",
    },
    password: {
      type: "string",
      title: "Password",
      minLength: 1,
      "x-secret": true,
      "x-when": { field: "type", in: ["Password"] },
    },
    note: { type: "string", title: "Note", maxLength: 5 },
    url: { type: "string", title: "Address", format: "uri" },
  },
};

describe("fields of a cloud account", () => {
  it("ask for what fits the values so far", () => {
    const names = (values: Record<string, string>) => accountFields(FIELDS, values).map(({ name }) => name);
    assert.deepEqual(names({}), ["type", "tenantId", "password", "note", "url"]);
    assert.deepEqual(names({ type: "Identity" }), ["type", "tenantId", "note", "url"]);
  });

  const cases: readonly (readonly [Record<string, string>, readonly string[]])[] = [
    [{ type: "Password", tenantId: "00ff", password: "x" }, []],
    [{ type: "Identity", tenantId: "00ff" }, []],
    [{ type: "Password", tenantId: "00ff" }, ["Password needs a value."]],
    [{}, ["Signs in with needs a value.", "Tenant ID needs a value.", "Password needs a value."]],
    [{ type: "Identity", tenantId: "zz" }, ["Tenant ID must be four hex digits."]],
    [{ type: "Magic", tenantId: "00ff" }, ["Signs in with must be one of Password, Identity."]],
    [{ type: "Identity", tenantId: "00ff", note: "too long" }, ["Note must have at most 5 characters."]],
    [
      { type: "Identity", tenantId: "00ff", url: "nowhere" },
      ["Address must be an address such as https://example.com."],
    ],
    [{ type: "Identity", tenantId: "00ff", password: "x" }, ["password does not apply to the other values."]],
    [
      { type: "Identity", tenantId: "00ff", pass: "x" },
      ["pass is not a field of this account. There are type, tenantId, password, note, url."],
    ],
  ];
  for (const [values, problems] of cases) {
    it(`with ${JSON.stringify(values)}: ${problems.length === 0 ? "nothing is wrong" : problems[0]}`, () => {
      assert.deepEqual(accountProblems(FIELDS, values), problems);
    });
  }

  for (const cloud of CLOUDS) {
    for (const { title, fields, kind, labels } of cloud.identities) {
      it(`of ${cloud.id}, ${title}, have titles, patterns in words, and secrets only as text`, () => {
        for (const [name, schema] of Object.entries(fields.properties ?? {})) {
          assert.ok(schema.title, `${name} has no title`);
          assert.equal(schema.type, "string", name);
          assert.equal(
            schema.pattern === undefined || schema["x-pattern"] !== undefined,
            true,
            `${name} has a pattern without words`,
          );
        }
        assert.ok(
          kind !== "Secret" || Object.keys(labels ?? {}).length > 0,
          "a Secret needs labels to be told by",
        );
      });
    }
  }
});
