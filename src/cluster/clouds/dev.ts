import type { MachinePool } from "../model.ts";
import { machineTemplateName } from "./builders.ts";
import type { CloudInput } from "./cloud.ts";
import type { Infrastructure } from "./kubeadm.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/**
 * Objects of Cluster API's Dev provider, one backend or the other. The backends' own fields come from
 * engines.md Appendix A.
 */
export function devInfrastructure(
  { request, metadata }: CloudInput,
  clusterBackend: object,
  machineBackend: object,
): Infrastructure {
  const spec = { template: { spec: { backend: machineBackend } } };
  const templateName = (pool: MachinePool): string => machineTemplateName(request.name, pool.name, spec);
  return {
    cluster: {
      apiVersion: API_VERSION,
      kind: "DevCluster",
      // Its manager writes into the map of annotations without making one, so there is always one.
      metadata: { name: request.name, namespace: request.namespace, ...metadata },
      spec: { backend: clusterBackend },
    },
    machineTemplate: (pool) => ({
      apiVersion: API_VERSION,
      kind: "DevMachineTemplate",
      metadata: { name: templateName(pool), namespace: request.namespace, ...metadata },
      spec,
    }),
  };
}
