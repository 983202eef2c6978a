import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { UsageError } from "../../../../src/cli/command.ts";
import { runProfileNew } from "../../../../src/cli/commands/profile-new.ts";
import { parseProfile, profileOf } from "../../../../src/profile/index.ts";
import { temporaryIo } from "./support.ts";

describe("palette profile new", () => {
  let edges: ReturnType<typeof temporaryIo>;
  beforeEach(() => {
    edges = temporaryIo();
  });
  afterEach(() => edges.remove());
  const run = (...args: string[]): Promise<number> => runProfileNew(args, edges.io);

  it("writes a valid profile", async () => {
    assert.equal(await run("demo", "--cloud", "docker"), 0);
    const text = readFileSync(join(edges.io.cwd, "demo.profile.yaml"), "utf8");
    assert.equal(profileOf(parseProfile(text))?.cloudType, "docker");
    assert.deepEqual(edges.output, []);
  });

  it("prints it for -", async () => {
    assert.equal(await run("demo", "--type", "add-on", "--output", "-"), 0);
    assert.equal(profileOf(parseProfile(edges.output.join("")))?.type, "add-on");
  });

  it("takes the Kubernetes version", async () => {
    await run("demo", "--cloud", "aws", "--kubernetes-version", "1.35.8", "--output", "-");
    assert.equal(profileOf(parseProfile(edges.output.join("")))?.layers[1]?.tag, "1.35.8");
  });

  it("leaves an existing file alone without --force", async () => {
    await run("demo", "--cloud", "docker");
    assert.equal(await run("demo", "--cloud", "aws"), 1);
    assert.match(edges.errors.at(-1) ?? "", /^demo\.profile\.yaml exists/);
    assert.match(readFileSync(join(edges.io.cwd, "demo.profile.yaml"), "utf8"), /cloudType: docker/);
    assert.equal(await run("demo", "--cloud", "aws", "--force"), 0);
    assert.match(readFileSync(join(edges.io.cwd, "demo.profile.yaml"), "utf8"), /cloudType: aws/);
  });

  for (const args of [
    [],
    ["a", "b", "--cloud", "aws"],
    ["a"],
    ["a", "--cloud", "all"],
    ["a", "--cloud", "aws", "--type", "full"],
    ["a", "--cloud", "aws", "--kubernetes-version", "v1.35"],
    ["../a", "--cloud", "aws"],
    ["a", "--wat"],
  ]) {
    it(`says what is wrong with ${JSON.stringify(args)}`, async () => {
      await assert.rejects(run(...args), UsageError);
    });
  }
});
