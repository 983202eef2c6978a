import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { accounts } from "../../../../src/cli/commands/accounts.ts";
import { environment } from "../../../../src/cli/commands/environment.ts";
import { isPaletteError } from "../../../../src/shared/errors.ts";
import { temporaryIo } from "./support.ts";

describe("palette accounts, before it connects", () => {
  let edges: ReturnType<typeof temporaryIo>;
  beforeEach(() => {
    edges = temporaryIo();
  });
  afterEach(() => edges.remove());

  for (const [args, message] of [
    [["list"], /--cloud/],
    [["list", "--cloud", "mars"], /--cloud is one of .*aws/],
    [["--cloud", "aws"], /list, create NAME or delete NAME/],
    [["list", "prod", "--cloud", "aws"], /list, create NAME or delete NAME/],
    [["create", "Not_A_Name", "--cloud", "aws"], /lower case/],
    [["create", "prod", "--cloud", "docker"], /needs no account/],
    [["create", "prod", "--cloud", "aws", "--kind", "Nothing"], /--kind is one of AWSClusterStaticIdentity/],
    [["create", "prod", "--cloud", "aws", "--set", "accessKeyId"], /--set is FIELD=/],
    [["create", "prod", "--cloud", "aws", "--set", "secretAccessKey=x"], /secretAccessKey is a secret/],
    [["create", "prod", "--cloud", "aws", "--from-env", "secretAccessKey=NOWHERE"], /no variable NOWHERE/],
    [["delete", "prod", "--cloud", "aws"], /needs --yes/],
  ] as const) {
    it(`${args.join(" ")} is wrong use`, async () => {
      await assert.rejects(accounts.run(args, edges.io), { name: "UsageError", message });
    });
  }

  const refusal = async (args: readonly string[], env: Record<string, string> = {}) => {
    const error = await accounts.run(args, { ...edges.io, env }).then(
      () => assert.fail("it was not refused"),
      (reason: unknown) => reason,
    );
    assert.ok(isPaletteError(error, "InvalidDocument"), String(error));
    return error;
  };

  it("names every field that is missing or wrong, and where fields are read from", async () => {
    const error = await refusal(["create", "prod", "--cloud", "aws", "--set", "accessKeyId=nonsense"]);
    assert.deepEqual(edges.errors, [
      "Access key ID must be an access key ID, for example AKIAIOSFODNN7EXAMPLE.",
      "Secret access key needs a value.",
    ]);
    assert.match(error.next ?? "", /secretAccessKey from PALETTE_SECRET_ACCESS_KEY/);
  });

  it("reads fields from the environment by their own names, and from files", async () => {
    writeFileSync(join(edges.io.cwd, "id"), "AKIAIOSFODNN7EXAMPLE");
    await refusal(["create", "prod", "--cloud", "aws", "--from-file", "accessKeyId=id", "--set", "nope=1"], {
      PALETTE_SECRET_ACCESS_KEY: "wJalr",
    });
    // Only the field that does not exist is wrong: the others were read.
    assert.equal(edges.errors.length, 1);
    assert.match(edges.errors[0] ?? "", /^nope is not a field of this account/);
    assert.equal(edges.errors.join().includes("wJalr"), false);
  });
});

describe("palette environment, before it connects", () => {
  for (const [args, message] of [
    [["aws"], /--cloud/],
    [["--install"], /--install needs --cloud/],
    [["--cloud", "mars"], /--cloud is one of/],
  ] as const) {
    it(`${args.join(" ")} is wrong use`, async () => {
      const edges = temporaryIo();
      await assert.rejects(environment.run(args, edges.io), { name: "UsageError", message });
      edges.remove();
    });
  }
});
