import type { ClusterStatus, PoolStatus } from "../../status/model.ts";
import { OUTPUT, OUTPUT_USAGE, onlyArgument, outputOf, parseArguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { findCluster } from "../find.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { durationText, table } from "../table.ts";

/** `palette describe`: one cluster with its pools and machines. */
export const describe: Command = {
  summary: "Tell about one cluster: its pools, machines and what it waits for",
  usage: `palette describe NAME [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...OUTPUT,
      namespace: { type: "string", short: "n" },
    });
    const output = outputOf(values.output);
    const name = onlyArgument(positionals, "the name of one cluster");
    return withManagement(values, io, async (management) => {
      const status = await findCluster(management, name, values.namespace, io);
      io.out(
        output === "json" ? JSON.stringify(status, undefined, 2) : text(status, management.cluster.now()),
      );
      return 0;
    });
  },
};

function text(status: ClusterStatus, now: Date): string {
  const { profile, since } = status;
  const facts: [string, string | undefined][] = [
    ["Cluster", status.name],
    ["Namespace", status.namespace],
    ["Profile", profile === undefined ? undefined : `${profile.name} ${profile.version}`],
    ["Cloud", status.cloudType],
    ["Kubernetes", status.version],
    ["Phase", status.unfinished ? "Unfinished" : status.phase],
    ["Status", status.headline],
    ["Since", since === undefined ? undefined : durationText(now.getTime() - Date.parse(since))],
  ];
  const lines = facts.flatMap(([title, value]) =>
    value === undefined ? [] : [`${`${title}:`.padEnd(12)}${value}`],
  );
  const rows = status.pools.flatMap(poolRows);
  return rows.length === 0
    ? lines.join("\n")
    : `${lines.join("\n")}\n\n${table(["POOL", "MACHINE", "PHASE", "VERSION", "STATUS"], rows)}`;
}

function poolRows(pool: PoolStatus): string[][] {
  const title = pool.isControlPlane ? `${pool.name} (control plane)` : pool.name;
  return [
    [title, `${pool.ready} of ${pool.desired} ready`, "", "", pool.headline ?? ""],
    ...pool.machines.map(({ name, phase, version, headline }) => [
      "",
      name,
      phase,
      version ?? "",
      headline ?? "",
    ]),
  ];
}
