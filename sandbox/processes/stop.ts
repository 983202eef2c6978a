import { setTimeout as sleep } from "node:timers/promises";
import { startOf } from "./identity.ts";

/** A process and when it started. */
export interface Owned {
  readonly pid: number;
  readonly start: string;
}

/** Whether this very process still runs, and not another one that got its number. */
export async function isAlive({ pid, start }: Owned): Promise<boolean> {
  return (await startOf(pid)) === start;
}

/** How long a process may take to end after it was asked to. */
const graceMs = 5000;

/** Ends a process if it is still the one that was started: asks first, and ends it hard after a while. */
export async function stop(owned: Owned, grace = graceMs): Promise<void> {
  for (const [signal, patience] of [
    ["SIGTERM", grace],
    ["SIGKILL", 5000],
  ] as const) {
    if (!(await isAlive(owned))) {
      return;
    }
    send(owned.pid, signal);
    const deadline = performance.now() + patience;
    while (performance.now() < deadline) {
      if (!(await isAlive(owned))) {
        return;
      }
      await sleep(30);
    }
  }
  throw new Error(`Process ${owned.pid} does not end.`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
