import * as vscode from "vscode";
import { cancelled, isCancelled, leavesWord } from "./errors.ts";

/** What a long task may do to its notification. */
export interface TaskProgress {
  /** Says what is going on, and how far it is where `fraction` (0 to 1) is known. */
  report(message: string, fraction?: number): void;
  readonly signal: AbortSignal;
}

/**
 * Runs `work` behind a notification with a Cancel button. A cancel aborts the signal and then waits for
 * `work` to come back, since undoing takes its time; gives what `work` gives. Throws what `work` throws; a cancel is
 * `Cancelled`, with what `work` says of what became of its objects.
 */
export async function withTask<T>(title: string, work: (progress: TaskProgress) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const cancel = token.onCancellationRequested(() => abort.abort(cancelled()));
      let reached = 0;
      try {
        return await work({
          signal: abort.signal,
          report(message, fraction) {
            const percent = Math.min(100, Math.max(reached, Math.floor((fraction ?? 0) * 100)));
            progress.report({ message, increment: percent - reached });
            reached = percent;
          },
        });
      } catch (error) {
        throw isCancelled(error) && !leavesWord(error) ? cancelled() : error;
      } finally {
        cancel.dispose();
      }
    },
  );
}
