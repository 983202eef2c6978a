import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { GcpPool } from "./config.ts";
import { machineImage } from "./image.ts";

/** Google's names of machines are the first part of their host names (engines.md 3). */
export const NODE: NodeSettings = {
  name: '{{ ds.meta_data.local_hostname.split(".")[0] }}',
  externalCloudProvider: true,
};

/** GCPMachineTemplate of a pool. */
export function gcpMachineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const spec = { template: { spec: machine(input, pool) } };
  return poolTemplate(
    input,
    pool,
    { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1", kind: "GCPMachineTemplate" },
    spec,
  );
}

function machine(input: CloudInput, pool: MachinePool): object {
  const config = configOf<GcpPool>(pool.cloudConfig);
  return {
    instanceType: config.instanceType,
    ...machineImage(input, config, pool.architecture),
    ...present({
      rootDeviceSize: config.rootDeviceSize,
      rootDeviceType: config.rootDeviceType,
      additionalDisks: (config.additionalDisks ?? []).map((disk) => ({ ...disk })),
      provisioningModel: config.provisioningModel,
      guestAccelerators: (config.guestAccelerators ?? []).map((accelerator) => ({ ...accelerator })),
      onHostMaintenance: onHostMaintenance(config),
      confidentialCompute: config.confidentialCompute,
      shieldedInstanceConfig: present({ secureBoot: switched(config.secureBoot) }),
      subnet: config.subnet,
      publicIP: config.publicIP,
      additionalNetworkTags: config.additionalNetworkTags,
      ipForwarding: config.ipForwarding,
      serviceAccounts: serviceAccounts(config),
      additionalMetadata: Object.entries(config.metadata ?? {}).map(([key, value]) => ({ key, value })),
      additionalLabels: config.additionalLabels,
    }),
  };
}

/** Machines that compute confidentially cannot migrate, so the provider wants this said. */
function onHostMaintenance({
  onHostMaintenance: chosen,
  confidentialCompute = "Disabled",
}: GcpPool): string | undefined {
  return chosen ?? (confidentialCompute === "Disabled" ? undefined : "Terminate");
}

/** The provider takes account and scopes together only. */
function serviceAccounts({ serviceAccount, scopes }: GcpPool): object | undefined {
  return serviceAccount === undefined && scopes === undefined
    ? undefined
    : {
        email: serviceAccount ?? "default",
        scopes: scopes ?? ["https://www.googleapis.com/auth/cloud-platform"],
      };
}

function switched(on: boolean | undefined): string | undefined {
  return on === undefined ? undefined : on ? "Enabled" : "Disabled";
}
