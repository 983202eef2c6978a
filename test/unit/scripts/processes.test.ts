import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { node, outcome, run, startService } from "../../../scripts/processes.ts";

const script = (text: string) => ["-e", text];

/** Whether a process is there; one that waits to be collected is gone. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("run", () => {
  it("gives what a program wrote", async () => {
    assert.equal(await run(node, script("console.log(1)")), "1\n");
  });

  it("throws what a program wrote last when it fails", async () => {
    await assert.rejects(
      run(node, script("console.error('no disk'); process.exit(3)")),
      /ended with 3:\nno disk/,
    );
  });

  it("throws when there is no such program", async () => {
    await assert.rejects(outcome("/no/such/program", []), /ENOENT/);
  });
});

describe("startService", () => {
  it("ends the program and what it has started", async () => {
    const child = "setInterval(() => {}, 1000)";
    const service = await startService(
      node,
      script(
        `const { pid } = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]);
         console.log("child " + pid); setInterval(() => {}, 1000);`,
      ),
    );
    let pid: number | undefined;
    while (pid === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const match = /child (\d+)/.exec(service.output());
      pid = match === null ? undefined : Number(match[1]);
    }
    assert.ok(isThere(pid));
    await service.stop();
    while (isThere(pid)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(isThere(service.pid), false);
  });

  it("insists with a program that does not want to end", async () => {
    const service = await startService(
      node,
      script('process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000);'),
    );
    while (!service.output().includes("ready")) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await service.stop(50);
    assert.equal(isThere(service.pid), false);
  });
});
