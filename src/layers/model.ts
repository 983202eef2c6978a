/** A Helm chart as a layer installs it. */
export interface Chart {
  /** `https://…` or `oci://…`. */
  readonly repository: string;
  /** The registry whose credentials it is read with. */
  readonly login?: string;
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly namespace: string;
  /** YAML. */
  readonly values: string;
}

export interface Manifest {
  readonly name: string;
  /** YAML documents. */
  readonly content: string;
}

/** Where a layer stands in the order of the cluster; add-ons follow by their priority. */
export const LAYER_STAGES = ["network", "cloud-controller", "storage", "add-on"] as const;
export type LayerStage = (typeof LAYER_STAGES)[number];

/** What a layer of a profile puts on a cluster. */
export interface PlannedLayer {
  /** Name of the layer in the profile. */
  readonly name: string;
  readonly stage: LayerStage;
  /** `spectrocloud.com/install-priority`: lower comes first, equal ones together (palette.md 2.4). */
  readonly priority: number;
  /** In the order of installation. */
  readonly charts: readonly Chart[];
  /** Applied after the charts: custom resources need their operator. */
  readonly manifests: readonly Manifest[];
  /** Namespaces that need labels before anything runs in them. */
  readonly namespaces: readonly Manifest[];
}

/** Why a layer cannot be put on a cluster. */
export interface LayerProblem {
  readonly layer: string;
  /** Without a full stop. */
  readonly message: string;
  readonly next: string;
}
