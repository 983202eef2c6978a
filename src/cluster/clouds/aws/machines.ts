import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { AwsConfig, AwsPool } from "./config.ts";
import { imageFields } from "./image.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Instance profiles that `clusterawsadm bootstrap iam` makes. */
const SUFFIX = "cluster-api-provider-aws.sigs.k8s.io";

/** AWSMachineTemplate of a pool. */
export function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { sshKeyName = "" } = configOf<AwsConfig>(input.request.cloudConfig);
  const config = configOf<AwsPool>(pool.cloudConfig);
  const spec = {
    template: {
      spec: {
        instanceType: config.instanceType,
        iamInstanceProfile:
          config.iamInstanceProfile ?? `${pool.isControlPlane ? "control-plane" : "nodes"}.${SUFFIX}`,
        // Left out, the provider would take a key named default.
        sshKeyName,
        ...imageFields(input, config),
        rootVolume: rootVolume(config),
        // The newer metadata service only; pods of the storage and cloud controllers are one hop further away.
        instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
        ...present({
          publicIP: config.publicIP,
          tenancy: config.tenancy,
          placementGroupName: config.placementGroupName,
          subnet: pool.isControlPlane ? undefined : subnetOf(config),
          additionalSecurityGroups: config.additionalSecurityGroups?.map(({ id }) => ({ id })),
          additionalTags: config.additionalTags,
        }),
        ...(config.capacityType === "spot" ? { spotMarketOptions: { ...config.spotMarketOptions } } : {}),
      },
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "AWSMachineTemplate" }, spec);
}

/** Zones of a pool: those that it names, or those of its subnets. */
export function poolZones(pool: MachinePool): string[] {
  const { azs = [], subnets = [] } = configOf<AwsPool>(pool.cloudConfig);
  return [...new Set([...azs, ...subnets.map(({ az }) => az)])];
}

/** The subnet of each machine is the one of these that lies in its zone. */
function subnetOf({ subnets = [] }: AwsPool): object | undefined {
  return subnets.length === 0
    ? undefined
    : { filters: [{ name: "subnet-id", values: subnets.map(({ id }) => id) }] };
}

function rootVolume({ rootDeviceSize = 60, rootVolume = {} }: AwsPool): object {
  const { type = "gp3", encrypted = true, iops, throughput, encryptionKey } = rootVolume;
  return { size: rootDeviceSize, type, encrypted, ...present({ iops, throughput, encryptionKey }) };
}
