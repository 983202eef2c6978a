import type { KubeObject } from "../../../shared/kubernetes.ts";
import { type NodeSettings, quotedTemplate } from "../../machines/node.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { OpenStackConfig, OpenStackPool } from "./config.ts";
import { machineImage } from "./image.ts";
import { maybeReference, reference } from "./reference.ts";

/** The cloud controller finds servers by their names, and by these ids (engines.md 3). */
export function nodeSettings({ kubernetes }: CloudInput): NodeSettings {
  return {
    name: "{{ local_hostname }}",
    providerId: `openstack:///${quotedTemplate("{{ instance_id }}", kubernetes)}`,
    externalCloudProvider: true,
  };
}

/** OpenStackMachineTemplate of a pool. */
export function openStackMachineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const spec = { template: { spec: machine(input, pool) } };
  return poolTemplate(
    input,
    pool,
    { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1", kind: "OpenStackMachineTemplate" },
    spec,
  );
}

function machine(input: CloudInput, pool: MachinePool): object {
  const { sshKeyName } = configOf<OpenStackConfig>(input.request.cloudConfig);
  const config = configOf<OpenStackPool>(pool.cloudConfig);
  return {
    flavor: config.flavor,
    image: reference(machineImage(input, config)),
    sshKeyName: sshKeyName ?? "",
    ...present({
      serverGroup: maybeReference(config.serverGroup),
      rootVolume: rootVolume(config),
      additionalBlockDevices: (config.additionalBlockDevices ?? []).map(({ name, size, type }) => ({
        name,
        sizeGiB: size,
        storage: { type: "Volume", ...(type === undefined ? {} : { volume: { type } }) },
      })),
      configDrive: config.configDrive,
      securityGroups: (config.securityGroups ?? []).map(reference),
      trunk: config.trunk,
      serverMetadata: Object.entries(config.serverMetadata ?? {}).map(([key, value]) => ({ key, value })),
      tags: config.tags,
    }),
  };
}

function rootVolume({ rootDeviceSize, rootDeviceType }: OpenStackPool): object | undefined {
  return rootDeviceSize === undefined
    ? undefined
    : { sizeGiB: rootDeviceSize, ...present({ type: rootDeviceType }) };
}
