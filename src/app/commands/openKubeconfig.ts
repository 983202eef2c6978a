import { CONTEXT } from "../ids.ts";
import type { CommandHandler } from "./command.ts";
import { hasKubeconfig, kubeconfigText, targetCluster } from "./targets.ts";

/** *Open Kubeconfig*: shows the cluster's kubeconfig read-only, in memory, never written to disk. */
export const openKubeconfig: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Open Kubeconfig", hasKubeconfig);
  const management = await app.connection.get();
  const text = await kubeconfigText(management, cluster);
  await app.documents.show(
    `${cluster.namespace}/${cluster.name}.kubeconfig.yaml`,
    `# Kubeconfig of cluster ${cluster.name}. It is a credential: whoever has it administers the cluster.\n# This view lives in memory only. To keep a copy: File, Save As.\n${text}`,
  );
  app.keys.set(CONTEXT.kubeconfigUsed, true);
};
