import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { type CommandIo, UsageError } from "./command.ts";

/** Throws `UsageError` where nobody could be asked and nobody said yes beforehand. */
export function checkAsking(yes: boolean): void {
  if (!yes && !stdin.isTTY) {
    throw new UsageError("Without a terminal to ask, deleting needs --yes.");
  }
}

/** Has the name of what is to be deleted typed after `warning`; gives whether it was, and says where it was not. */
export async function confirmName(
  name: string,
  warning: string,
  { signal, err }: CommandIo,
): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await lines.question(`${warning} Type its name to confirm: `, { signal });
    if (answer.trim() !== name) {
      err(`That is not ${name}. Nothing was deleted.`);
      return false;
    }
    return true;
  } finally {
    lines.close();
  }
}
