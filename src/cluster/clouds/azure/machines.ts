import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { AzureConfig, AzurePool } from "./config.ts";
import { imageOfPool } from "./image.ts";
import { takesPremiumDisks } from "./sizes.ts";

/** AzureMachineTemplate of a pool. */
export function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { sshKey = "" } = configOf<AzureConfig>(input.request.cloudConfig);
  const config = configOf<AzurePool>(pool.cloudConfig);
  const spec = {
    template: {
      spec: {
        vmSize: config.instanceType,
        image: imageOfPool(input, pool),
        osDisk: {
          osType: "Linux",
          diskSizeGB: config.osDisk?.diskSizeGB ?? 128,
          managedDisk: {
            storageAccountType: config.osDisk?.managedDisk?.storageAccountType ?? diskType(config),
          },
        },
        ...identities(config),
        ...present({
          // The provider puts a new random key in the place of an empty one each time that it is written, and then
          // refuses the change; left out, it makes one random key, which nobody has.
          sshPublicKey: sshKey === "" ? undefined : base64(sshKey),
          dataDisks: dataDisks(config),
          allocatePublicIP: config.publicIP,
          securityProfile:
            config.encryptionAtHost === undefined ? undefined : { encryptionAtHost: config.encryptionAtHost },
          additionalTags: config.additionalTags,
        }),
        ...(config.capacityType === "spot"
          ? { spotVMOptions: { evictionPolicy: "Delete", ...config.spotMarketOptions } }
          : {}),
      },
    },
  };
  return poolTemplate(
    input,
    pool,
    { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1", kind: "AzureMachineTemplate" },
    spec,
  );
}

/** Zones of a pool. */
export function poolZones(pool: MachinePool): readonly string[] {
  return configOf<AzurePool>(pool.cloudConfig).azs ?? [];
}

/**
 * Nodes of a pool: named as Azure names the machine, with the cloud controller's configuration in a file. The provider
 * makes its secret for each template (engines.md 3).
 */
export function nodeSettings(input: CloudInput, pool: MachinePool): NodeSettings {
  const { metadata } = machineTemplate(input, pool);
  return {
    name: '{{ ds.meta_data["local_hostname"] }}',
    externalCloudProvider: true,
    files: [
      {
        path: "/etc/kubernetes/azure.json",
        owner: "root:root",
        permissions: "0644",
        contentFrom: {
          secret: {
            name: `${metadata.name}-azure-json`,
            key: `${pool.isControlPlane ? "control-plane" : "worker-node"}-azure.json`,
          },
        },
      },
    ],
  };
}

function identities({ userAssignedIdentities = [] }: AzurePool): object {
  return userAssignedIdentities.length === 0
    ? {}
    : {
        identity: "UserAssigned",
        userAssignedIdentities: userAssignedIdentities.map((id) => ({ providerID: `azure://${id}` })),
      };
}

function dataDisks(config: AzurePool): object[] {
  const { dataDisks: disks = [] } = config;
  const usual = diskType(config);
  return disks.map(({ nameSuffix, diskSizeGB, storageAccountType = usual }, lun) => ({
    nameSuffix,
    diskSizeGB,
    lun,
    managedDisk: { storageAccountType },
  }));
}

function diskType({ instanceType }: AzurePool): string {
  return takesPremiumDisks(instanceType) ? "Premium_LRS" : "StandardSSD_LRS";
}

/** The provider takes keys in base64 only. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text.trim())));
}
