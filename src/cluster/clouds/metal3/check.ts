import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error } from "../problems.ts";
import type { Metal3Pool } from "./config.ts";

/** A host can be used again only once its machine is gone, so nothing may be added first. */
export function check({ machinePools }: ClusterRequest): CloudProblem[] {
  return machinePools.flatMap((pool, i): CloudProblem[] => {
    if (configOf<Metal3Pool>(pool.cloudConfig).nodeReuse !== true) {
      return [];
    }
    const path = ["machinePools", i, "cloudConfig", "nodeReuse"];
    if (pool.updateStrategy?.type !== "RollingUpdateScaleIn") {
      return [
        error(
          path,
          `Machine pool ${pool.name} keeps hosts in upgrades but adds machines first. Set its update strategy to RollingUpdateScaleIn.`,
        ),
      ];
    }
    return pool.isControlPlane && pool.size < 3
      ? [
          error(
            path,
            `Machine pool ${pool.name} keeps hosts in upgrades, which a control plane of fewer than 3 machines cannot. Give it 3 machines, or switch this off.`,
          ),
        ]
      : [];
  });
}
