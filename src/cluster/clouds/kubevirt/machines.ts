import type { KubeObject } from "../../../shared/kubernetes.ts";
import { operatingSystem } from "../../machines/images.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";

export const API_VERSION = "infrastructure.cluster.x-k8s.io/v1alpha1";

export interface KubevirtConfig {
  readonly controlPlaneServiceType?: "LoadBalancer" | "ClusterIP" | "NodePort";
  readonly namespace?: string;
}

export interface KubevirtPool {
  readonly instanceType: { readonly numCPUs: number; readonly memoryMiB: number };
  readonly image?: string;
  readonly rootVolume?: { readonly diskGiB: number; readonly storageClassName?: string };
  readonly networkName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly bootstrapCheck?: "ssh" | "none";
}

const ROOT = "root";

/** The container disk of a pool: its own, or the published one (engines.md 3.2). */
export function imageOf({ kubernetes, os }: CloudInput, { image }: KubevirtPool): string {
  if (image !== undefined) {
    return image;
  }
  const { name, version } = operatingSystem(os);
  return kubernetes.distribution === "kubeadm"
    ? `quay.io/capk/${name}-${version.replace(".", "")}-container-disk:v${kubernetes.version}`
    : `quay.io/containerdisks/${name}:${version}`;
}

/** KubevirtMachineTemplate of a pool. */
export function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const own = configOf<KubevirtPool>(pool.cloudConfig);
  const spec = {
    template: {
      spec: {
        virtualMachineBootstrapCheck: { checkStrategy: own.bootstrapCheck ?? "ssh" },
        virtualMachineTemplate: {
          ...present({ metadata: namespaceOf(input) }),
          spec: {
            ...present({ dataVolumeTemplates: rootVolumes(input, own) }),
            runStrategy: "Always",
            template: { spec: instance(input, pool, own) },
          },
        },
      },
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "KubevirtMachineTemplate" }, spec);
}

/** On another cluster, the account's namespace is the provider's default. */
function namespaceOf({ request, account }: CloudInput): object {
  const { namespace } = configOf<KubevirtConfig>(request.cloudConfig);
  return present({ namespace: namespace ?? (account === undefined ? request.namespace : undefined) });
}

function instance(input: CloudInput, pool: MachinePool, own: KubevirtPool): object {
  return {
    ...present({ architecture: pool.architecture === "amd64" ? undefined : pool.architecture }),
    domain: {
      cpu: { cores: own.instanceType.numCPUs },
      memory: { guest: `${own.instanceType.memoryMiB}Mi` },
      devices: {
        networkInterfaceMultiqueue: true,
        disks: [{ name: ROOT, disk: { bus: "virtio" } }],
        ...(own.networkName === undefined ? {} : { interfaces: [{ name: "machines", bridge: {} }] }),
      },
    },
    // The provider drains nodes itself before their virtual machine moves or stops.
    evictionStrategy: "External",
    ...present({ nodeSelector: own.nodeSelector }),
    ...(own.networkName === undefined
      ? {}
      : { networks: [{ name: "machines", multus: { networkName: own.networkName } }] }),
    volumes: [
      own.rootVolume === undefined
        ? { name: ROOT, containerDisk: { image: imageOf(input, own) } }
        : { name: ROOT, dataVolume: { name: ROOT } },
    ],
  };
}

/** The provider puts the machine's name before the volume's. */
function rootVolumes(input: CloudInput, own: KubevirtPool): object[] {
  if (own.rootVolume === undefined) {
    return [];
  }
  const { diskGiB, storageClassName } = own.rootVolume;
  return [
    {
      metadata: { name: ROOT },
      spec: {
        pvc: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: `${diskGiB}Gi` } },
          ...present({ storageClassName }),
        },
        source: { registry: { url: `docker://${imageOf(input, own)}` } },
      },
    },
  ];
}
