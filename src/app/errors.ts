import * as vscode from "vscode";
import {
  describeError,
  type ErrorCode,
  type ErrorDetail,
  isPaletteError,
  PaletteError,
} from "../shared/errors.ts";
import type { Log } from "./log.ts";

/** A button under an error: a verb in title case and what it does. */
export interface Remedy {
  readonly title: string;
  run(): unknown;
}

/** An error of the app room that brings the buttons which solve it. */
export class RemediableError extends PaletteError {
  readonly remedies: readonly Remedy[];

  constructor(code: ErrorCode, message: string, detail: ErrorDetail, remedies: readonly Remedy[]) {
    super(code, message, detail);
    this.remedies = remedies;
  }
}

/** The error that stands for "the user changed their mind": not shown, for nothing came of it. */
export function cancelled(): PaletteError {
  return new PaletteError("Cancelled", "Cancelled");
}

/** Whether `error` means that the user cancelled: ours, an AbortSignal's, or VS Code's. */
export function isCancelled(error: unknown): boolean {
  return (
    isPaletteError(error, "Cancelled") ||
    error instanceof vscode.CancellationError ||
    (error instanceof Error && (error.name === "AbortError" || error.name === "Canceled"))
  );
}

/** Whether a cancel says what became of what was written, which the user did not see when they cancelled. */
export function leavesWord(error: unknown): error is PaletteError {
  return isPaletteError(error, "Cancelled") && error.next !== undefined;
}

/**
 * The one place that turns an error into UI: what happened, the engine's words, what to do next, the
 * buttons that solve it and *Show Log*. Where the user cancelled, it warns of what became of what was written, if the
 * error says that, and else says nothing.
 */
export async function showError(error: unknown, log: Log): Promise<void> {
  const remedies: readonly Remedy[] = [...remediesOf(error), { title: "Show Log", run: () => log.show() }];
  const titles = remedies.map(({ title }) => title);
  let chosen: string | undefined;
  if (leavesWord(error)) {
    const message = `Cancelled. ${error.next}`;
    log.warn(message);
    chosen = await vscode.window.showWarningMessage(message, ...titles);
  } else if (!isCancelled(error)) {
    const message = describeError(error);
    log.error(isPaletteError(error) ? message : error instanceof Error ? (error.stack ?? message) : message);
    chosen = await vscode.window.showErrorMessage(message, ...titles);
  }
  await remedies.find(({ title }) => title === chosen)?.run();
}

/** Not told by its class: commands are a bundle of their own, with its own copy of it. */
function remediesOf(error: unknown): readonly Remedy[] {
  return isPaletteError(error) && "remedies" in error ? (error as RemediableError).remedies : [];
}
