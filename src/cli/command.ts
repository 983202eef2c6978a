/** The edges a command may touch, so that tests run it in one process. */
export interface CommandIo {
  /** Results: text that another program may read. */
  out(text: string): void;
  /** Errors and progress, one line each. */
  err(line: string): void;
  readonly cwd: string;
  /** The day it is, yyyy-mm-dd. */
  readonly today: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One command of the command line, `palette NAME …`. */
export interface Command {
  readonly summary: string;
  readonly usage: string;
  /** Runs with the arguments after its name; gives the exit code 0 (done) or 1 (not done). Throws `UsageError` for wrong use. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** Wrong use of the command line: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
