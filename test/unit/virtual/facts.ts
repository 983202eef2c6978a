import {
  type ClusterGroup,
  DEFAULT_LIMITS,
  DEFAULT_OVERSUBSCRIPTION,
  DEFAULT_RESOURCES,
  type VirtualClusterRequest,
  type VirtualHost,
} from "../../../src/virtual/index.ts";

export const NOTHING = { cpu: 0, memoryMiB: 0, storageGiB: 0 };

/** A host with 16 CPU and 32 GiB of memory, none of it given away. */
export function host(name: string, changes: Partial<VirtualHost> = {}): VirtualHost {
  return {
    name,
    namespace: "dev",
    kind: "SveltosCluster",
    labels: { env: "dev" },
    capacity: { cpu: 16, memoryMiB: 32_768 },
    taken: NOTHING,
    ...changes,
  };
}

export function group(changes: Partial<ClusterGroup> = {}): ClusterGroup {
  return {
    name: "dev",
    namespace: "dev",
    hostLabels: { env: "dev" },
    limits: DEFAULT_LIMITS,
    overSubscription: DEFAULT_OVERSUBSCRIPTION,
    endpointType: "LoadBalancer",
    ...changes,
  };
}

export function request(changes: Partial<VirtualClusterRequest> = {}): VirtualClusterRequest {
  return {
    name: "tenant",
    namespace: "dev",
    host: { cluster: "one" },
    resources: DEFAULT_RESOURCES,
    endpoint: { type: "LoadBalancer" },
    ...changes,
  };
}
