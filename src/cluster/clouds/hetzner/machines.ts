import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { HetznerPool } from "./config.ts";
import { machineImage } from "./image.ts";
import { installKubernetes } from "./install.ts";
import { placementGroup } from "./placement.ts";

/** HCloudMachineTemplate of a pool. */
export function hcloudMachineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const config = configOf<HetznerPool>(pool.cloudConfig);
  const spec = {
    template: {
      spec: {
        type: config.instanceType,
        imageName: machineImage(input, config),
        ...present({
          placementGroupName: placementGroup(pool),
          publicNetwork: config.publicNetwork && {
            enableIPv4: true,
            enableIPv6: true,
            ...config.publicNetwork,
          },
          sshKeys: (config.sshKeys ?? []).map((name) => ({ name })),
        }),
      },
    },
  };
  return poolTemplate(
    input,
    pool,
    { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1", kind: "HCloudMachineTemplate" },
    spec,
  );
}

/** Hetzner's cloud controller finds servers by their names, which are their host names already. */
export function node({ kubernetes }: CloudInput, pool: MachinePool): NodeSettings {
  const { imageHasKubernetes } = configOf<HetznerPool>(pool.cloudConfig);
  const isPlain = kubernetes.distribution === "kubeadm" && imageHasKubernetes !== true;
  return { externalCloudProvider: true, ...(isPlain ? installKubernetes(kubernetes.version) : {}) };
}
