import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { PaletteError } from "../../shared/errors.ts";
import { onlyArgument, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { findCluster } from "../find.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";

/** `palette delete`: deletes a cluster and waits until it is gone. */
export const deleteCommand: Command = {
  summary: "Delete a cluster and everything on it",
  usage: `palette delete NAME [--namespace NAME] [--yes] ${MANAGEMENT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      namespace: { type: "string", short: "n" },
      yes: { type: "boolean", default: false },
    });
    const name = onlyArgument(positionals, "the name of one cluster");
    if (!values.yes && !stdin.isTTY) {
      throw new UsageError("Without a terminal to ask, deleting needs --yes.");
    }
    return withManagement(values, io, async (management) => {
      const status = await findCluster(management, name, values.namespace, io);
      const { kube, cluster } = management;
      if (status.imported !== undefined) {
        throw new PaletteError("Refused", `Cluster ${name} was imported, so it is not deleted from here`, {
          next: `palette detach ${name} removes what importing it made.`,
        });
      }
      if (!values.yes && !(await confirm(name, cluster.name, io))) {
        io.err(`That is not ${name}. Nothing was deleted.`);
        return 1;
      }
      await kube.deleteCluster(cluster, status, {
        signal: io.signal,
        onProgress: ({ step }) => io.err(step),
      });
      io.out(`Cluster ${name} is gone.`);
      return 0;
    });
  },
};

async function confirm(name: string, management: string, { signal }: CommandIo): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await lines.question(
      `This deletes cluster ${name} on ${management} and everything on it. Type its name to confirm: `,
      { signal },
    );
    return answer.trim() === name;
  } finally {
    lines.close();
  }
}
