import type { Pack } from "../catalog/index.ts";

/** `registry.metadata` of a layer. */
export interface Registry {
  readonly name: string;
  readonly uid?: string;
  readonly kind: "pack" | "helm" | "oci";
  readonly isPrivate: boolean;
  readonly providerType: string;
}

/** Palette's well-known registries (palette.md 2.3). */
export const WELL_KNOWN: readonly Required<Registry>[] = [
  { name: "Public Repo", uid: "5eecc89d0b150045ae661cef", kind: "pack", isPrivate: false, providerType: "" },
  {
    name: "Palette Community Registry",
    uid: "64eaff5630402973c4e1856a",
    kind: "oci",
    isPrivate: true,
    providerType: "pack",
  },
];

/** The registry that a pack comes from. */
export function registryOf({ registry, source }: Pack): Registry {
  if (typeof registry === "object") {
    const { name, kind, isPrivate } = registry;
    return { name, kind, isPrivate, providerType: kind === "oci" ? "helm" : "" };
  }
  const known = WELL_KNOWN.find(({ name }) => name === registry);
  if (known !== undefined) {
    return known;
  }
  if (registry === "Catalog" || !("repository" in source)) {
    return { name: "Palette Onboarding", kind: "pack", isPrivate: false, providerType: "" };
  }
  return { name: nameOf(source.repository), kind: "helm", isPrivate: false, providerType: "" };
}

/** Words in addresses that say nothing. */
const GENERIC = new Set([
  "charts",
  "helm-charts",
  "helm",
  "chart",
  "releases",
  "index",
  "stable",
  "www",
  "docs",
]);

/** A short name for a Helm repository: `https://headlamp-k8s.github.io/headlamp/` is `headlamp`. */
function nameOf(repository: string): string {
  const [host = "", ...path] = repository.replace(/^\w+:\/\//, "").split("/");
  const words = [
    ...path.toReversed(),
    ...host
      .replace(/\.(?:github\.io|com|io|org|dev|co|net|sh|cloud)$/, "")
      .split(".")
      .toReversed(),
  ];
  return words.find((word) => word !== "" && !GENERIC.has(word)) ?? host;
}
