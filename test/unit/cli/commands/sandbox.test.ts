import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { SandboxStatus } from "../../../../sandbox/index.ts";
import type { CommandIo } from "../../../../src/cli/command.ts";
import { sandbox } from "../../../../src/cli/commands/sandbox.ts";

describe("palette sandbox, where nothing was started", () => {
  let home: string;
  const former = process.env.PALETTE_HOME;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "palette-cli-"));
    process.env.PALETTE_HOME = home;
  });
  after(async () => {
    if (former === undefined) {
      delete process.env.PALETTE_HOME;
    } else {
      process.env.PALETTE_HOME = former;
    }
    await rm(home, { recursive: true });
  });
  const run = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const io: CommandIo = {
      out: (text) => out.push(text),
      err: (line) => err.push(line),
      cwd: home,
      env: process.env,
      today: "2026-11-24",
      signal: new AbortController().signal,
    };
    return { code: await sandbox.run(args, io), out: out.join("\n"), err: err.join("\n") };
  };

  test("status says so and how to start, and gives 1", async () => {
    const { code, out } = await run("status");
    assert.equal(code, 1);
    assert.equal(out, "The local management cluster does not run. palette sandbox up starts it.");
  });

  test("status as JSON has every component, stopped", async () => {
    const { code, out } = await run("status", "--output", "json");
    assert.equal(code, 1);
    const { running, healthy, kubeconfig, components } = JSON.parse(out) as SandboxStatus;
    assert.deepEqual(
      { running, healthy, kubeconfig },
      { running: false, healthy: false, kubeconfig: join(home, "sandbox/kubeconfig") },
    );
    assert.equal(components.length, 9);
    assert.ok(components.every(({ state }) => state === "stopped"));
  });

  test("down has nothing to do", async () => {
    const { code, out, err } = await run("down");
    assert.equal(code, 0);
    assert.equal(out, "");
    assert.match(err, /is stopped/);
  });

  for (const args of [
    [],
    ["start"],
    ["up", "down"],
    ["down", "--workload"],
    ["status", "--output", "yaml"],
    ["up", "--force"],
  ]) {
    test(`palette sandbox ${args.join(" ")} is wrong use`, async () => {
      await assert.rejects(run(...args), { name: "UsageError" });
    });
  }
});
