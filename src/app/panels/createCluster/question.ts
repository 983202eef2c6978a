import { describeError } from "../../../shared/errors.ts";
import { isCancelled } from "../../errors.ts";
import type { Answer } from "./model.ts";

/** Typing must rest this long before the management cluster is asked something new. */
const PAUSE_MS = 400;

/**
 * Something that is asked of the management cluster, again whenever what it depends on is another. Answers to earlier
 * questions are thrown away.
 */
export class Question<T> {
  readonly #onAnswer: () => void;
  #key: string | undefined;
  #answer: Answer<T> = { kind: "none" };
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;

  constructor(onAnswer: () => void) {
    this.#onAnswer = onAnswer;
  }

  get answer(): Answer<T> {
    return this.#answer;
  }

  /** Asks unless it was asked with this key before; without a key there is nothing to ask. */
  ask(key: string | undefined, ask: (signal: AbortSignal) => Promise<T>): void {
    if (key === this.#key) {
      return;
    }
    if (key === undefined) {
      this.clear();
      return;
    }
    const isFirst = this.#key === undefined;
    this.#key = key;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#answer = { kind: "asking" };
    const abort = new AbortController();
    this.#abort = abort;
    this.#timer = setTimeout(() => void this.#run(ask, abort.signal), isFirst ? 0 : PAUSE_MS);
  }

  /** There is nothing to ask. */
  clear(): void {
    this.dispose();
    this.#key = undefined;
    this.#answer = { kind: "none" };
  }

  /** Forgets the answer, so that the next `ask` asks anew. */
  forget(): void {
    this.#key = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  async #run(ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<void> {
    const answer = await ask(signal).then(
      (value): Answer<T> => ({ kind: "known", value }),
      (error: unknown): Answer<T> | undefined =>
        isCancelled(error) ? undefined : { kind: "failed", message: describeError(error) },
    );
    if (!signal.aborted && answer !== undefined) {
      this.#answer = answer;
      this.#onAnswer();
    }
  }
}
