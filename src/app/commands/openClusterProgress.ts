import type { ClusterRef } from "../../kube/index.ts";
import type { CommandHandler } from "./command.ts";
import { targetCluster } from "./targets.ts";

/** *Show Cluster Progress*: the panel of a cluster: the one of a row of the tree, one by name, or one to choose. */
export const openClusterProgress: CommandHandler = async (app, target) => {
  app.clusterPanels.open(refOf(target) ?? (await targetCluster(app, target, "Show Cluster Progress")));
};

/** The cluster that a command was invoked on: by name, or by any row below it. */
function refOf(target: unknown): ClusterRef | undefined {
  if (typeof target !== "object" || target === null) {
    return undefined;
  }
  const { cluster = target } = target as { readonly cluster?: unknown };
  const { namespace, name } = cluster as { readonly namespace?: unknown; readonly name?: unknown };
  return typeof namespace === "string" && typeof name === "string" ? { namespace, name } : undefined;
}
