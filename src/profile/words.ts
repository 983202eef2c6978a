import type { LayerKind, ProfileType } from "./model.ts";

/** What the UI calls a layer, at the beginning of a sentence. */
export const LAYER_TITLES: Readonly<Record<LayerKind, string>> = {
  os: "Operating system",
  k8s: "Kubernetes",
  cni: "Network",
  csi: "Storage",
  addon: "Add-on",
};

/** The same within a sentence. */
export const LAYER_NOUNS: Readonly<Record<LayerKind, string>> = {
  os: "operating system",
  k8s: "Kubernetes",
  cni: "network",
  csi: "storage",
  addon: "add-on",
};

/** The codicon of a layer (mocks, Icons). */
export const LAYER_ICONS = {
  os: "vm",
  k8s: "server-process",
  cni: "globe",
  csi: "database",
  addon: "package",
} as const satisfies Readonly<Record<LayerKind, string>>;

/** The article and name of a profile type within a sentence. */
export const TYPE_NOUNS: Readonly<Record<ProfileType, string>> = {
  cluster: "a full profile",
  infra: "an infrastructure profile",
  "add-on": "an add-on profile",
  system: "a system profile",
};

export function capitalized(text: string): string {
  return text.replace(/^./, (c) => c.toUpperCase());
}

/** `a, b or c` */
export function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}

/** `1 error`, `2 errors` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const CLOUD_TITLES: Readonly<Record<string, string>> = {
  all: "All clouds",
  docker: "Docker",
  "in-memory": "In-memory",
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
  vsphere: "VMware vSphere",
  maas: "MAAS",
  eks: "AWS EKS",
  aks: "Azure AKS",
  gke: "Google GKE",
  openstack: "OpenStack",
  "edge-native": "Edge",
  "apache-cloudstack": "Apache CloudStack",
};

/** What the UI calls a cloud type; a custom one bears its own name. */
export function cloudTitle(cloud: string): string {
  return Object.hasOwn(CLOUD_TITLES, cloud) ? (CLOUD_TITLES[cloud] ?? cloud) : cloud;
}
