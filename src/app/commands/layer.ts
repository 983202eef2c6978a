import * as vscode from "vscode";
import type { LayerRef } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import type { ClusterNode } from "../views/clusterNodes.ts";
import type { CommandHandler } from "./command.ts";

/** *Open Values of Layer*: the charts, values and manifests of a layer as its cluster has them. */
export const openLayerValues: CommandHandler = async (app, target) => {
  const ref = targetLayer(target);
  const management = await app.connection.get();
  const { layerText } = await loadKube();
  const text = await layerText(management, ref);
  await app.documents.show(`layers/${ref.namespace}/${ref.name}/${ref.layer} on ${ref.name}.yaml`, text);
};

/** *Open Chart's Page*: the repository of a layer's chart, in the browser. */
export const openChartPage: CommandHandler = async (app, target) => {
  const ref = targetLayer(target);
  const management = await app.connection.get();
  const { layerPage } = await loadKube();
  await vscode.env.openExternal(vscode.Uri.parse(await layerPage(management, ref), true));
};

/** *Retry Layer*: has a layer put on its cluster again, now; what was changed there by hand is put right. */
export const retryLayer: CommandHandler = async (app, target) => {
  const ref = targetLayer(target);
  const management = await app.connection.get();
  const { retryLayer: retry } = await loadKube();
  await retry(management, ref);
  void vscode.window.setStatusBarMessage(`Layer ${ref.layer} is put on ${ref.name} again`, SHOWN_MS);
};

const SHOWN_MS = 5000;

/** The layer whose row a command was invoked on. Throws where it is none. */
function targetLayer(target: unknown): LayerRef {
  const node = target as ClusterNode | undefined;
  if (node?.kind !== "layer" || node.layer.profile === undefined) {
    throw new PaletteError("NotFound", "No layer is chosen", {
      next: "Choose one under its cluster in the Clusters view.",
    });
  }
  const { cluster, layer } = node;
  return {
    namespace: cluster.namespace,
    name: cluster.name,
    layer: layer.name,
    profile: node.layer.profile,
  };
}
