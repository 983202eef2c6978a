import { PaletteError } from "../src/shared/errors.ts";

/** What a cancelled task throws; `next` says what became of what it had begun. */
export function cancelled(next?: string): PaletteError {
  return new PaletteError("Cancelled", "Cancelled", next === undefined ? {} : { next });
}

/** Throws `Cancelled` once `signal` is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw cancelled();
  }
}
