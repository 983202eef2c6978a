import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { root } from "../../../scripts/bundles.ts";

/** `npm start` as a person runs it, with a home of its own. */
export class NpmStart {
  readonly #child: ChildProcess;
  readonly #home: string;
  readonly #exit: Promise<number>;
  #output = "";

  constructor(home: string, args: readonly string[]) {
    this.#home = home;
    this.#child = spawn("npm", ["start", "--", ...args], {
      cwd: root,
      env: { ...process.env, PALETTE_HOME: home },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
    this.#exit = new Promise((resolve) => {
      this.#child.once("exit", (code) => resolve(code ?? 1));
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

  /** Ctrl-C; gives the exit code once it is over. */
  interrupt(): Promise<number> {
    this.#child.kill("SIGINT");
    return this.#exit;
  }

  ended(): Promise<number> {
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
