import { OUTPUT, outputOf, parseArguments } from "./arguments.ts";
import { type CommandIo, UsageError } from "./command.ts";
import { MANAGEMENT, type Management, withManagement } from "./management.ts";
import { table } from "./table.ts";

/** What was found, and how it is told. */
export interface Listing<T> {
  readonly found: readonly T[];
  /** Said where nothing was found. */
  readonly none: string;
  readonly head: readonly string[];
  row(found: T): readonly string[];
}

/** Prints what was found as a table, or all of it as JSON. */
export function printListing<T>(
  { found, none, head, row }: Listing<T>,
  output: "text" | "json",
  io: CommandIo,
): void {
  if (output === "json") {
    io.out(JSON.stringify(found, undefined, 2));
  } else if (found.length === 0) {
    io.err(none);
  } else {
    io.out(table(head, found.map(row)));
  }
}

/** Runs a command that lists what a management cluster, or one namespace of it, has; `wrongUse` refuses any argument. */
export async function runList<T>(
  args: readonly string[],
  io: CommandIo,
  wrongUse: string,
  list: (management: Management, namespace: string | undefined) => Promise<Listing<T>>,
): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...MANAGEMENT,
    ...OUTPUT,
    namespace: { type: "string", short: "n" },
  });
  const output = outputOf(values.output);
  if (positionals.length > 0) {
    throw new UsageError(wrongUse);
  }
  return withManagement(values, io, async (management) => {
    printListing(await list(management, values.namespace), output, io);
    return 0;
  });
}
