import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { clusterObject } from "./cluster.ts";
import { CLUSTER_API, contractRef, POOL_LABEL, poolMetadata, poolName } from "./objects.ts";

/** What a cloud's own Kubernetes service is made of. */
export interface ManagedService {
  readonly cluster: KubeObject;
  readonly controlPlane: KubeObject;
  /** What else the cluster needs, written after its control plane. */
  readonly others?: readonly KubeObject[];
  /** The infrastructure object of a pool first, then what it needs. */
  machinePool(pool: MachinePool): readonly [KubeObject, ...KubeObject[]];
  /** Kubernetes version as the service writes it in MachinePools; absent where it follows the control plane's. */
  readonly version?: string;
}

/** A cluster of a cloud's own service: Cluster, infrastructure, control plane, and a MachinePool per worker pool. */
export function managedCluster(input: CloudInput, service: ManagedService): KubeObject[] {
  return [
    clusterObject(input, service.controlPlane, service.cluster),
    service.cluster,
    service.controlPlane,
    ...(service.others ?? []),
    ...input.request.machinePools.flatMap((pool) => {
      const [infrastructure, ...others] = service.machinePool(pool);
      return [infrastructure, ...others, machinePool(input, pool, infrastructure, service.version)];
    }),
  ];
}

/**
 * Machines of the service set themselves up, so there is no bootstrap data (engines.md 1.1). Bounds are the service's own
 * matter: two autoscalers of one pool would work against each other.
 */
function machinePool(
  input: CloudInput,
  pool: MachinePool,
  infrastructure: KubeObject,
  version: string | undefined,
): KubeObject {
  const { name } = input.request;
  return {
    apiVersion: CLUSTER_API,
    kind: "MachinePool",
    metadata: poolMetadata(input, pool, poolName(name, pool.name)),
    spec: {
      clusterName: name,
      replicas: pool.size,
      template: {
        metadata: { labels: { [POOL_LABEL]: pool.name } },
        spec: {
          clusterName: name,
          ...(version === undefined ? {} : { version }),
          bootstrap: { dataSecretName: "" },
          infrastructureRef: contractRef(infrastructure),
        },
      },
    },
  };
}
