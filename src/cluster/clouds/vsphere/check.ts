import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error } from "../problems.ts";
import { type Placement, placementsOf, type VsphereConfig, type VspherePool } from "./config.ts";

/** Rules over several fields: search domain, pools for static addresses, and zones of pools that are spread. */
export function check(request: ClusterRequest): CloudProblem[] {
  const config = configOf<VsphereConfig>(request.cloudConfig);
  const seen = new Map<string, string>();
  const problems: CloudProblem[] = [];
  const { type = "VIP", ddnsSearchDomain } = config.controlPlaneEndpoint;
  if (ddnsSearchDomain !== undefined && type !== "DDNS") {
    problems.push(
      error(
        ["cloudConfig", "controlPlaneEndpoint", "ddnsSearchDomain"],
        `A search domain is for type DDNS, and the API server has type ${type}. Remove it, or choose DDNS.`,
      ),
    );
  }
  for (const [i, pool] of request.machinePools.entries()) {
    const own = configOf<VspherePool>(pool.cloudConfig);
    const placements = placementsOf(config, own);
    for (const [j, placement] of placements.entries()) {
      const place = ["machinePools", i, "cloudConfig", "placements", j];
      if (config.staticIp === true && placement.network.parentPool === undefined) {
        problems.push(
          error(
            own.placements === undefined || own.placements.length === 0
              ? ["cloudConfig", "placement", "network", "parentPool"]
              : [...place, "network", "parentPool"],
            `Machine pool ${pool.name} has static addresses but no IP pool for network ${placement.network.networkName}. Name one, or use DHCP.`,
          ),
        );
      }
      if (placements.length > 1) {
        problems.push(...sharedProblems(pool.name, place, placement, placements));
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
  const refuse = (message: string): CloudProblem[] => [error([...path, "zone"], message)];
  if (zone === undefined) {
    return refuse(
      `Machine pool ${pool} is spread over ${placements.length} placements, so each needs a zone: the vSphere tag of its compute cluster.`,
    );
  }
  if (placements.findIndex((each) => each.zone === zone) < index) {
    return refuse(`Machine pool ${pool} has zone ${zone} twice. Give each placement a zone of its own.`);
  }
  const content = JSON.stringify(Object.entries(placement).sort(([a], [b]) => (a < b ? -1 : 1)));
  const other = seen.get(zone);
  seen.set(zone, other ?? content);
  return other === undefined || other === content
    ? []
    : refuse(
        `Zone ${zone} is another placement in another machine pool. A zone is one place for the whole cluster.`,
      );
}

/** Failure domains of vSphere carry neither of these, so machines of all zones have the first placement's. */
function sharedProblems(
  pool: string,
  path: readonly (string | number)[],
  placement: Placement,
  [first]: readonly Placement[],
): CloudProblem[] {
  return (["storagePolicyName", "imageTemplateFolder"] as const)
    .filter((field) => placement[field] !== first?.[field])
    .map((field) =>
      error(
        [...path, field],
        `Placements of machine pool ${pool} differ in ${field}. Zones of vSphere have no such setting: make it the same, or make a pool for each.`,
      ),
    );
}

/** A cluster's placement is used by many pools and said once. */
function unique(problems: readonly CloudProblem[]): CloudProblem[] {
  const paths = problems.map(({ path }) => path.join("/"));
  return problems.filter((_, i) => paths.indexOf(paths[i] ?? "") === i);
}
