import { isPaletteError, PaletteError } from "../shared/errors.ts";
import { isConnectionClosed } from "./apiErrors.ts";
import type { CallOptions } from "./management.ts";
import { pause } from "./watch.ts";

const LOOK_MS = 1_000;
/** How long Sveltos and Helm may take for what is waited for. */
const LIMIT_MS = 600_000;

export interface UntilOptions extends CallOptions {
  readonly limitMs?: number | undefined;
  /** The pause between two looks. */
  readonly lookMs?: number | undefined;
}

/**
 * Looks again and again until `done`; lost connections are waited out, closed ones are not. Once the limit has passed, it throws that the
 * connection is lost, or what `late` gives; where that is nothing, it ends as if all were done. Throws `Cancelled` too.
 */
export async function until(
  done: () => Promise<boolean>,
  { signal = new AbortController().signal, limitMs = LIMIT_MS, lookMs = LOOK_MS }: UntilOptions,
  late: (seconds: number) => Error | undefined,
): Promise<void> {
  const limit = Date.now() + limitMs;
  for (;;) {
    let lost: unknown;
    try {
      if (await done()) {
        return;
      }
    } catch (error) {
      if (!isPaletteError(error, "Unreachable") || isConnectionClosed(error)) {
        throw error;
      }
      lost = error;
    }
    if (signal.aborted) {
      throw new PaletteError("Cancelled", "Waiting was cancelled");
    }
    if (Date.now() > limit) {
      const error = lost ?? late(Math.round(limitMs / 1000));
      if (error === undefined) {
        return;
      }
      throw error;
    }
    await pause(lookMs, signal);
  }
}
