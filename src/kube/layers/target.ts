import { IMPORT_MODE } from "../../imports/index.ts";
import type { LayerTarget } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER, SVELTOS_CLUSTER } from "../kinds.ts";
import type { CallOptions, ClusterRef, ListOptions, ManagementCluster } from "../management.ts";
import { clusterNotFound } from "../objects.ts";
import { hasLayers } from "./list.ts";

/** A cluster that layers can be put on, and its object, whose labels say which ones are. */
export interface FoundTarget {
  readonly target: LayerTarget;
  readonly object: KubeObject;
}

/**
 * Finds a cluster that layers are put on: one that Cluster API made, or an imported one. Throws `Prerequisite` (no
 * Sveltos), `NotFound`, and `Refused` for one that was imported read-only.
 */
export async function layerTarget(
  management: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions,
): Promise<FoundTarget> {
  if (!(await hasLayers(management, options))) {
    throw new PaletteError("Prerequisite", `Sveltos is not installed on ${management.name}`, {
      next: "It puts layers on clusters. Install it, for example with its Helm chart.",
    });
  }
  for (const kind of [CLUSTER, SVELTOS_CLUSTER]) {
    const object = await management.get({ ...kind, ...ref }, options);
    if (object?.metadata.labels?.[IMPORT_MODE] === "read-only") {
      throw new PaletteError(
        "Refused",
        `Cluster ${ref.name} was imported read-only, so no layer is put on it`,
        {
          next: "Upgrade it to full first.",
        },
      );
    }
    if (object !== undefined) {
      return { target: { ...kind, ...ref }, object };
    }
  }
  throw clusterNotFound(management, ref);
}

/** All clusters that layers can be put on, or those of some labels, by names only. */
export async function listLayerTargets(
  management: ManagementCluster,
  options: Pick<ListOptions, "namespace" | "labelSelector" | "signal"> = {},
): Promise<ClusterRef[]> {
  const kinds = (await hasLayers(management, options)) ? [CLUSTER, SVELTOS_CLUSTER] : [CLUSTER];
  const lists = await Promise.all(
    kinds.map((kind) => management.list(kind, { ...options, metadataOnly: true })),
  );
  return lists
    .flat()
    .map(({ metadata: { name, namespace = "default" } }) => ({ namespace, name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
