import { catalog, type Pack } from "../catalog/index.ts";
import type { LayerKind, MANDATORY_LAYERS, PackType } from "./model.ts";
import { type Registry, registryOf } from "./registries.ts";

/** A layer to write into a profile. */
export interface StarterPack {
  readonly name: string;
  /** Empty for a manifest layer. */
  readonly version: string;
  readonly type: PackType;
  readonly registry: Registry | undefined;
  readonly values: string;
  readonly manifests?: readonly { readonly name: string; readonly content: string }[];
}

type MandatoryLayer = (typeof MANDATORY_LAYERS)[number];

/** Names of packs, and the version to offer where it is not the catalog's newest. */
type Choice = readonly [name: string, version?: string];

/** The Kubernetes minor to begin with: the newest is left to those who ask for it (engines.md 8). */
const KUBERNETES = "1.36.4";
const MANAGED_KUBERNETES = "1.36";
const UBUNTU = "22.04";
/** Oracle's cloud controller and storage driver come a minor version later. */
const ORACLE_KUBERNETES = "1.35.10";

/** k0s comes some days after Kubernetes. */
const K0S = "1.36.3";

const KUBEADM: Choice = ["kubernetes", KUBERNETES];
const CALICO: Choice = ["cni-calico"];
const CILIUM: Choice = ["cni-cilium-oss"];
const LONGHORN: Choice = ["csi-longhorn"];
const LOCAL_PATH: Choice = ["csi-local-path-provisioner"];
const CONTAINER_NODES: Readonly<Record<MandatoryLayer, Choice>> = {
  os: ["kind-node-image"],
  k8s: KUBEADM,
  cni: CILIUM,
  csi: LOCAL_PATH,
};

/** Packs that need nothing from the infrastructure, for clouds without a row. */
const ANY_CLOUD: Readonly<Record<MandatoryLayer, Choice>> = {
  os: ["generic-byoi"],
  k8s: KUBEADM,
  cni: CILIUM,
  csi: LOCAL_PATH,
};

/** What to begin with, by cloud (palette.md 3). */
const CHOICES: Readonly<Record<string, Readonly<Record<MandatoryLayer, Choice>>>> = {
  docker: CONTAINER_NODES,
  "in-memory": CONTAINER_NODES,
  aws: { os: ["ubuntu-aws", UBUNTU], k8s: KUBEADM, cni: CALICO, csi: ["csi-aws-ebs"] },
  azure: { os: ["ubuntu-azure", UBUNTU], k8s: KUBEADM, cni: ["cni-calico-azure"], csi: ["csi-azure"] },
  gcp: { os: ["ubuntu-gcp", UBUNTU], k8s: KUBEADM, cni: CALICO, csi: ["csi-gcp-driver"] },
  vsphere: { os: ["ubuntu-vsphere", UBUNTU], k8s: KUBEADM, cni: CALICO, csi: ["csi-vsphere-csi"] },
  openstack: { os: ["ubuntu-openstack", UBUNTU], k8s: KUBEADM, cni: CALICO, csi: ["csi-openstack-cinder"] },
  "apache-cloudstack": { os: ["ubuntu-cloudstack"], k8s: KUBEADM, cni: CALICO, csi: ["csi-cloudstack"] },
  oci: { os: ["ubuntu-oci"], k8s: ["kubernetes", ORACLE_KUBERNETES], cni: CALICO, csi: ["csi-oci"] },
  hetzner: { os: ["ubuntu-hetzner"], k8s: KUBEADM, cni: CILIUM, csi: ["hcloud-csi"] },
  metal3: { os: ["ubuntu-metal3"], k8s: KUBEADM, cni: CILIUM, csi: LONGHORN },
  tinkerbell: { os: ["ubuntu-tinkerbell"], k8s: KUBEADM, cni: CILIUM, csi: LONGHORN },
  maas: { os: ["ubuntu-maas", UBUNTU], k8s: KUBEADM, cni: CILIUM, csi: LONGHORN },
  "edge-native": { os: ["edge-native-byoi"], k8s: ["kubernetes-k0s", K0S], cni: CILIUM, csi: LONGHORN },
  eks: {
    os: ["amazon-linux-eks"],
    k8s: ["kubernetes-eks", MANAGED_KUBERNETES],
    cni: ["cni-aws-vpc-eks"],
    csi: ["csi-aws-ebs"],
  },
  aks: {
    os: ["ubuntu-aks", UBUNTU],
    k8s: ["kubernetes-aks", MANAGED_KUBERNETES],
    cni: ["cni-azure"],
    csi: ["csi-azure"],
  },
  gke: {
    os: ["cos-gke"],
    k8s: ["kubernetes-gke", MANAGED_KUBERNETES],
    cni: ["cni-vpc-native-gke"],
    csi: ["gke-csi-gcp-driver"],
  },
};

const ADDON: Choice = ["prometheus-operator"];

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

/** The layer to begin with on a cloud, with the catalog's values. */
export function starterPack(layer: LayerKind, cloudType: string): StarterPack {
  const row = Object.hasOwn(CHOICES, cloudType) ? CHOICES[cloudType] : undefined;
  const [name, version] = layer === "addon" ? ADDON : (row ?? ANY_CLOUD)[layer];
  const pack = catalog.find(name);
  return pack === undefined
    ? { name, version: version ?? "1.0.0", type: "spectro", registry: undefined, values: "" }
    : layerOfPack(pack, version);
}

/** A pack as a layer: in a version, or in its newest one. A pack that brings its manifests is a manifest layer. */
export function layerOfPack(pack: Pack, version: string = pack.versions[0]?.version ?? ""): StarterPack {
  if (pack.manifests.length > 0) {
    const manifests = pack.manifests.map(({ name, content }) => ({
      name,
      content: content.replaceAll("{version}", version),
    }));
    return {
      name: pack.name,
      version: "",
      type: "manifest",
      registry: undefined,
      values: pack.values,
      manifests,
    };
  }
  return {
    name: pack.name,
    version,
    type: typeof pack.registry === "object" ? pack.registry.kind : TYPES[pack.registry],
    registry: registryOf(pack),
    values: pack.values,
  };
}

const TYPES: Readonly<Record<Exclude<Pack["registry"], object>, PackType>> = {
  "Public Repo": "spectro",
  "Palette Community Registry": "oci",
  Helm: "helm",
  Catalog: "spectro",
};
