import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { UsageError } from "../../../../src/cli/command.ts";
import { runProfileConvert } from "../../../../src/cli/commands/profile-convert.ts";
import { temporaryIo } from "./support.ts";

const JSON_TEXT = '{"metadata": {"name": "a"}, "spec": {"template": {"type": "system"}}}';

describe("palette profile convert", () => {
  let edges: ReturnType<typeof temporaryIo>;
  beforeEach(() => {
    edges = temporaryIo();
    writeFileSync(join(edges.io.cwd, "a.json"), JSON_TEXT);
  });
  afterEach(() => edges.remove());
  const run = (...args: string[]): Promise<number> => runProfileConvert(args, edges.io);

  it("turns JSON into YAML, and YAML into JSON", async () => {
    assert.equal(await run("a.json", "--output", "a.profile.yaml"), 0);
    const yaml = readFileSync(join(edges.io.cwd, "a.profile.yaml"), "utf8");
    assert.equal(yaml, "metadata:\n  name: a\nspec:\n  template:\n    type: system\n");
    assert.equal(await run("a.profile.yaml"), 0);
    assert.deepEqual(JSON.parse(edges.output.join("")), JSON.parse(JSON_TEXT));
  });
  it("leaves an existing file alone", async () => {
    assert.equal(await run("a.json", "--to", "json", "--output", "a.json"), 1);
    assert.equal(readFileSync(join(edges.io.cwd, "a.json"), "utf8"), JSON_TEXT);
  });
  it("says what cannot be read", async () => {
    assert.equal(await run("gone.json"), 1);
    writeFileSync(join(edges.io.cwd, "b.yaml"), 'a: "x');
    assert.equal(await run("b.yaml"), 1);
    assert.deepEqual(edges.errors, [
      "gone.json was not read. There is no such file or folder.",
      'b.yaml was not converted. The closing " is missing.',
    ]);
  });
  for (const args of [[], ["a", "b"], ["a", "--to", "xml"]]) {
    it(`says what is wrong with ${JSON.stringify(args)}`, async () => {
      await assert.rejects(run(...args), UsageError);
    });
  }
});
