import type { ClusterRef, ManagementCluster } from "../../kube/index.ts";
import { describeError, PaletteError } from "../../shared/errors.ts";
import { isMap } from "../../shared/records.ts";
import type { ClusterStatus } from "../../status/model.ts";
import { loadKube } from "../chunks.ts";
import { cancelled, isCancelled } from "../errors.ts";
import { type TaskProgress, withTask } from "../progress.ts";
import { ask, BACK, pick } from "../quickFlow.ts";
import type { App } from "./command.ts";
import { clusterChoices, takesLayers, targetCluster } from "./targets.ts";

/** The clusters that a profile is put on or taken off, and what to call them together. */
export interface LayerTargets {
  readonly refs: readonly ClusterRef[];
  readonly words: string;
}

const BY_LABELS = Symbol("by labels");

/** The cluster whose row was chosen, else the one that the user picks, or all with labels that the user gives. */
export async function layerTargets(
  app: App,
  target: unknown,
  title: string,
  management: ManagementCluster,
): Promise<LayerTargets> {
  const clusters = ((await app.fleet.first())?.clusters ?? []).filter(takesLayers);
  if (clusters.length === 0 || (isMap(target) && target.kind === "cluster")) {
    return one(await targetCluster(app, target, title, takesLayers));
  }
  const chosen = await pick<ClusterStatus | typeof BY_LABELS>(
    { title, step: 1, totalSteps: 1, canGoBack: false },
    {
      placeholder: "Choose a cluster",
      choices: [...clusterChoices(clusters), { label: "$(tag) All clusters with labels…", value: BY_LABELS }],
    },
  );
  if (chosen === BACK) {
    throw cancelled();
  }
  return chosen === BY_LABELS ? labeled(title, management) : one(chosen);
}

function one({ namespace, name }: ClusterStatus): LayerTargets {
  return { refs: [{ namespace, name }], words: name };
}

async function labeled(title: string, management: ManagementCluster): Promise<LayerTargets> {
  const labelSelector = await ask(
    { title, step: 1, totalSteps: 1, canGoBack: false },
    {
      prompt: "Labels of the clusters, as kubectl reads them",
      placeholder: "site=store,tier!=test",
      value: "",
      validate: (text) => (text === "" ? "At least one label is needed." : undefined),
    },
  );
  if (labelSelector === BACK) {
    throw cancelled();
  }
  const { listLayerTargets } = await loadKube();
  const refs = await listLayerTargets(management, { labelSelector });
  if (refs.length === 0) {
    throw new PaletteError("NotFound", `No cluster on ${management.name} has labels ${labelSelector}`);
  }
  const [only] = refs;
  return { refs, words: only !== undefined && refs.length === 1 ? only.name : `${refs.length} clusters` };
}

/**
 * Works through clusters behind a notification. One that fails does not stop the others; all that failed are named by
 * the error at the end. A cancel stops.
 */
export async function withClusters(
  title: string,
  { refs }: LayerTargets,
  work: (ref: ClusterRef, task: TaskProgress) => Promise<void>,
): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  await withTask(title, async (task) => {
    for (const [i, ref] of refs.entries()) {
      const report: TaskProgress["report"] = (message, fraction = 0) =>
        task.report(refs.length === 1 ? message : `${ref.name}: ${message}`, (i + fraction) / refs.length);
      try {
        await work(ref, { signal: task.signal, report });
      } catch (error) {
        if (task.signal.aborted || isCancelled(error)) {
          throw error;
        }
        failed.push({ name: ref.name, error });
      }
    }
  });
  const [first] = failed;
  if (first !== undefined && refs.length === 1) {
    throw first.error;
  }
  if (first !== undefined) {
    const each = failed.map(({ name, error }) => `${name}: ${describeError(error)}`).join(" ");
    throw new PaletteError(
      "Refused",
      `${title}: ${failed.length} of ${refs.length} clusters failed. ${each}`,
    );
  }
}
