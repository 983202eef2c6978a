/** What a request file begins with (design.md, Request file). */
export const REQUEST_API_VERSION = "palette-onboarding/v1";
export const REQUEST_KIND = "ClusterRequest";

/** The value of a profile variable; one that is masked comes from elsewhere and is never text (design.md, Request file). */
export type VariableValue =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly valueFrom:
        | { readonly secretKeyRef: { readonly name: string; readonly key: string } }
        /** Read by the command line from its environment. */
        | { readonly env: string };
    };

/** Values of one layer for this cluster only (Palette's `v1PackValuesEntity`). */
export interface PackValues {
  readonly name: string;
  /** YAML text that takes the place of the layer's values. */
  readonly values: string;
}

/** A published version, or a profile file relative to the request file, and what differs for this cluster. */
export type ProfileRef = ({ readonly name: string; readonly version: string } | { readonly file: string }) & {
  readonly variables?: readonly VariableValue[];
  readonly packValues?: readonly PackValues[];
};

/** Effects of taints, as Kubernetes has them. */
export const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: (typeof TAINT_EFFECTS)[number];
}

/** Palette's ways to replace machines, its default first. */
export const UPDATE_STRATEGIES = [
  "RollingUpdateScaleOut",
  "RollingUpdateScaleIn",
  "OverrideScaling",
] as const;

/** How machines are replaced (Palette's `v1UpdateStrategy`); counts or percentages with `OverrideScaling` only. */
export interface UpdateStrategy {
  readonly type: (typeof UPDATE_STRATEGIES)[number];
  readonly maxSurge?: string;
  readonly maxUnavailable?: string;
}

export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [field: string]: ConfigValue };

/** Fields of a cloud as they are written; the cloud's `fields` have judged them. */
export type CloudConfig = { readonly [field: string]: ConfigValue };

/** Palette's `v1MachinePoolConfigEntity` (palette.md 4 and Appendix D) with its cloud's own fields. */
export interface MachinePool {
  readonly name: string;
  readonly isControlPlane: boolean;
  /** Machines, 0 or more for workers; 1, 3 or 5 for the control plane. */
  readonly size: number;
  /** Both present where the pool scales by itself (workers only). */
  readonly autoscaling?: { readonly minSize: number; readonly maxSize: number };
  /** Node labels. */
  readonly additionalLabels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly updateStrategy?: UpdateStrategy;
  /** Control plane only: it takes workloads as well. */
  readonly useControlPlaneAsWorker: boolean;
  readonly architecture: "amd64" | "arm64";
  readonly cloudConfig: CloudConfig;
}

/** A `*.cluster.yaml` without errors: what to create, nothing about how. */
export interface ClusterRequest {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The id of a cloud folder in clouds/, for example `in-memory`. */
  readonly cloudType: string;
  /** `NAME` or `KIND/NAME` of an identity; absent where the cloud needs none. */
  readonly cloudAccount?: string;
  readonly cloudConfig: CloudConfig;
  /** The profile that the cluster is made from, then add-on profiles that it gets too. */
  readonly profiles: readonly ProfileRef[];
  readonly machinePools: readonly MachinePool[];
}
