import * as vscode from "vscode";
import type { CreationPlan, ManagementCluster } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { loadKube } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { isCancelled } from "../errors.ts";
import { objectsText } from "../objectsText.ts";
import { type TaskProgress, withTask } from "../progress.ts";
import type { Prepared } from "./prepared.ts";

/** Plans the objects of a request on the connected management cluster; writes nothing. */
export async function plan(
  management: ManagementCluster,
  { request, source }: Prepared,
): Promise<CreationPlan> {
  return (await loadKube()).planCreation(management, { request, profileText: source.text });
}

/** Everything that a plan writes, shared objects first, as they are written. */
export function objectsOf({ shared, objects }: CreationPlan): KubeObject[] {
  return [...shared.map(({ object }) => object), ...objects];
}

/** Shows every object of `planned` as YAML beside the editor, with what to know about them on top. */
export async function showPreview(
  app: App,
  management: ManagementCluster,
  prepared: Prepared,
  planned: CreationPlan,
): Promise<void> {
  const { name, namespace } = prepared.request;
  const shared = planned.shared.map(
    ({ object: { kind, metadata }, exists }) =>
      `${kind} ${metadata.name} is shared between clusters: ${exists ? "it exists and stays" : "written first, stays when this cluster goes"}.`,
  );
  await app.documents.show(
    `${namespace}/${name}.preview.yaml`,
    await objectsText(objectsOf(planned), [
      `What Create Cluster writes to ${management.name} for ${name}. Nothing is written yet.`,
      ...planned.warnings,
      ...shared,
    ]),
    { beside: true, preserveFocus: true },
  );
}

/** Asks the management cluster whether it would take every object, and says the answer; writes nothing. */
export async function validateOnly(management: ManagementCluster, prepared: Prepared): Promise<void> {
  const count = await withTask(`Validating ${prepared.request.name}`, async (task) => {
    const planned = await plan(management, prepared);
    await refuseWhereRefused(management, planned, task);
    return objectsOf(planned).length;
  });
  void vscode.window.showInformationMessage(
    `${management.name} would take all ${count} objects of ${prepared.request.name}. Nothing was written.`,
  );
}

/** Creates the cluster behind a notification whose Cancel stops and undoes; then shows it in the Clusters view. */
export async function create(app: App, management: ManagementCluster, prepared: Prepared): Promise<void> {
  const { request } = prepared;
  const kube = await loadKube();
  try {
    await withTask(`Creating cluster ${request.name}`, async (task) => {
      task.report("Planning. Cancel stops and undoes.");
      const planned = await plan(management, prepared);
      await kube.createCluster(management, planned, {
        signal: task.signal,
        onProgress: ({ step, done, total }) =>
          task.report(`${step}, ${done} of ${total}. Cancel stops and undoes.`, total > 0 ? done / total : 0),
      });
    });
  } catch (error) {
    if (isCancelled(error)) {
      void vscode.window.showInformationMessage(
        `Cluster ${request.name} was not created. What was written for it is removed; a published profile version stays.`,
      );
      return;
    }
    throw error;
  }
  await app.clusters.reveal(request);
}

async function refuseWhereRefused(
  management: ManagementCluster,
  planned: CreationPlan,
  task: TaskProgress,
): Promise<void> {
  task.report(`Asking ${management.name} about ${objectsOf(planned).length} objects`);
  const refusals = await (await loadKube()).dryRun(management, planned, { signal: task.signal });
  const [first] = refusals;
  if (first !== undefined) {
    const { kind, metadata } = first.object;
    throw new PaletteError(
      first.error.code,
      refusals.length === 1
        ? `${management.name} would refuse ${kind} ${metadata.name}: ${first.error.message}`
        : `${management.name} would refuse ${refusals.length} of ${objectsOf(planned).length} objects, first ${kind} ${metadata.name}: ${first.error.message}`,
      {
        ...(first.error.engine === undefined ? {} : { engine: first.error.engine }),
        next: [first.error.next, "Nothing was written."].filter((part) => part !== undefined).join(" "),
      },
    );
  }
}
