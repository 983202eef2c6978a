/**
 * Runs inside VS Code's extension host: loads and activates the extension once, and writes what that took to the file
 * that PALETTE_TEST_RESULTS names. VS Code calls `run`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";

export interface Activation {
  /** Reading and running dist/extension.cjs. */
  readonly loading: number;
  /** Its activate(), until it returns. */
  readonly activating: number;
  readonly heapBytes: number;
}

interface Main {
  activate(context: vscode.ExtensionContext): unknown;
}

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension("palette-onboarding.palette-onboarding");
  if (extension === undefined || extension.isActive) {
    throw new Error(
      extension === undefined ? "The extension is not there." : "The extension is active already.",
    );
  }
  // The extension host is busy when a window opens, and what it does then is not ours: so only what we do is timed.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const heap = heapInUse();
  const path = join(extension.extensionPath, "dist/extension.cjs");
  const start = performance.now();
  const main = require(path) as Main;
  const loading = performance.now() - start;
  let activating = Number.NaN;
  const cached = require.cache[path];
  if (cached === undefined) {
    throw new Error(`${path} is not among the loaded modules.`);
  }
  // VS Code finds this in place of the module that it would load, and runs it with the real context.
  cached.exports = {
    ...main,
    activate(context: vscode.ExtensionContext) {
      const called = performance.now();
      const result = main.activate(context);
      activating = performance.now() - called;
      return result;
    },
  };
  await extension.activate();
  const activation: Activation = { loading, activating, heapBytes: heapInUse() - heap };
  writeFileSync(process.env.PALETTE_TEST_RESULTS ?? "", JSON.stringify(activation));
}

/** What the heap holds once everything that nobody holds any more is gone. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
