import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { subnetProblems, zoneProblems } from "../gcp/check.ts";
import { error, warning } from "../problems.ts";
import { type GkeConfig, type GkePool, isZone, locationOf } from "./config.ts";

/** GKE's rule for names of clusters and node pools. */
const NAME = /^[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?$/;

/** Zones that GKE puts a node pool in where a regional cluster names none (DefaultNumRegionsPerZone of the provider). */
const USUAL_ZONES = 3;

/** What fields of a request on GKE must have of each other. */
export function checkGke(request: ClusterRequest): CloudProblem[] {
  const config = configOf<GkeConfig>(request.cloudConfig);
  return [
    ...(NAME.test(request.name)
      ? []
      : [
          error(
            ["cloudType"],
            `GKE takes names of at most 40 characters that begin with a letter, which ${request.name} is not.`,
          ),
        ]),
    ...locationProblems(config),
    ...subnetProblems(config),
    ...autopilotProblems(request, config),
    ...request.machinePools.flatMap((pool, i) => poolProblems(pool, config, ["machinePools", i])),
  ];
}

function locationProblems(config: GkeConfig): CloudProblem[] {
  const location = locationOf(config);
  return location === config.region || location.startsWith(`${config.region}-`)
    ? []
    : [
        error(
          ["cloudConfig", "managedClusterConfig", "location"],
          `${location} is neither region ${config.region} nor a zone of it.`,
        ),
      ];
}

/** Webhook of GCPManagedControlPlane, and the provider's refusal of pools. */
function autopilotProblems({ machinePools }: ClusterRequest, config: GkeConfig): CloudProblem[] {
  if (config.managedClusterConfig?.enableAutoPilot !== true) {
    return machinePools.length === 0
      ? [error(["machinePools"], "Without Autopilot a cluster needs a machine pool.")]
      : [];
  }
  return [
    ...(machinePools.length > 0
      ? [error(["machinePools"], "With Autopilot Google runs the machines: there can be no machine pools.")]
      : []),
    ...(isZone(locationOf(config))
      ? [
          error(
            ["cloudConfig", "managedClusterConfig", "location"],
            "Autopilot clusters are in a region, not in one zone.",
          ),
        ]
      : []),
    ...(["loggingService", "monitoringService"] as const)
      .filter((field) => config[field] !== undefined)
      .map((field) =>
        warning(["cloudConfig", field], "Autopilot decides this by itself, so it is not used."),
      ),
  ];
}

function poolProblems(pool: MachinePool, config: GkeConfig, path: CloudProblem["path"]): CloudProblem[] {
  const { azs = [], scalingPolicy } = configOf<GkePool>(pool.cloudConfig);
  const isRegional = !isZone(locationOf(config));
  const zones = azs.length === 0 ? USUAL_ZONES : azs.length;
  return [
    ...(NAME.test(pool.name)
      ? []
      : [
          error([...path, "poolConfig", "name"], "GKE takes at most 40 characters that begin with a letter."),
        ]),
    ...zoneProblems(azs, config.region, [...path, "cloudConfig", "azs"]),
    ...(isRegional && pool.size % zones !== 0
      ? [
          error(
            [...path, "poolConfig", "size"],
            `GKE puts as many nodes into each of ${zones} zones, so the size must be a multiple of ${zones}.`,
          ),
        ]
      : []),
    ...(scalingPolicy !== undefined && pool.autoscaling === undefined
      ? [
          warning(
            [...path, "cloudConfig", "scalingPolicy"],
            "Only a pool with a least and a largest size scales, so this is not used.",
          ),
        ]
      : []),
    ...(pool.updateStrategy === undefined
      ? []
      : [
          warning(
            [...path, "poolConfig", "updateStrategy"],
            "GKE replaces nodes in its own way, so the update strategy is not used.",
          ),
        ]),
  ];
}
