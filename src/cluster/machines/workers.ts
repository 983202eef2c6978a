import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { joinName, slug } from "../names.ts";
import { withBounds } from "./autoscaling.ts";
import type { Machines } from "./node.ts";
import { CLUSTER_API, contractRef, POOL_LABEL, poolMetadata, poolName, present } from "./objects.ts";

/**
 * A worker pool: machine template, bootstrap template, and one MachineDeployment per zone with the pool's machines
 * split evenly (design.md, Zones). `version` is as the distribution writes it.
 */
export function workerPool(
  input: CloudInput,
  pool: MachinePool,
  machines: Machines,
  bootstrap: KubeObject,
  version: string,
): KubeObject[] {
  const template = machines.machineTemplate(pool);
  const zones = machines.zones?.(pool) ?? [];
  const places = zones.length === 0 ? [undefined] : zones;
  return [
    template,
    bootstrap,
    ...places.map((zone, i) => {
      const share = (count: number): number => evenShare(count, places.length, i);
      const name = poolName(input.request.name, pool.name);
      const metadata = poolMetadata(
        input,
        pool,
        zone === undefined || places.length === 1 ? name : joinName([name, slug(zone)]),
      );
      const clusterName = input.request.name;
      const bounds = pool.autoscaling && {
        minSize: share(pool.autoscaling.minSize),
        maxSize: share(pool.autoscaling.maxSize),
      };
      const deployment: KubeObject = {
        apiVersion: CLUSTER_API,
        kind: "MachineDeployment",
        metadata: withBounds(metadata, bounds),
        spec: {
          clusterName,
          // The autoscaler owns the number; it begins with the least.
          ...(pool.autoscaling === undefined ? { replicas: share(pool.size) } : {}),
          ...present({ rollout: rolloutOf(pool) }),
          selector: { matchLabels: {} },
          template: {
            metadata: { labels: { [POOL_LABEL]: pool.name } },
            spec: {
              clusterName,
              version,
              ...(zone === undefined ? {} : { failureDomain: zone }),
              bootstrap: { configRef: contractRef(bootstrap) },
              infrastructureRef: contractRef(template),
            },
          },
        },
      };
      return deployment;
    }),
  ];
}

/** The part of `count` that the zone with index `i` of `zones` gets: the first ones one more where it does not divide. */
function evenShare(count: number, zones: number, i: number): number {
  return Math.floor(count / zones) + (i < count % zones ? 1 : 0);
}

function rolloutOf({ updateStrategy }: MachinePool): object {
  if (updateStrategy === undefined) {
    return {};
  }
  const counts = {
    RollingUpdateScaleOut: { maxSurge: 1, maxUnavailable: 0 },
    RollingUpdateScaleIn: { maxSurge: 0, maxUnavailable: 1 },
    OverrideScaling: {
      maxSurge: countOrPercent(updateStrategy.maxSurge),
      maxUnavailable: countOrPercent(updateStrategy.maxUnavailable),
    },
  };
  return { strategy: { type: "RollingUpdate", rollingUpdate: counts[updateStrategy.type] } };
}

function countOrPercent(text = "0"): number | string {
  return text.endsWith("%") ? text : Number(text);
}
