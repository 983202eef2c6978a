import { parse } from "yaml";
import type { Layer, Profile } from "../profile/model.ts";
import type { KubernetesSettings } from "./clouds/cloud.ts";

const EXACT = /^v?(\d+\.\d+\.\d+)$/;
const DEFAULTS = {
  podCIDR: "192.168.0.0/16",
  serviceClusterIpRange: "10.96.0.0/12",
  serviceDomain: "cluster.local",
};
type Setting = keyof typeof DEFAULTS;

/** The exact Kubernetes version of a profile without a leading v, or nothing where it is not pinned. */
export function kubernetesVersion(profile: Profile): string | undefined {
  const layer = kubernetesLayer(profile);
  return EXACT.exec(layer?.tag ?? "")?.[1] ?? EXACT.exec(layer?.version ?? "")?.[1];
}

/** What the Kubernetes layer says about the cluster; nothing without an exact version. */
export function kubernetesSettings(profile: Profile): KubernetesSettings | undefined {
  const version = kubernetesVersion(profile);
  if (version === undefined) {
    return undefined;
  }
  const pack = packSettings(kubernetesLayer(profile));
  const setting = (name: Setting): string => usable(pack[name]) ?? DEFAULTS[name];
  return {
    version,
    podCidrs: list(setting("podCIDR")),
    serviceCidrs: list(setting("serviceClusterIpRange")),
    serviceDomain: setting("serviceDomain"),
  };
}

/** Settings of the Kubernetes layer that are macros, so that the default stands in for them. */
export function unresolvedSettings(profile: Profile): { readonly name: string; readonly used: string }[] {
  const pack = packSettings(kubernetesLayer(profile));
  return (Object.keys(DEFAULTS) as Setting[])
    .filter((name) => typeof pack[name] === "string" && isMacro(pack[name]))
    .map((name) => ({ name: `pack.${name}`, used: DEFAULTS[name] }));
}

export function kubernetesLayer(profile: Profile): Layer | undefined {
  return profile.layers.find(({ layer }) => layer === "k8s");
}

/** The `pack` block of a layer's values. Values that are no YAML are the language's to report. */
function packSettings(layer: Layer | undefined): Readonly<Record<string, unknown>> {
  try {
    const values: unknown = parse(layer?.values ?? "", { logLevel: "silent", maxAliasCount: 100 });
    const pack = isRecord(values) ? values.pack : undefined;
    return isRecord(pack) ? pack : {};
  } catch {
    return {};
  }
}

function usable(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && !isMacro(value) ? value.trim() : undefined;
}

function isMacro(value: string): boolean {
  return value.includes("{{");
}

/** Palette writes two ranges, IPv4 and IPv6, with a comma between. */
function list(value: string): string[] {
  return value.split(",").map((part) => part.trim());
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
