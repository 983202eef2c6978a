import type { ClusterRequest, MachinePool } from "../../model.ts";
import { configOf } from "../config.ts";

/** Fields of `fields.json` as types. */
export interface EdgeConfig {
  readonly controlPlaneEndpoint: { readonly type?: "VIP" | "External" | "IP"; readonly host: string };
  readonly isTwoNodeCluster?: boolean;
}

export interface EdgePool {
  readonly edgeHosts: readonly EdgeHost[];
  readonly k0sDownloadURL?: string;
}

/** Palette's `v1EdgeNativeMachinePoolHostEntity`, with how to sign in in place of the uid of an agent. */
export interface EdgeHost {
  readonly hostName: string;
  readonly address: string;
  readonly port?: number;
  readonly user?: string;
  readonly useSudo?: boolean;
  readonly sshKey?: string;
  readonly twoNodeCandidatePriority?: "primary" | "secondary";
}

/** Where the API server is reached, with its defaults. */
export function endpointOf({ cloudConfig }: ClusterRequest): Required<EdgeConfig["controlPlaneEndpoint"]> {
  const { type = "VIP", host } = configOf<EdgeConfig>(cloudConfig).controlPlaneEndpoint;
  return { type, host };
}

/** The hosts of a pool. */
export function hostsOf({ cloudConfig }: MachinePool): readonly EdgeHost[] {
  return configOf<EdgePool>(cloudConfig).edgeHosts;
}
