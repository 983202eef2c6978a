export const REQUEST_API_VERSION = "palette-onboarding/v1";
export const REQUEST_KIND = "ClusterRequest";

/** A published version, or a profile file relative to the request file. */
export type ProfileRef = { readonly name: string; readonly version: string } | { readonly file: string };

/** Palette's `v1MachinePoolConfigEntity` (palette.md 4), as far as clusters are made from it today. */
export interface MachinePool {
  readonly name: string;
  readonly isControlPlane: boolean;
  /** Machines, 0 or more for workers; 1, 3 or 5 for the control plane. */
  readonly size: number;
  /** Node labels. */
  readonly additionalLabels: Readonly<Record<string, string>>;
}

/** A `*.cluster.yaml` without errors: what to create, nothing about how. */
export interface ClusterRequest {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The id of a cloud folder in clouds/, for example `in-memory`. */
  readonly cloudType: string;
  readonly profiles: readonly ProfileRef[];
  readonly machinePools: readonly MachinePool[];
}
