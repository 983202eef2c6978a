import type { Machines, NodeSettings } from "../machines/node.ts";
import { machineTemplateName, objectMetadata } from "../machines/objects.ts";
import type { MachinePool } from "../model.ts";
import type { CloudInput } from "./cloud.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Cluster API's own provider for development: kinds of both backends. */
export const DEV_PROVIDER = {
  name: "docker",
  title: "Cluster API Dev",
  version: "1.14.2",
  kinds: [
    { apiVersion: API_VERSION, kind: "DevCluster" },
    { apiVersion: API_VERSION, kind: "DevMachineTemplate" },
  ],
} as const;

/**
 * Objects of Cluster API's Dev provider, one backend or the other. The backends' own fields come from
 * engines.md Appendix A.
 */
export function devMachines(
  input: CloudInput,
  clusterBackend: object,
  machineBackend: (pool: MachinePool) => object,
): Machines {
  const { request } = input;
  return {
    cluster: {
      apiVersion: API_VERSION,
      kind: "DevCluster",
      // Its manager writes into the map of annotations without making one, so there is always one.
      metadata: objectMetadata(input, request.name),
      spec: { backend: clusterBackend },
    },
    machineTemplate: (pool) => {
      const spec = { template: { spec: { backend: machineBackend(pool) } } };
      return {
        apiVersion: API_VERSION,
        kind: "DevMachineTemplate",
        metadata: objectMetadata(input, machineTemplateName(request.name, pool.name, spec)),
        spec,
      };
    },
    node: () => NODE,
  };
}

/** Disks of trial machines are those of the host, so their filling evicts nothing. */
const NODE: NodeSettings = {
  kubeletExtraArgs: [
    { name: "eviction-hard", value: "nodefs.available<0%,nodefs.inodesFree<0%,imagefs.available<0%" },
  ],
  certSANs: ["localhost", "127.0.0.1"],
};
