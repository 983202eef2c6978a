import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { OciConfig, OciPool } from "./config.ts";

/** OCIMachineTemplate of a pool (Cluster API Provider OCI 0.24). */
export function ociMachineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const spec = { template: { spec: machine(input, pool) } };
  return poolTemplate(
    input,
    pool,
    { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2", kind: "OCIMachineTemplate" },
    spec,
  );
}

function machine(input: CloudInput, pool: MachinePool): object {
  const { compartmentId, imageId, sshKey } = configOf<OciConfig>(input.request.cloudConfig);
  const config = configOf<OciPool>(pool.cloudConfig);
  return {
    compartmentId,
    imageId: config.imageId ?? imageId,
    shape: config.shape,
    ...present({ shapeConfig: shapeConfig(config) }),
    metadata: { ssh_authorized_keys: sshKey ?? "" },
    // The provider would leave it off, its own template turns it on.
    isPvEncryptionInTransitEnabled: config.isPvEncryptionInTransitEnabled ?? true,
    ...present({
      bootVolumeSizeInGBs: text(config.bootVolumeSizeInGBs),
      instanceSourceViaImageConfig: present({
        bootVolumeVpusPerGB: config.bootVolumeVpusPerGB,
        kmsKeyId: config.kmsKeyId,
      }),
      networkDetails: present({
        subnetId: config.subnetId,
        nsgIds: config.nsgIds,
        assignPublicIp: config.assignPublicIp,
      }),
      preemptibleInstanceConfig:
        config.preemptible === true
          ? { terminatePreemptionAction: { preserveBootVolume: false } }
          : undefined,
      capacityReservationId: config.capacityReservationId,
      dedicatedVmHostId: config.dedicatedVmHostId,
      freeformTags: config.freeformTags,
    }),
  };
}

/** The provider takes these numbers as text. */
export function shapeConfig({ ocpus, memoryInGBs }: Pick<OciPool, "ocpus" | "memoryInGBs">): object {
  return present({ ocpus: text(ocpus), memoryInGBs: text(memoryInGBs) });
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
