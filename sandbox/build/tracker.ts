import { availableParallelism } from "node:os";
import type { Progress } from "../progress.ts";
import { estimate, type Step } from "./estimate.ts";

const tickMs = 1000;

/** Cores of the machine for which steps give their seconds. */
const referenceCores = 2;

/** This machine's time over the reference's, as long as nothing is measured; links and starts gain little from more cores. */
function assumedScale(): number {
  return Math.max(0.3, referenceCores / availableParallelism());
}

/** Reports how far a task of several steps is, once a second while a step runs. */
export class Tracker {
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #scale = assumedScale();
  readonly #steps: Step[];
  /** Durations of the steps that are done. */
  readonly #before: number[] = [];
  #running: { readonly since: number; readonly timer: NodeJS.Timeout; detail?: string } | undefined;

  constructor(onProgress: ((progress: Progress) => void) | undefined, steps: readonly Step[]) {
    this.#onProgress = onProgress;
    this.#steps = [...steps];
  }

  /** Puts steps in front of those that have not begun. */
  insert(steps: readonly Step[]): void {
    this.#steps.splice(this.#before.length, 0, ...steps);
  }

  /** Runs the next step; `work` may say what it is at. */
  async step<T>(work: (detail: (text: string) => void) => Promise<T>): Promise<T> {
    const running: { since: number; timer: NodeJS.Timeout; detail?: string } = {
      since: performance.now(),
      timer: setInterval(() => this.#report(), tickMs),
    };
    this.#running = running;
    this.#report();
    try {
      const result = await work((text) => {
        running.detail = text;
      });
      this.#before.push((performance.now() - running.since) / 1000);
      return result;
    } finally {
      clearInterval(running.timer);
      this.#running = undefined;
    }
  }

  #report(): void {
    const index = this.#before.length;
    const { since = 0, detail } = this.#running ?? {};
    const seconds = (performance.now() - since) / 1000;
    this.#onProgress?.({
      step: `${this.#steps[index]?.name} (${index + 1} of ${this.#steps.length})`,
      ...estimate(this.#steps, { index, seconds, before: this.#before }, this.#scale),
      ...(detail === undefined ? {} : { detail }),
    });
  }
}
