import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { root } from "../../../scripts/bundles.ts";

/** `npm start` as a person runs it, with a home of its own. */
export class NpmStart {
  readonly #child: ChildProcess;
  readonly #home: string;
  readonly #exit: Promise<number>;
  #output = "";

  constructor(home: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#home = home;
    this.#child = spawn("npm", ["start", "--", ...args], {
      cwd: root,
      env: { ...process.env, ...env, PALETTE_HOME: home },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
    this.#exit = new Promise((resolve) => {
      // npm hands the signal on to itself once the program it runs has ended by it.
      this.#child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
    });
  }

  /** Everything that it printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Waits until it has printed `pattern`, and gives the match. Throws when it ends before. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) {
        return match;
      }
      const over = await Promise.race([
        this.#exit.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, 100, false)),
      ]);
      if (over && !pattern.test(this.#output)) {
        throw new Error(`npm start ended without printing ${pattern}:\n${this.#output}`);
      }
    }
  }

  /** Ctrl-C, which a terminal sends to npm and to everything below it; gives the exit code once it is over. */
  interrupt(): Promise<number> {
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode === null && signalCode === null && pid !== undefined) {
      process.kill(-pid, "SIGINT");
    }
    return this.#exit;
  }

  /** Every process on this machine that was started with this home, as `pid command`. */
  async processes(): Promise<string[]> {
    const found: string[] = [];
    for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
      if ((await read("environ")).split("\0").includes(`PALETTE_HOME=${this.#home}`)) {
        found.push(`${pid} ${(await read("cmdline")).replaceAll("\0", " ")}`);
      }
    }
    return found;
  }
}
