import { isPaletteError } from "../../shared/errors.ts";
import type { CallOptions } from "../management.ts";
import { pause } from "../watch.ts";

/** How the API server says that a webhook gave no answer; one that refuses has words of its own. */
const NO_ANSWER = /failed calling webhook/;
const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/**
 * Writes, and tries again where a webhook gave no answer. Nothing was stored then; a provider that starts anew, or has
 * much to do, answers a moment later, and one lost call should not undo a creation.
 */
export async function pastWebhooks<T>(
  write: () => Promise<T>,
  { signal = new AbortController().signal }: CallOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPaletteError(error) || !NO_ANSWER.test(error.engine ?? "")) {
        throw error;
      }
      await pause(attempt * PAUSE_MS, signal);
    }
  }
}
