import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import type { Credentials } from "../../../src/registries/credentials.ts";
import { type RegistryProblem, RegistryStore } from "../../../src/registries/store.ts";
import { BASIC, basic, serve, settings } from "./support.ts";

const HOUR = 3_600_000;
const index = (version: string): string => `entries:\n  shop:\n  - version: ${version}\n`;

describe("the store of registries", () => {
  const folders: string[] = [];
  let folder = "";
  let now = 0;
  let changes = 0;
  let credentials: Credentials | undefined;
  let problems: RegistryProblem[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-registries-"));
    folders.push(folder);
    now = 100 * HOUR;
    changes = 0;
    credentials = undefined;
    problems = [];
  });
  after(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))));

  const store = (): RegistryStore =>
    new RegistryStore({
      folder: join(folder, "cache"),
      credentials: async () => credentials,
      now: () => now,
      onChange: () => {
        changes += 1;
      },
      onProblem: (problem) => problems.push(problem),
    });
  const versions = (of: RegistryStore): (string | undefined)[] =>
    of.known().map(({ charts }) => charts[0]?.versions[0]?.version);

  it("gives what is on disk at once, and asks again only when it is old", async () => {
    let version = "1.0.0";
    const server = await serve((_, response) => void response.end(index(version)));
    const ours = settings(server.url);
    const first = store();
    await first.configure([ours]);
    assert.deepEqual(versions(first), [undefined]);
    await first.refresh();
    assert.deepEqual(versions(first), ["1.0.0"]);

    version = "2.0.0";
    const second = store();
    await second.configure([ours]);
    assert.deepEqual(versions(second), ["1.0.0"]);
    await second.refresh();
    assert.equal(server.requests.length, 1);
    now += HOUR;
    await second.refresh();
    assert.deepEqual(versions(second), ["2.0.0"]);

    // The other window takes what this one has read.
    await first.refresh();
    assert.deepEqual(versions(first), ["2.0.0"]);
    assert.equal(server.requests.length, 2);
  });

  it("asks at once when somebody wants it, and leaves it to them to say what is wrong", async () => {
    let version = "1.0.0";
    let status = 200;
    const server = await serve((_, response) => void response.writeHead(status).end(index(version)));
    const ours = store();
    await ours.configure([settings(server.url)]);
    await ours.refresh();
    version = "2.0.0";
    await ours.refresh();
    assert.deepEqual(versions(ours), ["1.0.0"]);
    await ours.refreshNow();
    assert.deepEqual(versions(ours), ["2.0.0"]);

    status = 404;
    const before = changes;
    await ours.refreshNow();
    assert.deepEqual(versions(ours), ["2.0.0"]);
    assert.equal(ours.problems().length, 1);
    assert.equal(changes, before + 1);
    assert.deepEqual(problems, []);
    // Nor is it said later what they know already.
    await ours.refresh();
    assert.deepEqual(problems, []);
    status = 200;
    await ours.refreshNow();
    assert.deepEqual(ours.problems(), []);
  });

  it("keeps what it has where nothing has changed", async () => {
    const server = await serve((request, response) => {
      const known = request.headers["if-none-match"] === '"x"';
      response.writeHead(known ? 304 : 200, { etag: '"x"' }).end(known ? "" : index("1.0.0"));
    });
    const ours = settings(server.url);
    const one = store();
    await one.configure([ours]);
    await one.refresh();
    const before = changes;
    now += HOUR;
    await one.refresh();
    assert.deepEqual(versions(one), ["1.0.0"]);
    assert.equal(changes, before);
    assert.equal(server.requests.length, 2);
    await one.refresh();
    assert.equal(server.requests.length, 2);
  });

  it("says once what cannot be reached, keeps what was known, and reads the others", async () => {
    const down = await serve(
      (_, response) => void response.writeHead(down.requests.length < 4 ? 503 : 200).end(index("3.0.0")),
    );
    const up = await serve((_, response) => void response.end(index("1.0.0")));
    const one = store();
    await one.configure([settings(down.url, { name: "down" }), settings(up.url, { name: "up" })]);
    await one.refresh();
    await one.refresh();
    assert.deepEqual(versions(one), [undefined, "1.0.0"]);
    assert.deepEqual(problems, [
      {
        registry: "down",
        code: "Unreachable",
        message: "Registry down answers with error 503. It is asked again later.",
        isKnown: false,
      },
    ]);
    assert.deepEqual(one.problems(), problems);
    await one.refresh();
    await one.refresh();
    assert.deepEqual(versions(one), ["3.0.0", "1.0.0"]);
    assert.deepEqual(one.problems(), []);
    assert.equal(problems.length, 1);
    assert.equal(up.requests.length, 1);
  });

  it("asks anew with other credentials, and forgets what the old ones showed", async () => {
    const server = await serve((request, response) => {
      const known = request.headers.authorization === BASIC;
      response.writeHead(known ? 200 : 401).end(known ? index("1.0.0") : "");
    });
    const ours = settings(server.url);
    const one = store();
    await one.configure([ours]);
    await one.refresh();
    assert.equal(problems[0]?.code, "Forbidden");
    credentials = basic;
    await one.forget(ours.url);
    assert.deepEqual(versions(one), ["1.0.0"]);
    assert.equal(one.known()[0]?.isPrivate, true);
    credentials = undefined;
    await one.forget(ours.url);
    assert.deepEqual(versions(one), [undefined]);
  });

  it("keeps no credentials on disk, and lets nobody else read it", async () => {
    const server = await serve((_, response) => void response.end(index("1.0.0")));
    credentials = basic;
    const one = store();
    await one.configure([settings(server.url)]);
    await one.refresh();
    const [file = "", ...others] = await readdir(join(folder, "cache"));
    assert.deepEqual(others, []);
    const path = join(folder, "cache", file);
    assert.doesNotMatch(await readFile(path, "utf8"), /hunter2|ana|Basic/);
    if (process.platform !== "win32") {
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    }

    for (const broken of ["", "{", '{"format":0}', '{"format":1,"checked":1}', "null"]) {
      await writeFile(path, broken);
      const again = store();
      await again.configure([settings(server.url)]);
      assert.deepEqual(versions(again), [undefined], broken);
    }
  });

  it("says nothing of registries that are no longer in the setting", async () => {
    let release = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serve(() => release());
    const one = store();
    await one.configure([settings(server.url)]);
    const refresh = one.refresh();
    await asked;
    await one.configure([]);
    await refresh;
    assert.deepEqual([one.known(), one.problems(), problems], [[], [], []]);
  });
});
