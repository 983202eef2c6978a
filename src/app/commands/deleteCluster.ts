import * as vscode from "vscode";
import { loadKube } from "../chunks.ts";
import { isCancelled } from "../errors.ts";
import { withTask } from "../progress.ts";
import { ask, BACK } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";
import { targetCluster } from "./targets.ts";

/** *Delete Cluster*: asks for the name, deletes, and waits until the cluster and its machines are gone. */
export const deleteCluster: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Delete Cluster");
  const management = await app.connection.get();
  const machines = cluster.pools.reduce((sum, pool) => sum + pool.machines.length, 0);
  const answer = await ask(
    { title: `Delete Cluster ${cluster.name}`, step: 1, totalSteps: 1, canGoBack: false },
    {
      prompt: `Deletes the cluster on ${management.name} with ${machines === 1 ? "1 machine" : `${machines} machines`} and everything on it. This cannot be undone. Type ${cluster.name} to confirm.`,
      placeholder: cluster.name,
      value: "",
      validate: (value) =>
        value === cluster.name ? undefined : `Type the name of the cluster: ${cluster.name}`,
    },
  );
  if (answer === BACK) {
    return;
  }
  const { deleteCluster: remove } = await loadKube();
  try {
    await withTask(`Deleting cluster ${cluster.name}`, (task) =>
      remove(
        management,
        { namespace: cluster.namespace, name: cluster.name },
        { signal: task.signal, onProgress: (progress) => task.report(progress.step) },
      ),
    );
  } catch (error) {
    if (!isCancelled(error)) {
      throw error;
    }
    void vscode.window.showInformationMessage(
      `No longer waiting for ${cluster.name}. Deleting goes on by itself; the Clusters view shows how far it is.`,
    );
  }
};
