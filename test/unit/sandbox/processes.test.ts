import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { psStartTime, startOf, startTicks } from "../../../sandbox/processes/identity.ts";
import { spawnDetached } from "../../../sandbox/processes/spawn.ts";
import { isAlive, stop } from "../../../sandbox/processes/stop.ts";

describe("startTicks", () => {
  const stat = (name: string, state: string, threads = 1) =>
    `42 (${name}) ${state} 1 42 42 0 -1 4194560 100 0 0 0 1 2 3 4 20 0 ${threads} 0 987654 1000 200`;
  for (const [what, text, expected] of [
    ["a running process", stat("etcd", "S"), "987654"],
    ["a name with blanks and parentheses", stat("a) Z 1 (b", "R"), "987654"],
    ["one that ended", stat("etcd", "Z"), undefined],
    ["one that ended but for some threads, which hold its ports", stat("etcd", "Z", 3), "987654"],
    ["one that is being removed", stat("etcd", "X"), undefined],
  ] as const) {
    test(what, () => assert.equal(startTicks(text), expected));
  }
});

describe("psStartTime", () => {
  for (const [what, text, expected] of [
    ["a running process", "Ss   Tue Nov  4 09:05:01 2026    \n", "Tue Nov 4 09:05:01 2026"],
    ["one that ended", "Z    Tue Nov  4 09:05:01 2026\n", undefined],
    ["none", "", undefined],
  ] as const) {
    test(what, () => assert.equal(psStartTime(text), expected));
  }
});

describe("a process", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-processes-"));
  });
  after(async () => {
    for (const child of children) {
      child.kill("SIGKILL");
    }
    await rm(folder, { recursive: true });
  });
  /** A program that has said it is ready. */
  const start = async (program: string): Promise<number> => {
    const child = spawn(
      process.execPath,
      ["-e", `${program}; console.log("ready"); setInterval(() => {}, 1000)`],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    children.push(child);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    return child.pid ?? 0;
  };

  test("has the same start whenever asked, and another than its parent", async () => {
    const pid = await start("");
    const first = await startOf(pid);
    assert.ok(first);
    assert.equal(await startOf(pid), first);
    assert.notEqual(first, await startOf(process.pid));
  });

  test("is ended, and is then gone", async () => {
    const pid = await start("");
    const owned = { pid, start: (await startOf(pid)) ?? "" };
    assert.equal(await isAlive(owned), true);
    await stop(owned);
    assert.equal(await isAlive(owned), false);
    assert.equal(await startOf(pid), undefined);
    await stop(owned);
  });

  test("is ended also when it does not want to", async () => {
    const pid = await start(`process.on("SIGTERM", () => {})`);
    const owned = { pid, start: (await startOf(pid)) ?? "" };
    await stop(owned, 50);
    assert.equal(await isAlive(owned), false);
  });

  test("of another start is left alone", async () => {
    const pid = await start("");
    await stop({ pid, start: "another boot 1" }, 50);
    assert.notEqual(await startOf(pid), undefined);
  });

  test("gets a log that only its user reads, its own environment, and little of ours", async () => {
    const log = join(folder, "x.log");
    process.env.PALETTE_TEST_SECRET = "s3cret";
    const program =
      "console.log(JSON.stringify({ env: process.env, cwd: process.cwd() })); setInterval(() => {}, 1000)";
    const pid = await spawnDetached({
      command: process.execPath,
      args: ["-e", program],
      env: { KUBECONFIG: "/x" },
      cwd: folder,
      log,
    });
    delete process.env.PALETTE_TEST_SECRET;
    const owned = { pid, start: (await startOf(pid)) ?? "" };
    try {
      let text = "";
      while (!text.endsWith("\n")) {
        text = await readFile(log, "utf8");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const { env, cwd } = JSON.parse(text) as { env: Record<string, string>; cwd: string };
      assert.equal(env.KUBECONFIG, "/x");
      assert.equal(env.PATH, process.env.PATH);
      assert.equal(env.PALETTE_TEST_SECRET, undefined);
      assert.equal((await stat(cwd)).ino, (await stat(folder)).ino);
      assert.equal((await stat(log)).mode & 0o777, 0o600);
    } finally {
      await stop(owned);
    }
    assert.equal(await isAlive(owned), false);
  });

  test("that cannot be started is an error", async () => {
    const options = {
      command: join(folder, "none"),
      args: [],
      env: {},
      cwd: folder,
      log: join(folder, "y.log"),
    };
    await assert.rejects(spawnDetached(options), /ENOENT/);
  });
});
