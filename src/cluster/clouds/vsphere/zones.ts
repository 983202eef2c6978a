import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata } from "../../machines/objects.ts";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import { joinName } from "../../names.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { type Placement, placementsOf, type VsphereConfig, type VspherePool } from "./config.ts";
import { device, resourcePoolOf } from "./placement.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Placements of a pool that is spread over several; none where all machines run in one place. */
export function spread(request: ClusterRequest, pool: MachinePool): Placement[] {
  const placements = placementsOf(
    configOf<VsphereConfig>(request.cloudConfig),
    configOf<VspherePool>(pool.cloudConfig),
  );
  return placements.length > 1 ? placements : [];
}

/** Failure domain of a placement: it has no namespace, and a cluster's name is there only once. */
export function zoneName(cluster: string, { zone = "" }: Placement): string {
  return joinName([cluster, zone]);
}

/** The failure domains of all pools that are spread, each once. */
export function zoneObjects(input: CloudInput): KubeObject[] {
  const { request } = input;
  const zones = new Map<string, { readonly placement: Placement; controlPlane: boolean }>();
  for (const pool of request.machinePools) {
    for (const placement of spread(request, pool)) {
      const name = zoneName(request.name, placement);
      const controlPlane = pool.isControlPlane || zones.get(name)?.controlPlane === true;
      zones.set(name, { placement, controlPlane });
    }
  }
  return [...zones].flatMap(([name, { placement, controlPlane }]) =>
    failureDomain(input, name, placement, controlPlane),
  );
}

/** VSphereFailureDomain says what is there, VSphereDeploymentZone what this cluster takes of it (engines.md 3). */
function failureDomain(
  input: CloudInput,
  name: string,
  placement: Placement,
  controlPlane: boolean,
): KubeObject[] {
  const config = configOf<VsphereConfig>(input.request.cloudConfig);
  const { namespace: _, ...metadata } = objectMetadata(input, name);
  return [
    {
      apiVersion: API_VERSION,
      kind: "VSphereFailureDomain",
      metadata,
      spec: {
        region: {
          name: placement.region ?? placement.datacenter,
          type: "Datacenter",
          tagCategory: config.regionTagCategory ?? "k8s-region",
        },
        zone: {
          name: placement.zone,
          type: "ComputeCluster",
          tagCategory: config.zoneTagCategory ?? "k8s-zone",
        },
        topology: {
          datacenter: placement.datacenter,
          computeCluster: placement.cluster,
          datastore: placement.datastore,
          networkConfigurations: [device(config, placement)],
        },
      },
    },
    {
      apiVersion: API_VERSION,
      kind: "VSphereDeploymentZone",
      metadata,
      spec: {
        server: config.server,
        failureDomain: name,
        controlPlane,
        placementConstraint: {
          resourcePool: resourcePoolOf(placement),
          ...(placement.folder === undefined ? {} : { folder: placement.folder }),
        },
      },
    },
  ];
}
