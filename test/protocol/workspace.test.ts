import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  type Range,
  WatchKind,
} from "vscode-languageserver/node";
import { newProfile } from "../../src/profile/index.ts";
import { TestClient } from "./client.ts";

const VALID = newProfile({ name: "demo", type: "cluster", cloudType: "aws" });
const INVALID = VALID.replace("name: demo", "name: broken").replace("type: cluster", "type: clustre");

/** The range of the nth `found` in a text. */
function rangeOf(text: string, found: string, nth: number): Range {
  let at = text.indexOf(found);
  for (let i = 0; i < nth; i++) {
    at = text.indexOf(found, at + 1);
  }
  const before = text.slice(0, at).split("\n");
  const line = before.length - 1;
  const character = before.at(-1)?.length ?? 0;
  return { start: { line, character }, end: { line, character: character + found.length } };
}

describe("files of the workspace that no editor holds", () => {
  let folder: string;
  let client: TestClient;
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  const tell = (name: string, type: FileChangeType): Promise<void> =>
    client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uri(name), type }],
    });
  /** Everything that was said about a file, as codes. */
  const said = (name: string): unknown[][] =>
    client.published
      .filter((each) => each.uri === uri(name))
      .map(({ diagnostics }) => diagnostics.map(({ code }) => code));

  const profile = (version: string, tag: string): string =>
    VALID.replace("name: demo", "name: shop")
      .replace("version: 1.0.0", `version: ${version}`)
      .replaceAll('"1.36.4"', `"${tag}"`);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette workspace "));
    await write("valid.profile.yaml", VALID);
    await write("node_modules/a/b.profile.yaml", INVALID);
    await write(".git/b.profile.yaml", INVALID);
    await write("long.profile.yaml", `${INVALID}#${"x".repeat(256 * 1024)}\n`);
    await write("plain.yaml", INVALID);
    await write("held.profile.yaml", INVALID);
    await write("deep/er/broken.profile.yml", INVALID);
    await write("deep/er/request.cluster.yaml", "apiVersion: palette-onboarding/v1\nkind: ClusterRequest\n");
    client = await TestClient.start({ rulePages: "https://example.test/rules" }, [
      pathToFileURL(folder).href,
    ]);
    await client.open(uri("held.profile.yaml"), VALID);
  });
  after(async () => {
    await client.stop();
    await rm(folder, { recursive: true });
  });

  it("shows the problems of profiles and requests at any depth", async () => {
    const [problem] = await client.diagnostics(uri("deep/er/broken.profile.yml"), undefined);
    assert.equal(problem?.code, "P01");
    assert.equal(problem.codeDescription?.href, "https://example.test/rules/P01.md");
    const ofRequest = await client.diagnostics(uri("deep/er/request.cluster.yaml"), undefined);
    assert.match(String(ofRequest[0]?.code), /^C\d\d$/);
  });

  it("asks to be told of changes", () => {
    const watchers = client.registered.flatMap(({ registrations }) =>
      registrations.map(({ method, registerOptions }) => [method, registerOptions.watchers]),
    );
    assert.deepEqual(watchers, [
      [
        "workspace/didChangeWatchedFiles",
        [
          { globPattern: "**/*.{profile,cluster}.{yaml,yml}" },
          { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
        ],
      ],
    ]);
  });

  it("follows a file that is written, and one that is deleted", async () => {
    await write("new.profile.yaml", INVALID);
    await tell("new.profile.yaml", FileChangeType.Created);
    assert.equal((await client.diagnostics(uri("new.profile.yaml"), undefined))[0]?.code, "P01");
    await write("new.profile.yaml", VALID);
    await tell("new.profile.yaml", FileChangeType.Changed);
    await client.cleared(uri("new.profile.yaml"));
    await rm(join(folder, "deep/er/request.cluster.yaml"));
    await tell("deep/er/request.cluster.yaml", FileChangeType.Deleted);
    await client.cleared(uri("deep/er/request.cluster.yaml"));
  });

  it("follows a folder that comes with files in it, and goes with them", async () => {
    await write("moved/in/from.profile.yaml", INVALID);
    await write("moved/in/node_modules/b.profile.yaml", INVALID);
    await tell("moved", FileChangeType.Created);
    assert.equal((await client.diagnostics(uri("moved/in/from.profile.yaml"), undefined))[0]?.code, "P01");
    await rm(join(folder, "moved"), { recursive: true });
    await tell("moved", FileChangeType.Deleted);
    await client.cleared(uri("moved/in/from.profile.yaml"));
    assert.deepEqual(said("moved/in/node_modules/b.profile.yaml"), []);
  });

  it("lets an editor speak for its file, and the disk when it is closed", async () => {
    const held = uri("held.profile.yaml");
    assert.deepEqual(await client.diagnostics(held, 1), []);
    await tell("held.profile.yaml", FileChangeType.Changed);
    // What comes later is checked later: the answer shows that the file before it was passed over.
    await write("later.profile.yaml", INVALID);
    await tell("later.profile.yaml", FileChangeType.Created);
    await client.diagnostics(uri("later.profile.yaml"), undefined);
    assert.deepEqual(said("held.profile.yaml"), [[]]);

    await client.close(held);
    await write("last.profile.yaml", INVALID);
    await tell("last.profile.yaml", FileChangeType.Created);
    await client.diagnostics(uri("last.profile.yaml"), undefined);
    assert.deepEqual(said("held.profile.yaml"), [[], [], ["P01"]]);
  });

  it("judges versions of one profile together, on disk and in editors, until they agree", async () => {
    await write("shop-1.profile.yaml", profile("1.0.0", "1.36.4"));
    await write("shop-2.profile.yaml", profile("1.1.0", "1.37.2"));
    await tell("shop-1.profile.yaml", FileChangeType.Created);
    await tell("shop-2.profile.yaml", FileChangeType.Created);
    const [first, second] = [uri("shop-1.profile.yaml"), uri("shop-2.profile.yaml")];
    await client.open(first, profile("1.0.0", "1.36.4"));
    assert.deepEqual(await client.diagnostics(first, 1), []);

    // A change of the open file makes the one on disk wrong, and says where the reason stands.
    await client.change(first, 2, profile("1.0.0", "1.35.8"));
    const [skipped] = await client.diagnostics(second, undefined);
    assert.equal(skipped?.code, "P21");
    assert.match(String(skipped.message), /from 1\.35\.8 to 1\.37\.2/);
    assert.deepEqual(skipped.relatedInformation?.[0]?.location, {
      uri: first,
      range: rangeOf(profile("1.0.0", "1.35.8"), '"1.35.8"', 1),
    });

    // The other way round: both have one version, and differ.
    await client.change(first, 3, profile("1.1.0", "1.36.4"));
    const [changed] = await client.diagnostics(first, 3);
    assert.equal(changed?.code, "P21");
    assert.match(String(changed.message), /^shop 1\.1\.0 has other content in shop-2\.profile\.yaml\./);
    assert.equal(changed.relatedInformation?.[0]?.location.uri, second);

    // Fixed on disk: both are spoken of again. Then wrong again, and the reason goes away with its file.
    let seen = client.published.length;
    await write("shop-2.profile.yaml", profile("1.2.0", "1.37.2"));
    await tell("shop-2.profile.yaml", FileChangeType.Changed);
    await client.cleared(second, seen);
    await client.cleared(first, seen);
    seen = client.published.length;
    await client.change(first, 4, profile("1.1.0", "1.35.8"));
    assert.equal((await client.diagnostics(second, undefined, seen))[0]?.code, "P21");
    seen = client.published.length;
    await rm(join(folder, "shop-1.profile.yaml"));
    await client.close(first);
    await client.cleared(second, seen);
  });

  it("is silent about files that are in order, long, foreign or of others", () => {
    for (const name of [
      "valid.profile.yaml",
      "long.profile.yaml",
      "plain.yaml",
      "node_modules/a/b.profile.yaml",
      ".git/b.profile.yaml",
    ]) {
      assert.deepEqual(said(name), [], name);
    }
  });

  it("clears what it said when the folder is left", async () => {
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [], removed: [{ uri: pathToFileURL(folder).href, name: "a" }] },
    });
    await client.cleared(uri("deep/er/broken.profile.yml"));
  });
});
