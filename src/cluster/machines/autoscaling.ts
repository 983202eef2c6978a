import type { KubeObject } from "../../shared/kubernetes.ts";
import type { MachinePool } from "../model.ts";

const PREFIX = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";

/** Adds the bounds that cluster-autoscaler reads, where the pool scales by itself (design.md, Autoscaling). */
export function withBounds(
  metadata: KubeObject["metadata"],
  bounds: MachinePool["autoscaling"],
): KubeObject["metadata"] {
  return bounds === undefined
    ? metadata
    : {
        ...metadata,
        annotations: {
          ...metadata.annotations,
          [`${PREFIX}-min-size`]: String(bounds.minSize),
          [`${PREFIX}-max-size`]: String(bounds.maxSize),
        },
      };
}
