import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolMetadata, poolName, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { GkePool } from "./config.ts";

/** GCPManagedMachinePool of a pool, a node pool of GKE; it has the same name as its MachinePool. */
export function managedPool(input: CloudInput, pool: MachinePool): KubeObject {
  const config = configOf<GkePool>(pool.cloudConfig);
  const spec = {
    nodePoolName: pool.name,
    scaling: scaling(pool, config),
    ...present({
      machineType: config.instanceType,
      nodeLocations: config.azs,
      imageType: config.imageType,
      maxPodsPerNode: config.maxPodsPerNode,
      management: present({ autoUpgrade: config.autoUpgrade, autoRepair: config.autoRepair }),
      diskSizeGB: config.rootDeviceSize,
      diskType: config.rootDeviceType,
      localSsdCount: config.localSsdCount,
      kubernetesLabels: pool.additionalLabels,
      kubernetesTaints: pool.taints.map(({ key, value, effect }) => ({ key, value, effect })),
      nodeNetwork: present({
        tags: config.networkTags,
        ...(config.podCidr === undefined ? {} : { createPodRange: true, podRangeCidrBlock: config.podCidr }),
      }),
      nodeSecurity: present({
        serviceAccount: present({ email: config.serviceAccount, scopes: config.scopes }),
        enableSecureBoot: config.secureBoot,
        enableIntegrityMonitoring: config.integrityMonitoring,
      }),
      additionalLabels: config.additionalLabels,
    }),
  };
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "GCPManagedMachinePool",
    metadata: poolMetadata(input, pool, poolName(input.request.name, pool.name)),
    spec: withDefaults(spec, managedValues(input.profile).machinePool),
  };
}

/** GKE scales pools by itself. Left out, the provider would turn that on, between 0 and 1 nodes. */
function scaling({ autoscaling }: MachinePool, { scalingPolicy }: GkePool): object {
  return autoscaling === undefined
    ? { enableAutoscaling: false }
    : {
        enableAutoscaling: true,
        minCount: autoscaling.minSize,
        maxCount: autoscaling.maxSize,
        ...present({ locationPolicy: scalingPolicy }),
      };
}
