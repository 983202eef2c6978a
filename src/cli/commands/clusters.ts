import { formatDuration } from "../../shared/duration.ts";
import type { ClusterStatus } from "../../status/model.ts";
import { OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { type Command, UsageError } from "../command.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { table } from "../table.ts";

/** `palette clusters`: all clusters of a management cluster, or of one namespace. */
export const clusters: Command = {
  summary: "List the clusters of a management cluster",
  usage: `palette clusters [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...OUTPUT,
      namespace: { type: "string", short: "n" },
    });
    const output = outputOf(values.output);
    if (positionals.length > 0) {
      throw new UsageError("palette clusters takes no argument. palette describe NAME tells about one.");
    }
    return withManagement(values, io, async ({ kube, cluster }) => {
      const { namespace } = values;
      const statuses = await kube.listClusters(cluster, { namespace, signal: io.signal });
      if (output === "json") {
        io.out(JSON.stringify(statuses, undefined, 2));
      } else if (statuses.length === 0) {
        io.err(`There is no cluster ${namespace === undefined ? "" : `in ${namespace} `}on ${cluster.name}.`);
      } else {
        io.out(
          table(
            ["NAMESPACE", "NAME", "PHASE", "READY", "VERSION", "PROFILE", "AGE", "STATUS"],
            statuses.map((status) => row(status, cluster.now())),
          ),
        );
      }
      return 0;
    });
  },
};

function row(status: ClusterStatus, now: Date): string[] {
  const { namespace, name, phase, version, profile, created, headline, pools, unfinished } = status;
  const ready = pools.reduce((sum, pool) => sum + pool.ready, 0);
  const desired = pools.reduce((sum, pool) => sum + pool.desired, 0);
  return [
    namespace,
    name,
    unfinished ? "Unfinished" : phase,
    status.imported === undefined && status.virtual === undefined ? `${ready}/${desired}` : "-",
    version ?? "-",
    profile === undefined ? "-" : `${profile.name} ${profile.version}`,
    created === undefined ? "-" : formatDuration((now.getTime() - Date.parse(created)) / 1000),
    headline,
  ];
}
