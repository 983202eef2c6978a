import type { MachinePool } from "../../model.ts";
import { configOf } from "../config.ts";
import type { HetznerPool } from "./config.ts";

/** Placement group of a pool. A control plane without a choice still gets one, so that no two of it share a host. */
export function placementGroup(pool: MachinePool): string | undefined {
  const { placementGroupName } = configOf<HetznerPool>(pool.cloudConfig);
  return placementGroupName ?? (pool.isControlPlane ? "control-plane" : undefined);
}

/** `hcloudPlacementGroups` of a HetznerCluster: each group that a pool is in, once. */
export function placementGroups(pools: readonly MachinePool[]): object[] {
  const names = pools.map(placementGroup).filter((name) => name !== undefined);
  return [...new Set(names)].map((name) => ({ name, type: "spread" }));
}
