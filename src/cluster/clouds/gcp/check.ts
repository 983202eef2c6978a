import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error, twice, warning } from "../problems.ts";
import type { GcpConfig, GcpPool } from "./config.ts";

/** Machine series that can compute confidentially, by how (webhook of GCPMachineTemplate). */
const CONFIDENTIAL: Readonly<Record<string, readonly string[]>> = {
  Enabled: ["n2d", "c2d", "c3d"],
  AMDEncryptedVirtualization: ["n2d", "c2d", "c3d"],
  AMDEncryptedVirtualizationNestedPaging: ["n2d"],
  IntelTrustedDomainExtensions: ["c3"],
};

/** What fields of a request on Google Compute Engine must have of each other. */
export function checkGcp(request: ClusterRequest): CloudProblem[] {
  const config = configOf<GcpConfig>(request.cloudConfig);
  return [
    ...subnetProblems(config),
    ...request.machinePools.flatMap((pool, i) => {
      const at = (field: string): (string | number)[] => ["machinePools", i, "cloudConfig", field];
      const { azs = [] } = configOf<GcpPool>(pool.cloudConfig);
      return [...zoneProblems(azs, config.region, at("azs")), ...machineProblems(pool, at)];
    }),
  ];
}

/** Zones that are not of the region, or twice. */
export function zoneProblems(
  zones: readonly string[],
  region: string,
  path: CloudProblem["path"],
): CloudProblem[] {
  return [
    ...twice(zones, path, "Zone"),
    ...zones.flatMap((zone, i) =>
      zone.startsWith(`${region}-`) ? [] : [error([...path, i], `Zone ${zone} is not in region ${region}.`)],
    ),
  ];
}

/** A network without subnetworks of its own has nowhere to put machines. */
export function subnetProblems({
  autoCreateSubnetworks,
  subnets = [],
}: Pick<GcpConfig, "autoCreateSubnetworks" | "subnets">): CloudProblem[] {
  return [
    ...twice(
      subnets.map(({ name }) => name),
      ["cloudConfig", "subnets"],
      "Subnetwork",
      "name",
    ),
    ...(autoCreateSubnetworks === false && subnets.length === 0
      ? [
          warning(
            ["cloudConfig", "autoCreateSubnetworks"],
            "The network gets no subnetwork by itself and none is listed: it must have one in this region.",
          ),
        ]
      : []),
  ];
}

function machineProblems(pool: MachinePool, at: (field: string) => (string | number)[]): CloudProblem[] {
  const config = configOf<GcpPool>(pool.cloudConfig);
  const problems: CloudProblem[] = [];
  if (config.image !== undefined && config.imageFamily !== undefined) {
    problems.push(warning(at("imageFamily"), "The image is named, so its family is not used."));
  }
  const { confidentialCompute = "Disabled", instanceType, onHostMaintenance } = config;
  const series = CONFIDENTIAL[confidentialCompute];
  if (series !== undefined && onHostMaintenance === "Migrate") {
    problems.push(
      error(
        at("onHostMaintenance"),
        "Machines that compute confidentially cannot migrate: choose Terminate, or leave this out.",
      ),
    );
  }
  if (series !== undefined && !series.includes(instanceType.split("-")[0] ?? "")) {
    problems.push(
      error(
        at("confidentialCompute"),
        `Machine type ${instanceType} cannot do this; series that can: ${series.join(", ")}.`,
      ),
    );
  }
  if (pool.isControlPlane && config.provisioningModel === "Spot") {
    problems.push(
      warning(
        at("provisioningModel"),
        "Google can take spot machines away at any time, and the control plane with them.",
      ),
    );
  }
  return problems;
}
