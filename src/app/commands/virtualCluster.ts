import * as vscode from "vscode";
import type { ManagementCluster, VirtualOptions } from "../../kube/index.ts";
import type { ClusterStatus } from "../../status/model.ts";
import { loadKube } from "../chunks.ts";
import { cancelled, isCancelled } from "../errors.ts";
import { type TaskProgress, withTask } from "../progress.ts";
import { ask, BACK, runFlow } from "../quickFlow.ts";
import { resourceSteps, resourcesText } from "../virtual/resources.ts";
import type { CommandHandler } from "./command.ts";
import { isPaused, isRunning, isVirtual, targetCluster } from "./targets.ts";

/** *Pause Virtual Cluster*: gives its processors and memory back to the host; what it stores stays. */
export const pauseVirtualCluster: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Pause Virtual Cluster", isRunning);
  const management = await app.connection.get();
  const yes = "Pause";
  const answer = await vscode.window.showWarningMessage(
    `Pause virtual cluster ${cluster.name}?`,
    {
      modal: true,
      detail:
        "Its API server and everything that runs on it stop until you resume it. Volumes, addresses and quota stay.",
    },
    yes,
  );
  if (answer !== yes) {
    throw cancelled();
  }
  const { pauseVirtualCluster: pause } = await loadKube();
  await run(`Pausing ${cluster.name}`, cluster, management, pause);
};

/** *Resume Virtual Cluster*: starts a paused one again. */
export const resumeVirtualCluster: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Resume Virtual Cluster", isPaused);
  const management = await app.connection.get();
  const { resumeVirtualCluster: resume } = await loadKube();
  await run(`Resuming ${cluster.name}`, cluster, management, resume);
};

/** *Change Virtual Cluster*: what it may use of its host. */
export const changeVirtualCluster: CommandHandler = async (app, target) => {
  const title = "Change Virtual Cluster";
  const cluster = await targetCluster(app, target, title, isRunning);
  const management = await app.connection.get();
  const kube = await loadKube();
  const size = await kube.sizeOf(management, cluster);
  let { resources } = size;
  await runFlow(
    `${title} ${cluster.name}`,
    resourceSteps({
      get: () => resources,
      set: (changed) => {
        resources = changed;
      },
      problems: size.problems,
      field: "resources",
      about: "at most",
    }),
  );
  await run(`Changing ${cluster.name}`, cluster, management, (_, ref, options) =>
    kube.resizeVirtualCluster(management, ref, resources, options),
  );
  const warning = size.problems(resources).find(({ severity }) => severity === "warning");
  const done = `${cluster.name} may use ${resourcesText(resources)} of its host.`;
  void vscode.window.showInformationMessage(
    warning === undefined ? done : `${done} ${warning.message}. ${warning.next}`,
  );
};

/** *Delete Virtual Cluster*: asks for the name, and deletes it with all that lies on its host. */
export const deleteVirtualCluster: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, "Delete Virtual Cluster", isVirtual);
  const management = await app.connection.get();
  const { name } = cluster;
  const answer = await ask(
    { title: `Delete Virtual Cluster ${name}`, step: 1, totalSteps: 1, canGoBack: false },
    {
      prompt: `Deletes it, everything on it and its volumes. Its host ${cluster.virtual?.host ?? ""} stays. This cannot be undone. Type ${name} to confirm.`,
      placeholder: name,
      value: "",
      validate: (value) => (value === name ? undefined : `Type the name of the virtual cluster: ${name}`),
    },
  );
  if (answer === BACK) {
    return;
  }
  const { deleteVirtualCluster: remove } = await loadKube();
  try {
    await run(`Deleting virtual cluster ${name}`, cluster, management, remove);
  } catch (error) {
    if (!isCancelled(error)) {
      throw error;
    }
    void vscode.window.showInformationMessage(
      `Deleting ${name} is stopped half-way. Delete it again to finish.`,
    );
    return;
  }
  void vscode.window.showInformationMessage(
    `Virtual cluster ${name} is gone, and nothing of it is left on ${cluster.virtual?.host ?? "its host"}.`,
  );
};

type Work = (
  management: ManagementCluster,
  ref: { readonly namespace: string; readonly name: string },
  options: VirtualOptions,
) => Promise<void>;

function run(
  title: string,
  { namespace, name }: ClusterStatus,
  management: ManagementCluster,
  work: Work,
): Promise<void> {
  return withTask(title, ({ signal, report }: TaskProgress) =>
    work(
      management,
      { namespace, name },
      { signal, onProgress: ({ step, done, total }) => report(step, done / total) },
    ),
  );
}
