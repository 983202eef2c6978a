import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { nameProblems, shapeProblems, vcnProblems } from "../oci/check.ts";
import { error, twice } from "../problems.ts";
import type { OkeConfig, OkePool } from "./config.ts";
import { subnetsOf } from "./network.ts";

/** The provider's webhooks, for control planes and for machine pools. */
const LONGEST_NAME = 31;

/** What fields of a request on Oracle Kubernetes Engine must have of each other. */
export function checkOke(request: ClusterRequest): CloudProblem[] {
  const config = configOf<OkeConfig>(request.cloudConfig);
  return [
    ...nameProblems(request.name, LONGEST_NAME),
    ...vcnProblems(
      config,
      // With pods in a subnet of their own: their range is judged, too, where the network layer does not use it.
      subnetsOf("OCI_VCN_IP_NATIVE").map(({ field, cidr }) => [field, config.subnetCidrs?.[field] ?? cidr]),
    ),
    ...(config.addons !== undefined && config.addons.length > 0 && config.clusterType !== "ENHANCED_CLUSTER"
      ? [error(["cloudConfig", "addons"], "Only enhanced clusters take add-ons.")]
      : []),
    ...(request.machinePools.length === 0
      ? [error(["machinePools"], "A cluster needs a machine pool.")]
      : []),
    ...request.machinePools.flatMap((pool, i) => poolProblems(request.name, pool, ["machinePools", i])),
  ];
}

function poolProblems(cluster: string, pool: MachinePool, path: CloudProblem["path"]): CloudProblem[] {
  const config = configOf<OkePool>(pool.cloudConfig);
  const name = `${cluster}-${pool.name}`;
  const needPlaces = (["faultDomains", "capacityReservationId"] as const).filter(
    (field) => config[field] !== undefined && (config.azs ?? []).length === 0,
  );
  return [
    ...(name.length > LONGEST_NAME
      ? [
          error(
            [...path, "poolConfig", "name"],
            `The node pool would be called ${name}, and Oracle Cloud takes at most ${LONGEST_NAME} characters.`,
          ),
        ]
      : []),
    ...twice(config.azs, [...path, "cloudConfig", "azs"], "Availability domain"),
    ...shapeProblems(config, [...path, "cloudConfig"]),
    ...needPlaces.map((field) =>
      error([...path, "cloudConfig", field], "This belongs to availability domains, so name them as well."),
    ),
  ];
}
