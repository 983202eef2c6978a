import * as vscode from "vscode";
import { loadSandbox } from "../chunks.ts";
import type { ClusterChoice } from "./connection.ts";

/** The local management cluster, where this workspace may use it and somebody started it; `starting` where it is not ready yet. */
export async function findLocalPlane(): Promise<ClusterChoice | "starting" | undefined> {
  if (!vscode.workspace.isTrusted) {
    return undefined;
  }
  const { status } = await loadSandbox();
  const { running, healthy, kubeconfig, context } = await status();
  if (!running) {
    return undefined;
  }
  return healthy ? { path: kubeconfig, context } : "starting";
}
