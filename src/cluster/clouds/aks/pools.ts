import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolMetadata, poolName, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { MachinePool } from "../../model.ts";
import { shortHash } from "../../names.ts";
import type { CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import { type AksPool, isSystemPool } from "./config.ts";
import { aksVersion } from "./controlPlane.ts";
import { CONTAINER_SERVICE, resource, subnetReference } from "./resources.ts";

/** AzureASOManagedMachinePool of a pool, with its agent pool inside. */
export function machinePool(input: CloudInput, pool: MachinePool): KubeObject {
  const name = poolName(input.request.name, pool.name);
  const spec = withDefaults(agentPool(input, pool), managedValues(input.profile).machinePool);
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "AzureASOManagedMachinePool",
    metadata: poolMetadata(input, pool, name),
    spec: { resources: [resource(input, CONTAINER_SERVICE, "ManagedClustersAgentPool", name, spec)] },
  };
}

function agentPool(input: CloudInput, pool: MachinePool): Readonly<Record<string, unknown>> {
  const config = configOf<AksPool>(pool.cloudConfig);
  const { minSize, maxSize } = pool.autoscaling ?? {};
  return {
    azureName: azureName(pool.name),
    owner: { name: input.request.name },
    type: "VirtualMachineScaleSets",
    mode: isSystemPool(pool, input.request.machinePools) ? "System" : "User",
    vmSize: config.instanceType,
    osType: "Linux",
    osSKU: osSku(input, config),
    osDiskSizeGB: config.osDisk?.diskSizeGB ?? 128,
    osDiskType: config.osDisk?.type ?? "Managed",
    ...present({
      vnetSubnetReference: subnetReference(input),
      availabilityZones: config.azs,
      maxPods: config.maxPods,
      enableNodePublicIP: config.publicIP,
      enableEncryptionAtHost: config.encryptionAtHost,
      nodeLabels: pool.additionalLabels,
      nodeTaints: pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`),
      upgradeSettings: upgradeSettings(pool),
      tags: config.additionalTags,
    }),
    ...(pool.autoscaling === undefined
      ? {}
      : { enableAutoScaling: true, minCount: minSize, maxCount: maxSize }),
    ...(config.capacityType === "spot"
      ? {
          scaleSetPriority: "Spot",
          scaleSetEvictionPolicy: "Delete",
          // -1: up to the on-demand price.
          spotMaxPrice: Number(config.spotMarketOptions?.maxPrice ?? -1),
        }
      : {}),
  };
}

/** AKS takes names of at most 12 small letters and digits, a letter first; others are cut with a hash. */
export function azureName(name: string): string {
  return /^[a-z][a-z0-9]{0,11}$/.test(name)
    ? name
    : `p${name.replace(/[^a-z0-9]/g, "").slice(0, 5)}${shortHash(name)}`;
}

/** AKS replaces machines by surging; how many more it may make is all that it asks for. */
function upgradeSettings({ updateStrategy }: MachinePool): object | undefined {
  return updateStrategy?.type === "OverrideScaling" && updateStrategy.maxSurge !== undefined
    ? { maxSurge: updateStrategy.maxSurge }
    : undefined;
}

function osSku({ os }: CloudInput, { osSKU }: AksPool): string {
  return osSKU ?? (/azure-?linux|mariner/.test(os?.name ?? "") ? "AzureLinux" : "Ubuntu");
}

/** The systems that AKS brings images of. */
export function image(input: CloudInput): ImageLookup {
  const texts = input.request.machinePools.map(
    (pool) =>
      `${osSku(input, configOf<AksPool>(pool.cloudConfig))} image of AKS ${aksVersion(input).slice(1)}`,
  );
  return { text: [...new Set(texts)].join(", "), lookedUp: true };
}
