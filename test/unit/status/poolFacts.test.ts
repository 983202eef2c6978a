import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clusterStatuses } from "../../../src/status/index.ts";
import { PoolFacts } from "../../../src/status/poolFacts.ts";
import { cluster, object } from "./support.ts";

const NOW = new Date("2026-11-24T11:00:00Z");
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";

/** A MachineDeployment of the pool `workers` with one machine, each in a zone. */
function inZone(zone: string, bounds: readonly [min: string, max: string] | undefined) {
  const name = `workers-${zone}`;
  const deployment = object("cluster.x-k8s.io/v1beta2", "MachineDeployment", {
    name,
    labels: { "palette-onboarding/pool": "workers" },
    status: { readyReplicas: 1 },
  });
  const autoscaler = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";
  const annotations =
    bounds === undefined
      ? {}
      : { [`${autoscaler}-min-size`]: bounds[0], [`${autoscaler}-max-size`]: bounds[1] };
  return [
    { ...deployment, metadata: { ...deployment.metadata, annotations } },
    object("cluster.x-k8s.io/v1beta2", "Machine", {
      name: `${name}-1`,
      labels: { "cluster.x-k8s.io/deployment-name": name },
      spec: { failureDomain: zone, infrastructureRef: { kind: "AWSMachine", name: `${name}-1` } },
    }),
    object(INFRASTRUCTURE, "AWSMachine", { name: `${name}-1`, spec: { instanceType: "m6i.xlarge" } }),
  ];
}

describe("facts of a machine pool", () => {
  const cases = [
    [
      "of two zones, which share its bounds",
      [...inZone("a", ["1", "3"]), ...inZone("b", ["1", "3"])],
      ["m6i.xlarge", "2 zones", "autoscale 2 to 6"],
    ],
    ["of one zone without bounds", inZone("a", undefined), ["m6i.xlarge", "a"]],
    ["are none where nothing tells", inZone("a", undefined).slice(0, 1), []],
  ] as const;
  for (const [what, owned, expected] of cases) {
    it(what, () => {
      const objects = [cluster("AWSCluster", "available"), ...owned];
      const [status] = clusterStatuses(objects, NOW);
      const pool = status?.pools.find(({ name }) => name === "workers");
      assert.ok(pool !== undefined);
      assert.deepEqual(new PoolFacts(objects).of(pool), expected);
    });
  }
});
