import { loadKube } from "../chunks.ts";
import { objectsText } from "../objectsText.ts";
import type { CommandHandler } from "./command.ts";
import { targetCluster } from "./targets.ts";

/** *Open Cluster YAML*: every object of the cluster as the management cluster has it, read-only. */
export const openClusterYaml: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Open Cluster YAML");
  const management = await app.connection.get();
  const objects = await (await loadKube()).clusterObjects(management, cluster);
  await app.documents.show(
    `${cluster.namespace}/${cluster.name}.objects.yaml`,
    await objectsText(objects, [
      `Objects of cluster ${cluster.name} in namespace ${cluster.namespace} on ${management.name}, read ${new Date().toLocaleTimeString()}.`,
    ]),
  );
};
