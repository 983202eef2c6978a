import type { MANDATORY_LAYERS, PackType } from "./model.ts";

export interface StarterPack {
  readonly name: string;
  readonly version: string;
  readonly type: PackType;
  readonly registry: "public" | "community" | undefined;
  readonly values: string;
  readonly manifests?: readonly { readonly name: string; readonly content: string }[];
}

type MandatoryLayer = (typeof MANDATORY_LAYERS)[number];

/** Palette's well-known registries (palette.md 2.3). */
export const REGISTRIES = {
  public: {
    name: "Public Repo",
    uid: "5eecc89d0b150045ae661cef",
    kind: "pack",
    isPrivate: false,
    providerType: "",
  },
  community: {
    name: "Palette Community Registry",
    uid: "64eaff5630402973c4e1856a",
    kind: "oci",
    isPrivate: true,
    providerType: "pack",
  },
} as const;

const OS_VALUES = `# Commands and files for every machine, in kubeadm's own words.
kubeadmconfig:
  preKubeadmCommands: []
  postKubeadmCommands: []
`;

const K8S_VALUES = `pack:
  # Addresses for pods and services: they must not overlap with each other or with your network.
  podCIDR: "192.168.0.0/16"
  serviceClusterIpRange: "10.96.0.0/12"
  serviceDomain: "cluster.local"
kubeadmconfig:
  apiServer:
    extraArgs:
      profiling: "false"
`;

const MANAGED_K8S_VALUES = `managedControlPlane: {}
managedMachinePool: {}
`;

const CALICO_VALUES = `pack:
  namespace: "tigera-operator"
manifests:
  calico:
    encapsulationType: "CALICO_IPV4POOL_VXLAN"
`;

const CILIUM_VALUES = `pack:
  namespace: "kube-system"
charts:
  cilium:
    ipam:
      mode: "kubernetes"
`;

const storage = (chart: string, namespace: string): string => `pack:
  namespace: "${namespace}"
charts:
  ${chart}: {}
`;

const pack = (name: string, version: string, values: string): StarterPack => ({
  name,
  version,
  type: "spectro",
  registry: "public",
  values,
});

const KUBERNETES = pack("kubernetes", "1.36.4", K8S_VALUES);
const CALICO = pack("cni-calico", "3.32.1", CALICO_VALUES);
const CILIUM = pack("cni-cilium-oss", "1.20.1", CILIUM_VALUES);
const LONGHORN = pack("csi-longhorn", "1.12.1", storage("longhorn", "longhorn-system"));

/** Where no row below knows the cloud: packs that need nothing from the infrastructure. */
export const ANY_CLOUD: Readonly<Record<MandatoryLayer, StarterPack>> = {
  os: pack("generic-byoi", "1.0.0", OS_VALUES),
  k8s: KUBERNETES,
  cni: CILIUM,
  csi: pack("csi-local-path-provisioner", "0.0.37", storage("local-path-provisioner", "local-path-storage")),
};

/** Packs to start with, by cloud: names of palette.md 3, versions of November 2026 (engines.md 7 and 8). */
export const STARTER_PACKS: Readonly<Record<string, Readonly<Record<MandatoryLayer, StarterPack>>>> = {
  aws: {
    os: pack("ubuntu-aws", "22.04", OS_VALUES),
    k8s: KUBERNETES,
    cni: CALICO,
    csi: pack("csi-aws-ebs", "1.64.0", storage("aws-ebs-csi-driver", "kube-system")),
  },
  azure: {
    os: pack("ubuntu-azure", "22.04", OS_VALUES),
    k8s: KUBERNETES,
    cni: pack("cni-calico-azure", "3.32.1", CALICO_VALUES),
    csi: pack("csi-azure", "1.34.5", storage("azuredisk-csi-driver", "kube-system")),
  },
  gcp: {
    os: pack("ubuntu-gcp", "22.04", OS_VALUES),
    k8s: KUBERNETES,
    cni: CALICO,
    csi: pack("csi-gcp-driver", "1.26.4", storage("gcp-compute-persistent-disk-csi-driver", "kube-system")),
  },
  vsphere: {
    os: pack("ubuntu-vsphere", "22.04", OS_VALUES),
    k8s: KUBERNETES,
    cni: CALICO,
    csi: pack("csi-vsphere-csi", "3.7.3", storage("vsphere-csi-driver", "vmware-system-csi")),
  },
  openstack: {
    os: pack("ubuntu-openstack", "22.04", OS_VALUES),
    k8s: KUBERNETES,
    cni: CALICO,
    csi: pack("csi-openstack-cinder", "1.36.0", storage("openstack-cinder-csi", "kube-system")),
  },
  maas: { os: pack("ubuntu-maas", "22.04", OS_VALUES), k8s: KUBERNETES, cni: CILIUM, csi: LONGHORN },
  "edge-native": {
    os: pack("edge-native-byoi", "2.1.0", OS_VALUES),
    k8s: pack("edge-k3s", "1.36.4", K8S_VALUES),
    cni: CILIUM,
    csi: LONGHORN,
  },
  eks: {
    os: pack("amazon-linux-eks", "1.0.0", OS_VALUES),
    k8s: pack("kubernetes-eks", "1.35", MANAGED_K8S_VALUES),
    cni: pack("cni-aws-vpc-eks", "1.22.4", storage("aws-vpc-cni", "kube-system")),
    csi: pack("csi-aws-ebs", "1.64.0", storage("aws-ebs-csi-driver", "kube-system")),
  },
  aks: {
    os: pack("ubuntu-aks", "22.04", OS_VALUES),
    k8s: pack("kubernetes-aks", "1.35", MANAGED_K8S_VALUES),
    cni: pack("cni-azure", "1.0.0", ""),
    csi: pack("csi-azure", "1.34.5", storage("azuredisk-csi-driver", "kube-system")),
  },
  gke: {
    os: pack("ubuntu-gke", "1.0.0", OS_VALUES),
    k8s: pack("kubernetes-gke", "1.35", MANAGED_K8S_VALUES),
    cni: pack("cni-vpc-native-gke", "1.0.0", ""),
    csi: pack("gke-csi-gcp-driver", "1.26.4", ""),
  },
};

/** The one layer that an add-on profile starts with. */
export const STARTER_ADDON: StarterPack = {
  name: "prometheus-operator",
  version: "88.5.3",
  type: "spectro",
  registry: "public",
  values: `pack:
  namespace: "monitoring"
  # Add-ons are installed by this number, lower first; equal numbers at the same time.
  spectrocloud.com/install-priority: "0"
charts:
  kube-prometheus-stack:
    prometheus:
      prometheusSpec:
        retention: "10d"
`,
};

/** The one layer that a system profile starts with: plain manifests. */
export const STARTER_SYSTEM: StarterPack = {
  name: "system-namespace",
  version: "",
  type: "manifest",
  registry: undefined,
  values: "",
  manifests: [
    {
      name: "namespace",
      content: `apiVersion: v1
kind: Namespace
metadata:
  name: platform
`,
    },
  ],
};
