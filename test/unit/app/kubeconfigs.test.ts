import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  commandLine,
  consentKey,
  knownKubeconfigs,
  liesWithin,
  shortPath,
} from "../../../src/app/connection/kubeconfigs.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "palette-kubeconfigs-"));
  await mkdir(join(folder, "workspace", "deep"), { recursive: true });
  await mkdir(join(folder, "workspace-other"));
  await writeFile(join(folder, "workspace", "deep", "config"), "a");
  await writeFile(join(folder, "workspace-other", "config"), "b");
  await symlink(join(folder, "workspace", "deep", "config"), join(folder, "link"));
  await symlink(join(folder, "workspace"), join(folder, "alias"));
});
after(() => rm(folder, { recursive: true }));

describe("liesWithin", () => {
  for (const [path, inside] of [
    ["workspace/deep/config", true],
    ["workspace-other/config", false],
    ["link", true],
    ["alias/deep/config", true],
    ["workspace/missing", true],
    ["workspace", false],
  ] as const) {
    it(`${path}: ${inside}`, async () => {
      assert.equal(await liesWithin(join(folder, path), [join(folder, "workspace")]), inside);
    });
  }
});

describe("knownKubeconfigs", () => {
  it("takes the files of KUBECONFIG in order, each once, without those that are not there", async () => {
    const present = join(folder, "workspace", "deep", "config");
    const other = join(folder, "workspace-other", "config");
    const env = { KUBECONFIG: [other, join(folder, "missing"), present, other, ""].join(delimiter) };
    assert.deepEqual((await knownKubeconfigs(env)).slice(0, 2), [other, present]);
  });
});

describe("consentKey", () => {
  it("changes with the file's content, the command and each argument, and with nothing else", async () => {
    const one = join(folder, "workspace", "deep", "config");
    const other = join(folder, "workspace-other", "config");
    const key = await consentKey(one, "aws", ["eks", "get-token"]);
    assert.equal(await consentKey(join(folder, "link"), "aws", ["eks", "get-token"]), key);
    assert.notEqual(await consentKey(other, "aws", ["eks", "get-token"]), key);
    assert.notEqual(await consentKey(one, "aws", ["eks get-token"]), key);
    assert.notEqual(await consentKey(one, "aws eks", ["get-token"]), key);
  });
});

it("commandLine shows where an argument begins and ends", () => {
  assert.equal(commandLine("aws", ["eks", "get token", "--x=1"]), 'aws eks "get token" --x=1');
});

it("shortPath writes the home folder as ~", () => {
  assert.equal(shortPath("/home/me/.kube/config", "/home/me"), "~/.kube/config");
  assert.equal(shortPath("/home/mel/.kube/config", "/home/me"), "/home/mel/.kube/config");
});
