import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { cancelled, throwIfCancelled } from "../errors.ts";

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each line that the program writes to stderr. */
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  /** End of what it wrote to stderr. */
  readonly stderr: string;
}

/** Lines of stderr that are kept for an error message. */
const keptLines = 30;

/**
 * Runs a program to its end in a process group of its own, so that a cancel ends what it started as well.
 * Throws `Cancelled`, and the system's error when it cannot be started.
 */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  throwIfCancelled(options.signal);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const abort = () => {
    if (child.pid !== undefined) {
      killGroup(child.pid);
    }
  };
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    const lines: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      if (lines.length > keptLines) {
        lines.shift();
      }
      options.onLine?.(line);
    });
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 1));
    });
    if (options.signal?.aborted === true) {
      throw cancelled();
    }
    return { code, stdout: Buffer.concat(chunks).toString("utf8"), stderr: lines.join("\n") };
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

/** Ends a group that `run` started and still waits for: its leader is our child, so the number is still its own. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It ended by itself in this moment.
  }
}
