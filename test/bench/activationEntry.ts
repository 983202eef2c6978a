/**
 * Runs inside VS Code's extension host: loads and activates the extension once, and writes what that took to the file
 * that PALETTE_TEST_RESULTS names. VS Code calls `run`.
 */
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";

export interface Activation {
  readonly milliseconds: number;
  readonly heapBytes: number;
}

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension("palette-onboarding.palette-onboarding");
  if (extension === undefined || extension.isActive) {
    throw new Error(
      extension === undefined ? "The extension is not there." : "The extension is active already.",
    );
  }
  const heap = process.memoryUsage().heapUsed;
  const start = performance.now();
  await extension.activate();
  const milliseconds = performance.now() - start;
  const activation: Activation = { milliseconds, heapBytes: process.memoryUsage().heapUsed - heap };
  writeFileSync(process.env.PALETTE_TEST_RESULTS ?? "", JSON.stringify(activation));
}
