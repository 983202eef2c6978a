/** One step of a task whose steps have an expected duration in seconds on a machine of reference. */
export interface Step {
  readonly name: string;
  readonly seconds: number;
}

/** What is known when a step is under way: its index, how long it runs, and how long those before it took. */
export interface Elapsed {
  readonly index: number;
  readonly seconds: number;
  readonly before: readonly number[];
}

export interface Estimate {
  /** Expected seconds that are behind, on the machine of reference; never more than what the step may take. */
  readonly done: number;
  readonly total: number;
  readonly remainingSeconds: number;
}

/** A step that takes longer than expected stands at this share of itself until it ends. */
const nearlyDone = 0.95;

/**
 * Reckons how far a task is, and how long it will take from here at the speed measured so far.
 * `initialScale` is this machine's time over the reference's before anything was measured.
 */
export function estimate(steps: readonly Step[], elapsed: Elapsed, initialScale: number): Estimate {
  const total = sum(steps.map((step) => step.seconds));
  const current = steps[elapsed.index]?.seconds ?? 0;
  const before = sum(steps.slice(0, elapsed.index).map((step) => step.seconds));
  const measured = sum(elapsed.before);
  // Steps differ (one finds its work cached, the next does not), so until half is behind, what was assumed counts too.
  const trust = Math.min(1, (2 * before) / (total || 1));
  const scale = before === 0 ? initialScale : trust * (measured / before) + (1 - trust) * initialScale;
  const inStep = Math.min(scale > 0 ? elapsed.seconds / scale : current, current * nearlyDone);
  const done = before + inStep;
  return { done, total, remainingSeconds: Math.max(0, (total - done) * scale) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
