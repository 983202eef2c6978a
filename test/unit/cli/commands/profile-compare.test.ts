import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { UsageError } from "../../../../src/cli/command.ts";
import { runProfileCompare } from "../../../../src/cli/commands/profile-compare.ts";
import { compareProfiles, comparisonText, newProfile, parseProfile } from "../../../../src/profile/index.ts";
import { temporaryIo } from "./support.ts";

const ONE = newProfile({ name: "demo", type: "cluster", cloudType: "docker" });
const TWO = ONE.replace("version: 1.0.0", "version: 1.1.0").replace('tag: "1.36.4"', 'tag: "1.36.6"');

describe("palette profile compare", () => {
  let edges: ReturnType<typeof temporaryIo>;
  beforeEach(() => {
    edges = temporaryIo();
    writeFileSync(join(edges.io.cwd, "one.yaml"), ONE);
    writeFileSync(join(edges.io.cwd, "two.yaml"), TWO);
  });
  afterEach(() => edges.remove());
  const run = (...args: string[]): Promise<number> => runProfileCompare(args, edges.io);

  it("says what differs", async () => {
    assert.equal(await run("one.yaml", "two.yaml"), 0);
    const before = parseProfile(ONE);
    const after = parseProfile(TWO);
    const names = { before: "demo 1.0.0", after: "demo 1.1.0" };
    const inEditor = comparisonText(compareProfiles(before, after), names, []);
    assert.equal(edges.output.join("").trimEnd(), inEditor.trimEnd());
    assert.match(inEditor, /kubernetes/);
  });
  it("says what clusters cannot follow", async () => {
    writeFileSync(join(edges.io.cwd, "far.yaml"), TWO.replaceAll("1.36.6", "1.38.0"));
    assert.equal(await run("one.yaml", "far.yaml"), 0);
    assert.match(edges.output.join(""), /skips a minor version/);
  });
  it("says that nothing differs", async () => {
    assert.equal(await run("one.yaml", "one.yaml"), 0);
    assert.match(edges.output.join(""), /Nothing differs but comments/);
  });
  it("gives JSON", async () => {
    assert.equal(await run("one.yaml", "two.yaml", "--output", "json"), 0);
    assert.equal(JSON.parse(edges.output.join("")).layers[0].name, "kubernetes");
  });
  it("says what was not read", async () => {
    assert.equal(await run("one.yaml", "gone.yaml"), 1);
    assert.deepEqual(edges.errors, ["gone.yaml was not read. There is no such file or folder."]);
  });
  for (const args of [[], ["one.yaml"], ["a", "b", "c"], ["a", "b", "--output", "xml"]]) {
    it(`says what is wrong with ${JSON.stringify(args)}`, async () => {
      await assert.rejects(run(...args), UsageError);
    });
  }
});
