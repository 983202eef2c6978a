/** Layers of a profile from the bottom of the stack (palette.md 2.1). */
export type CatalogLayer = "os" | "k8s" | "cni" | "csi" | "addon";

/** Kinds of add-ons (palette.md 2.5); Palette also writes `app-services` for the first. */
export const ADDON_TYPES = [
  "app services",
  "authentication",
  "ingress",
  "load balancer",
  "logging",
  "monitoring",
  "registry",
  "security",
  "servicemesh",
  "system app",
  "integration",
  "ai",
] as const;
export type AddonType = (typeof ADDON_TYPES)[number];

export interface PackVersion {
  /** As Palette tags it, without a leading v: the chart's version where Palette takes the chart itself. */
  readonly version: string;
  /** The chart that brings this version; absent where no chart is known. */
  readonly chartVersion?: string;
  /** Version of the software, where it differs from the version. */
  readonly appVersion?: string;
  /** Charts to install in this order, where they differ from those of the source. */
  readonly charts?: readonly string[];
  /** Kubernetes versions it supports, a node-semver range; absent where nobody says. */
  readonly kubernetes?: string;
  /** Day on which support ends, yyyy-mm-dd. */
  readonly endOfLife?: string;
}

/** Where the open equivalent of a pack comes from. */
type PackSource =
  | { readonly kind: "helm" | "oci"; readonly repository: string; readonly charts: readonly string[] }
  | {
      readonly kind: "manifests";
      readonly repository: string;
      readonly path?: string;
      readonly kustomize?: true;
    }
  /** A machine image, named by a rule with `{os}` and `{kubernetes}` in it. */
  | { readonly kind: "image"; readonly image: string }
  /** A Cluster API control plane. */
  | { readonly kind: "provider"; readonly provider: string }
  | { readonly kind: "none"; readonly reason: string };

interface ValueHint {
  /** Dotted path in the layer's values. */
  readonly path: string;
  readonly description: string;
  readonly type?: "string" | "number" | "boolean" | "list" | "map" | "cidr" | "password";
  readonly options?: readonly string[];
  readonly required?: true;
}

/** Kubernetes objects as YAML. */
interface PackManifest {
  readonly name: string;
  readonly content: string;
}

/** A named change of the values; a layer has at most one of each group (palette.md 2.5). */
interface Preset {
  readonly name: string;
  readonly group: string;
  readonly displayName: string;
  /** YAML to merge into the values. */
  readonly add: string;
  /** Paths to remove first. */
  readonly remove?: readonly string[];
}

/** What another pack of the same profile means to this one (palette.md 2.5). */
interface PackConstraint {
  readonly pack: string;
  readonly type: "required" | "optional" | "notSupported";
  readonly minVersion?: string;
  readonly maxVersion?: string;
  readonly reason?: string;
}

interface Retirement {
  /** yyyy, yyyy-mm or yyyy-mm-dd. */
  readonly since?: string;
  /** Name of the pack to take instead. */
  readonly replacement?: string;
  readonly reason: string;
}

/**
 * Where Palette finds a pack: a registry that it knows from the start, the repository of its chart (`Helm`), or
 * nowhere, since only this catalog has it (`Catalog`).
 */
type PackRegistry = "Public Repo" | "Palette Community Registry" | "Helm" | "Catalog";

/** A registry of the user's own, as layers name it. */
export interface UserRegistry {
  readonly name: string;
  readonly kind: "helm" | "oci";
  readonly isPrivate: boolean;
}

/** One file of catalog/packs, as schemas/pack.schema.json has it. */
export interface PackData {
  readonly name: string;
  readonly displayName: string;
  readonly aliases?: readonly string[];
  readonly addonTwin?: string;
  readonly layer: CatalogLayer;
  readonly addonType?: AddonType;
  readonly summary: string;
  /** Cloud types; `custom` stands for every custom one. */
  readonly clouds: "all" | readonly string[];
  readonly registry?: PackRegistry;
  readonly versions: readonly PackVersion[];
  readonly source: PackSource;
  readonly namespace?: string;
  readonly values?: string;
  /** What a layer of this pack installs by itself, where nothing can be fetched; `{version}` stands for its version. */
  readonly manifests?: readonly PackManifest[];
  readonly hints?: readonly ValueHint[];
  readonly presets?: readonly Preset[];
  readonly constraints?: readonly PackConstraint[];
  readonly notes?: readonly string[];
  readonly retired?: Retirement;
}

/** A pack with every default filled in. */
export interface Pack
  extends Required<Omit<PackData, "addonTwin" | "addonType" | "namespace" | "registry" | "retired">> {
  readonly registry: PackRegistry | UserRegistry;
  /** Set for add-ons only. */
  readonly addonType: AddonType | undefined;
  readonly namespace: string | undefined;
  readonly retired: Retirement | undefined;
  /** Whether a change of this layer replaces machines: true for the operating system and Kubernetes. */
  readonly replacesNodes: boolean;
}

/** A minor release of Kubernetes (engines.md 8). */
export interface KubernetesRelease {
  /** For example `1.36`. */
  readonly minor: string;
  readonly released: string;
  /** Absent while the project has not set the day. */
  readonly endOfLife?: string;
  /** Newest patch release known to the catalog. */
  readonly newest: string;
}

/** The compiled catalog, src/catalog/packs.json. */
export interface CatalogData {
  readonly kubernetes: readonly KubernetesRelease[];
  readonly packs: readonly PackData[];
}
