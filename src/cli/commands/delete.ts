import { PaletteError } from "../../shared/errors.ts";
import { onlyArgument, parseArguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { checkAsking, confirmName } from "../confirm.ts";
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
    checkAsking(values.yes);
    return withManagement(values, io, async (management) => {
      const status = await findCluster(management, name, values.namespace, io);
      const { kube, cluster } = management;
      if (status.imported !== undefined) {
        throw new PaletteError("Refused", `Cluster ${name} was imported, so it is not deleted from here`, {
          next: `palette detach ${name} removes what importing it made.`,
        });
      }
      if (status.virtual !== undefined) {
        throw new PaletteError("Refused", `Cluster ${name} is a virtual cluster on ${status.virtual.host}`, {
          next: `palette virtual delete ${name} deletes it, with what lies on its host.`,
        });
      }
      const question = `This deletes cluster ${name} on ${cluster.name} and everything on it.`;
      if (!values.yes && !(await confirmName(name, question, io))) {
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
