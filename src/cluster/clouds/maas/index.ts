import type { KubeObject } from "../../../shared/kubernetes.ts";
import { sshAccess } from "../../machines/access.ts";
import { operatingSystem } from "../../machines/images.ts";
import { machineCluster } from "../../machines/index.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { objectMetadata, poolTemplate, present } from "../../machines/objects.ts";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { Cloud, CloudInput, CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { error } from "../problems.ts";
import fields from "./fields.json" with { type: "json" };

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

interface MaasConfig {
  readonly domain: string;
  readonly sshKeys?: readonly string[];
  readonly ntpServers?: readonly string[];
  readonly enableLxdVm?: boolean;
  readonly image?: string;
}

interface MaasPool {
  readonly instanceType: {
    readonly minCPU: number;
    readonly minMemInMB: number;
    readonly minDiskSizeInGB?: number;
  };
  readonly resourcePool: string;
  readonly azs?: readonly string[];
  readonly tags?: readonly string[];
  readonly useLxdVm?: boolean;
  readonly network?: { readonly networkName: string };
  readonly storagePool?: string;
}

/** Machines that MAAS deploys (engines.md 3 and Appendix A, maas.yaml). */
export const cloud: Cloud = {
  id: "maas",
  title: "Canonical MAAS",
  fields: cloudFields(fields),
  provider: {
    name: "maas",
    title: "Cluster API Provider MAAS",
    version: "4.9.5",
    kinds: ["MaasCluster", "MaasMachineTemplate"].map((kind) => ({ apiVersion: API_VERSION, kind })),
  },
  // The provider signs in to one MAAS with a secret of its own namespace (engines.md 3.3).
  identities: [],
  distributions: ["kubeadm", "k3s", "rke2"],
  notes: ["The provider of the management cluster is signed in to one MAAS; all clusters are made there."],
  image: (input) => {
    const { image } = configOf<MaasConfig>(input.request.cloudConfig);
    return { text: imageOf(input), lookedUp: image === undefined };
  },
  check,
  render: (input) =>
    machineCluster(input, {
      cluster: clusterObject(input),
      machineTemplate: (pool) => machineTemplate(input, pool),
      node: () => nodeSettings(input),
      zones: (pool) => configOf<MaasPool>(pool.cloudConfig).azs ?? [],
    }),
};

function check({ machinePools }: ClusterRequest): CloudProblem[] {
  return machinePools.flatMap((pool, i): CloudProblem[] => {
    const own = configOf<MaasPool>(pool.cloudConfig);
    const fieldsOfVms = (["network", "storagePool"] as const).filter((name) => own[name] !== undefined);
    return own.useLxdVm === true
      ? []
      : fieldsOfVms.map((name) =>
          error(
            ["machinePools", i, "cloudConfig", name],
            `Machine pool ${pool.name} has bare-metal machines, and ${name} is for virtual machines. Remove it, or set useLxdVm.`,
          ),
        );
  });
}

/**
 * Images with Kubernetes inside are named as Spectro Cloud's are (engines.md 3.2). k3s and RKE2 download it at boot,
 * so they start from the release of Ubuntu that MAAS brings.
 */
function imageOf({ request, kubernetes, os }: CloudInput): string {
  const { name, version } = operatingSystem(os);
  const { image } = configOf<MaasConfig>(request.cloudConfig);
  if (image !== undefined) {
    return image;
  }
  const digits = (text: string): string => text.replaceAll(".", "");
  if (kubernetes.distribution === "kubeadm") {
    return `custom/${name.charAt(0)}-${digits(version)}-0-k-${digits(kubernetes.version)}-0`;
  }
  return RELEASES[version] ?? `custom/${name}-${digits(version)}`;
}

const RELEASES: Readonly<Record<string, string>> = { "22.04": "ubuntu/jammy", "24.04": "ubuntu/noble" };

/** MAAS gives the API server a name in its DNS, so no address is needed. */
function clusterObject(input: CloudInput): KubeObject {
  const { request } = input;
  const { domain, enableLxdVm } = configOf<MaasConfig>(request.cloudConfig);
  const controlPlane = request.machinePools.find(({ isControlPlane }) => isControlPlane);
  const zones = configOf<Partial<MaasPool>>(controlPlane?.cloudConfig ?? {}).azs;
  return {
    apiVersion: API_VERSION,
    kind: "MaasCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      dnsDomain: domain,
      ...present({ failureDomains: zones }),
      ...(enableLxdVm === true ? { lxdConfig: { enabled: true } } : {}),
    },
  };
}

function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const {
    instanceType,
    resourcePool,
    tags = [],
    useLxdVm,
    network,
    storagePool,
  } = configOf<MaasPool>(pool.cloudConfig);
  const { minCPU, minMemInMB, minDiskSizeInGB } = instanceType;
  const spec = {
    template: {
      spec: {
        minCPU,
        minMemory: minMemInMB,
        ...present({ minDiskSize: minDiskSizeInGB }),
        image: imageOf(input),
        resourcePool,
        tags,
        ...(useLxdVm === true
          ? {
              lxd: {
                enabled: true,
                ...present({
                  vmConfig: present({
                    diskSize: minDiskSizeInGB,
                    network: network?.networkName,
                    storagePool,
                  }),
                }),
              },
            }
          : {}),
      },
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "MaasMachineTemplate" }, spec);
}

function nodeSettings({ request, kubernetes }: CloudInput): NodeSettings {
  const { sshKeys = [], ntpServers } = configOf<MaasConfig>(request.cloudConfig);
  const access = sshAccess(kubernetes.distribution, sshKeys);
  return {
    name: "{{ v1.local_hostname }}",
    ...present({ users: access.users, ntpServers }),
    preKubeadmCommands: [
      // MAAS deploys with swap, and the image's containerd starts later than cloud-init.
      ...(kubernetes.distribution === "kubeadm"
        ? ["while [ ! -S /var/run/containerd/containerd.sock ]; do sleep 1; done"]
        : []),
      "swapoff -a",
      ...(access.preKubeadmCommands ?? []),
    ],
  };
}
