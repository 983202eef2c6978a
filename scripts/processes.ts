import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The Node.js that this repository is developed on, from its npm package. */
export const node = fileURLToPath(
  new URL(`../node_modules/node/bin/${process.platform === "win32" ? "node.exe" : "node"}`, import.meta.url),
);

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Passes the output on to the terminal instead of keeping it. */
  readonly inherit?: boolean;
}

/** Runs a program to its end and gives what it wrote. Throws with its last lines when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, output } = await outcome(command, args, options);
  if (code !== 0) {
    const tail = output.trim().split("\n").slice(-15).join("\n");
    throw new Error(`${command} ${args.join(" ")} ended with ${code}${tail === "" ? "" : `:\n${tail}`}`);
  }
  return output;
}

/** Runs a program to its end and gives its exit code and output. Throws only when it cannot be started. */
export function outcome(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, signal, inherit = false }: RunOptions = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      signal,
      stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code, killed) => resolve({ code: code ?? (killed === "SIGINT" ? 130 : 1), output }));
  });
}

/** A program that runs until it is stopped, together with every process that it starts. */
export interface Service {
  readonly pid: number;
  /** Everything that it wrote so far. */
  output(): string;
  /** Fulfilled with the exit code when it ends, for whatever reason. */
  readonly ended: Promise<number>;
  /** Ends it and its children: asks first, insists after `graceMilliseconds`. */
  stop(graceMilliseconds?: number): Promise<void>;
}

/** Starts a program as the leader of a process group of its own. Throws when it cannot be started. */
export async function startService(
  command: string,
  args: readonly string[],
  { cwd, env = process.env }: Omit<RunOptions, "signal" | "inherit"> = {},
): Promise<Service> {
  const child = spawn(command, args, {
    cwd,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  const { pid } = child;
  if (pid === undefined) {
    throw new Error(`${command} has no process id.`);
  }
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  let over = false;
  const ended = new Promise<number>((resolve) => {
    child.once("exit", (code) => {
      over = true;
      resolve(code ?? 1);
    });
  });
  // Last resort: when this process goes without stopping the service, the group goes with it.
  const insist = () => endGroup(pid, "SIGKILL");
  process.once("exit", insist);
  return {
    pid,
    output: () => output,
    ended,
    async stop(graceMilliseconds = 5000) {
      if (!over) {
        endGroup(pid, "SIGTERM");
        const timer = setTimeout(() => endGroup(pid, "SIGKILL"), graceMilliseconds);
        await ended;
        clearTimeout(timer);
      }
      // Children that outlived their leader.
      endGroup(pid, "SIGKILL");
      process.off("exit", insist);
    },
  };
}

/** Signals a whole process group; a group that is gone already is fine. */
function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
