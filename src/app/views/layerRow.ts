import type { ClusterStatus, LayerStatus } from "../../status/model.ts";
import { ITEMS } from "../ids.ts";
import type { Row } from "./clusterNodes.ts";

const LOOK: Readonly<
  Record<LayerStatus["state"], { readonly icon: string; readonly color?: string; readonly word: string }>
> = {
  ready: { icon: "pass", color: "charts.green", word: "Ready" },
  installing: { icon: "sync", word: "Installing" },
  waiting: { icon: "circle-large-outline", word: "Waiting" },
  failed: { icon: "error", color: "list.errorForeground", word: "Not installed" },
};

/** The row of a layer under its cluster. */
export function layerRow(cluster: ClusterStatus, layer: LayerStatus): Row {
  const { word, icon, color } = LOOK[layer.state];
  const newer = layer.newer === undefined ? undefined : `${layer.newer} is available`;
  const parts = [layer.version, layer.message ?? (layer.state === "ready" ? undefined : word), newer];
  const description = parts.filter((part) => part !== undefined).join(" · ");
  const owner = layer.profile && `Profile ${layer.profile.name} ${layer.profile.version}`;
  return {
    id: `${cluster.namespace}/${cluster.name}/layer/${layer.profile?.name ?? ""}/${layer.name}`,
    label: layer.name,
    description,
    ...(newer !== undefined && layer.state === "ready" ? { icon: "arrow-circle-up" } : { icon }),
    ...(color === undefined || newer !== undefined ? {} : { color }),
    tooltip: [
      layer.name,
      word,
      ...[layer.message, layer.version && `Version ${layer.version}`, newer, owner].flatMap((line) =>
        line === undefined || line === "" ? [] : [line],
      ),
    ],
    spoken: `Layer ${layer.name}, ${word}${layer.message === undefined ? "" : `, ${layer.message}`}${newer === undefined ? "" : `, ${newer}`}`,
    contextValue: ITEMS.clusterLayer,
  };
}
