import * as vscode from "vscode";
import { loadKube } from "../chunks.ts";
import { CONTEXT } from "../ids.ts";
import type { CommandHandler } from "./command.ts";
import { targetCluster } from "./targets.ts";

/** *Copy Kubeconfig*: puts the cluster's kubeconfig on the clipboard and says what it is. */
export const copyKubeconfig: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Copy Kubeconfig");
  const management = await app.connection.get();
  const text = await (await loadKube()).kubeconfigOf(management, cluster);
  await vscode.env.clipboard.writeText(text);
  app.keys.set(CONTEXT.kubeconfigUsed, true);
  void vscode.window.showInformationMessage(
    `The kubeconfig of ${cluster.name} is on the clipboard. It is a credential: whoever has it administers the cluster.`,
  );
};
