import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolMetadata, poolName, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { shapeConfig } from "../oci/machines.ts";
import type { OkeConfig, OkePool } from "./config.ts";
import { cniType, podSubnetName } from "./network.ts";
import { taintMetadata } from "./taints.ts";

/** OCIManagedMachinePool of a pool, a node pool of OKE. */
export function managedPool(input: CloudInput, pool: MachinePool): KubeObject {
  const { request, kubernetes, profile } = input;
  const { sshKey } = configOf<OkeConfig>(request.cloudConfig);
  const config = configOf<OkePool>(pool.cloudConfig);
  const spec = {
    version: `v${kubernetes.version}`,
    nodeShape: config.shape,
    sshPublicKey: sshKey ?? "",
    nodePoolNodeConfig: nodeConfig(input, config),
    ...present({
      nodeShapeConfig: shapeConfig(config),
      nodeSourceViaImage: present({
        imageId: config.imageId,
        bootVolumeSizeInGBs: config.bootVolumeSizeInGBs,
      }),
      initialNodeLabels: Object.entries(pool.additionalLabels).map(([key, value]) => ({ key, value })),
      nodeMetadata: taintMetadata(pool.taints),
      nodeEvictionNodePoolSettings: present({
        evictionGraceDuration: config.evictionGraceDuration,
        isForceDeleteAfterGraceDuration: config.isForceDeleteAfterGraceDuration,
      }),
      nodePoolCyclingDetails: cycling(pool),
    }),
  };
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
    kind: "OCIManagedMachinePool",
    metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
    spec: withDefaults(spec, managedValues(profile).machinePool),
  };
}

function nodeConfig({ request, kubernetes }: CloudInput, config: OkePool): object {
  const cni = cniType(kubernetes);
  const { azs = [], faultDomains, capacityReservationId } = config;
  return {
    nodePoolPodNetworkOptionDetails: {
      cniType: cni,
      ...(cni === "OCI_VCN_IP_NATIVE"
        ? {
            vcnIpNativePodNetworkOptions: {
              subnetNames: [podSubnetName(configOf<OkeConfig>(request.cloudConfig))],
              nsgNames: ["pod"],
              ...present({ maxPodsPerNode: config.maxPodsPerNode }),
            },
          }
        : {}),
    },
    ...present({
      placementConfigs: azs.map((availabilityDomain) => ({
        availabilityDomain,
        subnetName: "worker",
        ...present({ faultDomains, capacityReservationId }),
      })),
      kmsKeyId: config.kmsKeyId,
      isPvEncryptionInTransitEnabled: config.isPvEncryptionInTransitEnabled,
    }),
  };
}

/** OKE replaces nodes of another version or image only where this is turned on. */
function cycling({ updateStrategy }: MachinePool): object | undefined {
  if (updateStrategy === undefined) {
    return undefined;
  }
  const counts = {
    RollingUpdateScaleOut: { maximumSurge: "1", maximumUnavailable: "0" },
    RollingUpdateScaleIn: { maximumSurge: "0", maximumUnavailable: "1" },
    OverrideScaling: {
      maximumSurge: updateStrategy.maxSurge ?? "0",
      maximumUnavailable: updateStrategy.maxUnavailable ?? "0",
    },
  };
  return { isNodeCyclingEnabled: true, ...counts[updateStrategy.type] };
}
