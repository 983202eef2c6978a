import * as vscode from "vscode";
import type { ClusterRef } from "../../../kube/index.ts";
import type { Log } from "../../log.ts";
import type { Failure } from "./model.ts";

/** Says what ended a try to those who do not see the form; it is in the log already. */
export async function sayFailure({ title, text, tone }: Failure, log: Log): Promise<void> {
  const message = `${title}: ${text}`;
  if (tone === "info") {
    await vscode.window.showInformationMessage(message);
  } else if ((await vscode.window.showErrorMessage(message, "Show Log")) !== undefined) {
    log.show();
  }
}

/** Says that a cluster is written to those who do not see the form. */
export async function sayWritten({ namespace, name }: ClusterRef): Promise<void> {
  if (
    (await vscode.window.showInformationMessage(`Cluster ${name} is written.`, "Show Progress")) !== undefined
  ) {
    await vscode.commands.executeCommand("palette.openClusterProgress", { namespace, name });
  }
}
