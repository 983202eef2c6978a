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
