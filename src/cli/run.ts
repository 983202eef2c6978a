import packageJson from "../../package.json" with { type: "json" };
import { describeError, isPaletteError } from "../shared/errors.ts";
import { redact } from "../shared/redact.ts";
import { type Command, type CommandIo, UsageError } from "./command.ts";

export type Commands = Readonly<Record<string, () => Promise<Command>>>;

const DONE = 0;
const NOT_DONE = 1;
const WRONG_USE = 2;

/**
 * Runs one command line and gives its exit code: 0 done, 1 not done, 2 wrong use. Errors are one line each on
 * the error stream; nothing is thrown.
 */
export async function runCommand(
  commands: Commands,
  args: readonly string[],
  io: CommandIo,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version") {
    io.out(packageJson.version);
    return DONE;
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const text = await helpOf(commands);
    if (name === undefined) {
      io.err(text);
      return WRONG_USE;
    }
    io.out(text);
    return DONE;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    io.err(`palette has no command ${name}. Run palette --help to see all.`);
    return WRONG_USE;
  }
  const command = await load();
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(`${command.summary}\n\nUsage: ${command.usage}`);
    return DONE;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    return report(error, command, io);
  }
}

function report(error: unknown, command: Command, io: CommandIo): number {
  // By name: commands of another bundle carry their own class.
  if (error instanceof Error && error.name === new UsageError("").name) {
    io.err(`${error.message} Usage: ${command.usage}`);
    return WRONG_USE;
  }
  const isCancel =
    isPaletteError(error, "Cancelled") || (error instanceof Error && error.name === "AbortError");
  if (isCancel) {
    io.err(isPaletteError(error) && error.next !== undefined ? `Cancelled. ${error.next}` : "Cancelled.");
    return NOT_DONE;
  }
  io.err(oneLine(redact(describeError(error))));
  return NOT_DONE;
}

async function helpOf(commands: Commands): Promise<string> {
  const rows = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => [name, (await load()).summary] as const),
  );
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "Cluster profiles and clusters of Palette Onboarding, without VS Code.",
    "",
    "Usage: palette COMMAND …",
    "",
    ...rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "palette COMMAND --help tells more. Exit codes: 0 done, 1 not done, 2 wrong use, 130 ended by Ctrl-C.",
  ].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
