import type { Profile } from "../profile/model.ts";
import type { FitProblem } from "./fit.ts";
import { POOL_LABEL } from "./machines/objects.ts";
import type { ClusterRequest } from "./model.ts";
import { renderCluster } from "./render.ts";

/**
 * No two pools make one object, which the second would take from the first: `workers` over zones 1 and 2 makes what a
 * pool `workers-1` is called. Another name in silence would replace the machines of a pool that is there already, so
 * somebody is to choose one. Asked of what has no other problem: it needs the objects.
 */
export function* checkNames(request: ClusterRequest, profile: Profile): Iterable<FitProblem> {
  const owners = new Map<string, string>();
  for (const { kind, metadata } of renderCluster(request, profile, "")) {
    const pool = metadata.labels?.[POOL_LABEL];
    const object = `${kind} ${metadata.name}`;
    const owner = owners.get(object);
    if (pool !== undefined && owner !== undefined && owner !== pool) {
      yield {
        path: [
          "spec",
          "machinePools",
          request.machinePools.findIndex(({ name }) => name === pool),
          "poolConfig",
          "name",
        ],
        message: `Pools ${owner} and ${pool} would both make ${object}`,
        next: "Give one of them another name.",
      };
    }
    if (pool !== undefined) {
      owners.set(object, pool);
    }
  }
}
