import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { describe, it } from "node:test";

const ARGS = [resolve(import.meta.dirname, "../../../src/cli/main.ts"), "--help"];
const FULL = "/dev/full";

describe("palette, as a program,", () => {
  it("is not done where its output cannot be written", { skip: !existsSync(FULL) }, () => {
    const full = openSync(FULL, "w");
    try {
      const { status, stderr } = spawnSync(process.execPath, ARGS, {
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
      });
      assert.match(stderr, /^The output could not be written: ENOSPC: .*\n$/);
      assert.equal(status, 1);
    } finally {
      closeSync(full);
    }
  });

  it("is done where whoever reads has read enough", async () => {
    const child = spawn(process.execPath, ARGS, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const errors: string[] = [];
    child.stderr.setEncoding("utf8").on("data", (text) => errors.push(text));
    const [code] = await once(child, "close");
    assert.deepEqual([code, errors], [0, []]);
  });
});
