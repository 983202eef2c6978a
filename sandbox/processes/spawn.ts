import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

export interface SpawnOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** File that gets all it writes; an earlier content goes. */
  readonly log: string;
}

/** What a component may see of the user's environment: no more than it needs to reach a container daemon or a chart. */
const passedOn =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_ALL|TMPDIR|SSL_CERT_FILE|SSL_CERT_DIR|DOCKER_\w+|(https?|no|all)_proxy)$/i;

/** Starts a program that goes on without us, in a process group of its own; gives its number. Throws when it does not start. */
export async function spawnDetached({ command, args, env, cwd, log }: SpawnOptions): Promise<number> {
  const output = openSync(log, "w", 0o600);
  try {
    const inherited = Object.entries(process.env).filter(([name]) => passedOn.test(name));
    const child = spawn(command, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), ...env },
      detached: true,
      stdio: ["ignore", output, output],
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
    return child.pid as number;
  } finally {
    closeSync(output);
  }
}
