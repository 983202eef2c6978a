import type { Layer, Profile } from "../profile/model.ts";
import { type Fields, mapOf } from "../shared/records.ts";
import type { Distribution } from "./clouds/cloud.ts";
import { type KubeadmSettings, kubeadmSettings } from "./kubeadmSettings.ts";
import { layerValues } from "./layerValues.ts";

/** What the layers of a profile say about its clusters. */
export interface KubernetesSettings {
  /** Without the leading v. */
  readonly version: string;
  readonly distribution: Distribution;
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly serviceDomain: string;
  readonly kubeadm: KubeadmSettings;
  /** Software of the network layer. */
  readonly network: Network;
  /** The network layer takes the place of kube-proxy. */
  readonly replacesKubeProxy: boolean;
}

export type Network = "cilium" | "calico" | "flannel" | "other";

const EXACT = /^v?(\d+\.\d+\.\d+)$/;
const MINOR = /^v?(\d+\.\d+)$/;
const DEFAULTS = {
  podCIDR: "192.168.0.0/16",
  serviceClusterIpRange: "10.96.0.0/12",
  serviceDomain: "cluster.local",
};
type Setting = keyof typeof DEFAULTS;

/** Packs of Kubernetes by the word that tells their distribution (palette.md 3). */
const DISTRIBUTIONS: readonly (readonly [RegExp, Distribution])[] = [
  [/k3s/, "k3s"],
  [/rke2/, "rke2"],
  [/k0s/, "k0s"],
  [/-(eks|aks|gke|oke|tke)$/, "managed"],
];

/**
 * The exact Kubernetes version of a profile without a leading v, or nothing where it is not pinned. Managed services
 * pick the patch release by themselves, so there the first one stands for a minor (engines.md 8).
 */
export function kubernetesVersion(profile: Profile): string | undefined {
  const layer = kubernetesLayer(profile);
  const written = [layer?.tag ?? "", layer?.version ?? ""];
  const first = (pattern: RegExp): string | undefined =>
    written.map((text) => pattern.exec(text)?.[1]).find((version) => version !== undefined);
  const minor = distributionOf(profile) === "managed" ? first(MINOR) : undefined;
  return first(EXACT) ?? (minor === undefined ? undefined : `${minor}.0`);
}

/** How the Kubernetes layer of a profile gets onto machines. */
export function distributionOf(profile: Profile): Distribution {
  const name = kubernetesLayer(profile)?.name ?? "";
  return DISTRIBUTIONS.find(([pattern]) => pattern.test(name))?.[1] ?? "kubeadm";
}

/** What the layers say about the cluster; nothing without an exact version. */
export function kubernetesSettings(profile: Profile): KubernetesSettings | undefined {
  const version = kubernetesVersion(profile);
  if (version === undefined) {
    return undefined;
  }
  const values = layerValues(kubernetesLayer(profile));
  const pack = mapOf(values.pack);
  const setting = (name: Setting): string => usable(pack[name]) ?? DEFAULTS[name];
  const system = layerValues(profile.layers.find(({ layer }) => layer === "os"));
  const network = profile.layers.find(({ layer }) => layer === "cni");
  return {
    version,
    distribution: distributionOf(profile),
    podCidrs: list(setting("podCIDR")),
    serviceCidrs: list(setting("serviceClusterIpRange")),
    serviceDomain: setting("serviceDomain"),
    kubeadm: kubeadmSettings([values.kubeadmconfig, system.kubeadmconfig]),
    network: networkOf(network?.name ?? ""),
    replacesKubeProxy: replacesKubeProxy(layerValues(network)),
  };
}

/** Settings of the Kubernetes layer that are macros, so that the default stands in for them. */
export function unresolvedSettings(profile: Profile): { readonly name: string; readonly used: string }[] {
  const pack = mapOf(layerValues(kubernetesLayer(profile)).pack);
  return (Object.keys(DEFAULTS) as Setting[])
    .filter((name) => typeof pack[name] === "string" && isMacro(pack[name]))
    .map((name) => ({ name: `pack.${name}`, used: DEFAULTS[name] }));
}

/** The Kubernetes layer of a profile; add-on profiles have none. */
export function kubernetesLayer(profile: Profile): Layer | undefined {
  return profile.layers.find(({ layer }) => layer === "k8s");
}

function networkOf(pack: string): Network {
  return (["cilium", "calico", "flannel"] as const).find((name) => pack.includes(name)) ?? "other";
}

/** Cilium's `kubeProxyReplacement`, at the top of a chart's values or below `charts.cilium` of a pack. */
function replacesKubeProxy(values: Fields): boolean {
  const charts = mapOf(values.charts);
  return [values, mapOf(charts.cilium)].some(({ kubeProxyReplacement }) =>
    [true, "true", "strict"].includes(kubeProxyReplacement as string | boolean),
  );
}

function usable(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && !isMacro(value) ? value.trim() : undefined;
}

function isMacro(value: string): boolean {
  return value.includes("{{");
}

/** Palette writes two ranges, IPv4 and IPv6, with a comma between. */
function list(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
