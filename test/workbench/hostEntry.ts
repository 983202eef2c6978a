/**
 * Runs inside VS Code's extension host: the tests of test/host in mocha. VS Code calls `run`. Each result goes to the
 * file that PALETTE_TEST_RESULTS names, and last a line that says it is over, for the process that waits outside.
 */
import { appendFileSync } from "node:fs";
import tests from "palette:host-tests";
import Mocha from "mocha";
import type { TestResult } from "../../scripts/testing/results.ts";

export async function run(): Promise<void> {
  const path = process.env.PALETTE_TEST_RESULTS;
  if (path === undefined) {
    throw new Error("PALETTE_TEST_RESULTS names no file.");
  }
  const write = (value: TestResult | { over: true }) => appendFileSync(path, `${JSON.stringify(value)}\n`);
  try {
    await runAll(write);
  } catch (error) {
    write({
      outcome: "failed",
      name: "host",
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
  write({ over: true });
}

async function runAll(write: (result: TestResult) => void): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: Mocha.reporters.Base });
  for (const [file, load] of Object.entries(tests)) {
    mocha.suite.emit("pre-require", globalThis, file, mocha);
    load();
  }
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("pass", (test) => write({ outcome: "passed", name: test.fullTitle() }));
    runner.on("fail", (test, error: Error) =>
      write({ outcome: "failed", name: test.fullTitle(), reason: error.stack ?? error.message }),
    );
    runner.on("pending", (test) =>
      write({ outcome: "skipped", name: test.fullTitle(), reason: "skipped by its file" }),
    );
  });
}
