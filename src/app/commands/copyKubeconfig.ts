import * as vscode from "vscode";
import { CONTEXT } from "../ids.ts";
import type { CommandHandler } from "./command.ts";
import { hasKubeconfig, kubeconfigText, targetCluster } from "./targets.ts";

/** *Copy Kubeconfig*: puts the cluster's kubeconfig on the clipboard and says what it is. */
export const copyKubeconfig: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Copy Kubeconfig", hasKubeconfig);
  const management = await app.connection.get();
  const text = await kubeconfigText(management, cluster);
  await vscode.env.clipboard.writeText(text);
  app.keys.set(CONTEXT.kubeconfigUsed, true);
  void vscode.window.showInformationMessage(
    `The kubeconfig of ${cluster.name} is on the clipboard. It is a credential: whoever has it administers the cluster.`,
  );
};
