import { formatDuration } from "../../shared/duration.ts";
import type { ClusterStatus } from "../../status/model.ts";
import { OUTPUT_USAGE } from "../arguments.ts";
import type { Command } from "../command.ts";
import { runList } from "../list.ts";
import { MANAGEMENT_USAGE } from "../management.ts";

/** `palette clusters`: all clusters of a management cluster, or of one namespace. */
export const clusters: Command = {
  summary: "List the clusters of a management cluster",
  usage: `palette clusters [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  run(args, io) {
    const wrongUse = "palette clusters takes no argument. palette describe NAME tells about one.";
    return runList(args, io, wrongUse, async ({ kube, cluster }, namespace) => ({
      found: await kube.listClusters(cluster, { namespace, signal: io.signal }),
      none: `There is no cluster ${namespace === undefined ? "" : `in ${namespace} `}on ${cluster.name}.`,
      head: ["NAMESPACE", "NAME", "PHASE", "READY", "VERSION", "PROFILE", "AGE", "STATUS"],
      row: (status: ClusterStatus) => row(status, cluster.now()),
    }));
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
