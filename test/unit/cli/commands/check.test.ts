import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { UsageError } from "../../../../src/cli/command.ts";
import { check } from "../../../../src/cli/commands/check.ts";
import { newProfile } from "../../../../src/profile/index.ts";
import { temporaryIo } from "./support.ts";

const VALID = newProfile({ name: "demo", type: "cluster", cloudType: "aws" });

describe("palette check", () => {
  let edges: ReturnType<typeof temporaryIo>;
  beforeEach(() => {
    edges = temporaryIo();
  });
  afterEach(() => edges.remove());

  const write = (name: string, text: string): void => {
    const path = join(edges.io.cwd, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const run = (...args: string[]): Promise<number> => check.run(args, edges.io);
  const json = (): unknown => JSON.parse(edges.output.join(""));

  it("is clean for a valid profile", async () => {
    write("a.profile.yaml", VALID);
    assert.equal(await run("a.profile.yaml"), 0);
    assert.deepEqual(edges.output, ["1 file checked: no problems\n"]);
  });

  it("gives places from 1 as JSON", async () => {
    write("a.profile.yaml", VALID.replace("version: 1.0.0", "version: v1"));
    assert.equal(await run("--format", "json", "a.profile.yaml"), 1);
    assert.deepEqual(json(), [
      {
        file: "a.profile.yaml",
        line: 8,
        column: 12,
        endLine: 8,
        endColumn: 14,
        severity: "error",
        code: "P06",
        message: "v1 is not a semantic version. Write major.minor.patch without a leading v: 1.0.0.",
      },
    ]);
  });

  it("does not fail for warnings", async () => {
    write("a.profile.yaml", VALID.replace("name: demo", "name: My Demo"));
    assert.equal(await run("--format=json", "a.profile.yaml"), 0);
    assert.equal((json() as unknown[]).length, 1);
  });

  it("walks folders for files of ours and skips those of others", async () => {
    write("a.profile.yaml", "a: 1");
    write("b/c.profile.yml", "a: 1");
    write("b/other.yaml", "a: 1");
    write("node_modules/x/d.profile.yaml", "a: 1");
    write(".git/e.profile.yaml", "a: 1");
    assert.equal(await run("--format", "json", "."), 1);
    const files = (json() as { file: string }[]).map(({ file }) => file);
    assert.deepEqual([...new Set(files)], ["a.profile.yaml", join("b", "c.profile.yml")]);
  });

  it("reads files behind links in folders, and says which lead nowhere, but waits for no pipe", async () => {
    write("elsewhere/a.yaml", VALID);
    symlinkSync("a.yaml", join(edges.io.cwd, "elsewhere/a.profile.yaml"));
    symlinkSync("nothing", join(edges.io.cwd, "elsewhere/b.profile.yaml"));
    execFileSync("mkfifo", [join(edges.io.cwd, "elsewhere/c.profile.yaml")]);
    symlinkSync("c.profile.yaml", join(edges.io.cwd, "elsewhere/d.profile.yaml"));
    assert.equal(await run("elsewhere"), 1);
    assert.match(
      edges.output.join(""),
      /^elsewhere.b\.profile\.yaml:1:1: error READ: .*no such file.*\n2 files checked: 1 error\n$/,
    );
  });

  it("is an empty array for an empty folder", async () => {
    assert.equal(await run("--format", "json", "."), 0);
    assert.deepEqual(json(), []);
  });

  it("reports what cannot be read and checks the rest", async () => {
    write("a.profile.yaml", VALID);
    assert.equal(await run("nowhere.profile.yaml", "a.profile.yaml"), 1);
    assert.equal(
      edges.output.join(""),
      "nowhere.profile.yaml:1:1: error READ: nowhere.profile.yaml was not read. There is no such file or folder.\n1 file checked: 1 error\n",
    );
  });

  it("takes a file of any name as a profile when it is named", async () => {
    write("x.json", '{"metadata": {"name": ""}, "spec": {"template": {"type": "system"}}}');
    assert.equal(await run("--format", "json", "x.json"), 1);
    assert.deepEqual(
      (json() as { code: string }[]).map(({ code }) => code),
      ["P07"],
    );
  });

  it("compares versions of one profile, and knows what day it is", async () => {
    write("one.profile.yaml", VALID.replace('tag: "1.36.4"', 'tag: "1.34.1"'));
    write("two.profile.yaml", VALID.replace("version: 1.0.0", "version: 1.1.0"));
    assert.equal(await run("--format", "json", "."), 1);
    assert.deepEqual(
      (json() as { file: string; code: string }[]).map(({ file, code }) => [file, code]),
      [
        ["one.profile.yaml", "P23"],
        ["two.profile.yaml", "P21"],
      ],
    );
  });

  it("gives SARIF", async () => {
    write("a b.profile.yaml", VALID.replace("version: 1.0.0", "version: v1"));
    assert.equal(await run("--format", "sarif", "a b.profile.yaml"), 1);
    const log = json() as {
      version: string;
      runs: [{ tool: { driver: { rules: unknown } }; results: Record<string, unknown>[] }];
    };
    assert.equal(log.version, "2.1.0");
    assert.deepEqual(log.runs[0].tool.driver.rules, [{ id: "P06" }]);
    assert.deepEqual(log.runs[0].results[0]?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "a%20b.profile.yaml" },
          region: { startLine: 8, startColumn: 12, endLine: 8, endColumn: 14 },
        },
      },
    ]);
  });

  for (const args of [[], ["--format", "xml", "."], ["--wat", "."]]) {
    it(`says what is wrong with ${JSON.stringify(args)}`, async () => {
      await assert.rejects(run(...args), UsageError);
    });
  }
});
