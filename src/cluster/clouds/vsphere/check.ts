import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { type Placement, placementsOf, type VsphereConfig, type VspherePool } from "./config.ts";

/** Rules over several fields: pools for static addresses, and zones of pools that are spread. */
export function check(request: ClusterRequest): CloudProblem[] {
  const config = configOf<VsphereConfig>(request.cloudConfig);
  const seen = new Map<string, string>();
  const problems: CloudProblem[] = [];
  for (const [i, pool] of request.machinePools.entries()) {
    const own = configOf<VspherePool>(pool.cloudConfig);
    const placements = placementsOf(config, own);
    for (const [j, placement] of placements.entries()) {
      const place = ["machinePools", i, "cloudConfig", "placements", j];
      if (config.staticIp === true && placement.network.parentPool === undefined) {
        problems.push({
          path:
            own.placements === undefined || own.placements.length === 0
              ? ["cloudConfig", "placement", "network", "parentPool"]
              : [...place, "network", "parentPool"],
          severity: "error",
          message: `Machine pool ${pool.name} has static addresses but no IP pool for network ${placement.network.networkName}. Name one, or use DHCP.`,
        });
      }
      if (placements.length > 1) {
        problems.push(...zoneProblems(pool.name, place, placement, placements, j, seen));
      }
    }
  }
  return unique(problems);
}

function zoneProblems(
  pool: string,
  path: (string | number)[],
  placement: Placement,
  placements: readonly Placement[],
  index: number,
  seen: Map<string, string>,
): CloudProblem[] {
  const { zone } = placement;
  const error = (message: string): CloudProblem[] => [
    { path: [...path, "zone"], severity: "error", message },
  ];
  if (zone === undefined) {
    return error(
      `Machine pool ${pool} is spread over ${placements.length} placements, so each needs a zone: the vSphere tag of its compute cluster.`,
    );
  }
  if (placements.findIndex((each) => each.zone === zone) < index) {
    return error(`Machine pool ${pool} has zone ${zone} twice. Give each placement a zone of its own.`);
  }
  const content = JSON.stringify(Object.entries(placement).sort(([a], [b]) => (a < b ? -1 : 1)));
  const other = seen.get(zone);
  seen.set(zone, other ?? content);
  return other === undefined || other === content
    ? []
    : error(
        `Zone ${zone} is another placement in another machine pool. A zone is one place for the whole cluster.`,
      );
}

/** A cluster's placement is used by many pools and said once. */
function unique(problems: readonly CloudProblem[]): CloudProblem[] {
  const paths = problems.map(({ path }) => path.join("/"));
  return problems.filter((_, i) => paths.indexOf(paths[i] ?? "") === i);
}
