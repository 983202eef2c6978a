import type { ClusterRequest } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error } from "../problems.ts";
import { type CloudStackConfig, type CloudStackPool, isShared } from "./config.ts";

/** What CloudStack's resources need besides: a name or an ID, an address where the network has no router. */
export function check(request: ClusterRequest): CloudProblem[] {
  const { zones, controlPlaneEndpoint } = configOf<CloudStackConfig>(request.cloudConfig);
  const problems: CloudProblem[] = [];
  if (request.cloudAccount === undefined) {
    problems.push(error(["cloudAccount"], "CloudStack needs a cloud account: its endpoint and keys."));
  }
  const places = zones.map(({ name, id }) => name ?? id);
  for (const [i, place] of places.entries()) {
    if (place === undefined) {
      problems.push(
        error(["cloudConfig", "zones", i, "name"], "This zone has neither a name nor an ID. Give it one."),
      );
    } else if (places.indexOf(place) < i) {
      problems.push(error(["cloudConfig", "zones", i, "name"], `Zone ${place} is there twice. Remove one.`));
    }
  }
  if (zones.some(isShared) && controlPlaneEndpoint === undefined) {
    problems.push(
      error(
        ["cloudConfig", "controlPlaneEndpoint"],
        "Shared networks have no load balancer, so the API server needs a free address of the network. Name one.",
      ),
    );
  }
  for (const [i, pool] of request.machinePools.entries()) {
    const own = configOf<CloudStackPool>(pool.cloudConfig);
    const path = ["machinePools", i, "cloudConfig"];
    for (const field of ["offering", "template"] as const) {
      if (own[field] !== undefined && own[field].name === undefined && own[field].id === undefined) {
        problems.push(
          error(
            [...path, field, "name"],
            `Machine pool ${pool.name} has a ${field} with neither a name nor an ID. Give it one.`,
          ),
        );
      }
    }
    if ((own.affinityGroupIDs ?? []).length > 0 && (own.affinity ?? "no") !== "no") {
      problems.push(
        error(
          [...path, "affinityGroupIDs"],
          `Machine pool ${pool.name} has both affinity ${own.affinity} and affinity groups. CloudStack takes one of the two.`,
        ),
      );
    }
  }
  return problems;
}
