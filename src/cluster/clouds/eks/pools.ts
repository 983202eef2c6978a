import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolMetadata, poolName, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { MachinePool, Taint } from "../../model.ts";
import type { CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { EksConfig, EksPool } from "./config.ts";
import { eksVersion } from "./controlPlane.ts";

const EFFECTS: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "no-schedule",
  PreferNoSchedule: "prefer-no-schedule",
  NoExecute: "no-execute",
};

/** AWSManagedMachinePool of a pool: an EKS managed node group. */
export function managedPool(input: CloudInput, pool: MachinePool): KubeObject {
  const { sshKeyName } = configOf<EksConfig>(input.request.cloudConfig);
  const config = configOf<EksPool>(pool.cloudConfig);
  const spec = {
    eksNodegroupName: pool.name,
    instanceType: config.instanceType,
    // The provider's own default is Amazon Linux 2, which EKS no longer has for current Kubernetes.
    amiType: amiType(input, pool),
    diskSize: config.rootDeviceSize ?? 60,
    capacityType: config.capacityType === "spot" ? "spot" : "onDemand",
    scaling: pool.autoscaling ?? { minSize: Math.min(pool.size, 1), maxSize: Math.max(pool.size, 1) },
    nodeRepairConfig: { enabled: config.nodeRepair ?? true },
    ...present({
      amiVersion: config.amiVersion,
      availabilityZones: config.azs,
      subnetIDs: config.subnets?.map(({ id }) => id),
      roleName: config.roleName,
      labels: pool.additionalLabels,
      taints: pool.taints.map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })),
      additionalTags: config.additionalTags,
      remoteAccess: sshKeyName === undefined || sshKeyName === "" ? undefined : { sshKeyName },
      updateConfig: updateConfig(pool),
    }),
  };
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
    kind: "AWSManagedMachinePool",
    metadata: poolMetadata(input, pool, poolName(input.request.name, pool.name)),
    spec: withDefaults(spec, managedValues(input.profile).machinePool),
  };
}

/** EKS replaces machines by surging; how many may be missing meanwhile is all that it asks for. */
function updateConfig({ updateStrategy }: MachinePool): object | undefined {
  const { type, maxUnavailable } = updateStrategy ?? {};
  if (type !== "OverrideScaling" || maxUnavailable === undefined) {
    return undefined;
  }
  const count = Number.parseInt(maxUnavailable, 10);
  return maxUnavailable.endsWith("%") ? { maxUnavailablePercentage: count } : { maxUnavailable: count };
}

function amiType({ os }: CloudInput, { cloudConfig, architecture }: MachinePool): string {
  const family = os?.name.includes("bottlerocket") === true ? "BOTTLEROCKET" : "AL2023";
  const processor = architecture === "arm64" ? "ARM_64" : "x86_64";
  return (
    configOf<EksPool>(cloudConfig).amiType ??
    `${family}_${processor}${family === "AL2023" ? "_STANDARD" : ""}`
  );
}

/** The kinds of image that EKS picks the release of. */
export function image(input: CloudInput): ImageLookup {
  const version = eksVersion(input.kubernetes.version).slice(1);
  const texts = input.request.machinePools.map((pool) => {
    const { amiVersion = "newest" } = configOf<EksPool>(pool.cloudConfig);
    return `${amiType(input, pool)} for Kubernetes ${version}, release ${amiVersion}`;
  });
  return { text: [...new Set(texts)].join(", "), lookedUp: true };
}
