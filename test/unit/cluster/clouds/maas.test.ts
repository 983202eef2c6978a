import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";

describe("what no single field of MAAS can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    [
      "a network of bare metal",
      { poolConfigs: [{}, { network: { networkName: "br0" } }] },
      `${POOL}.network`,
    ],
    [
      "storage of what are no virtual machines",
      { poolConfigs: [{}, { useLxdVm: false, storagePool: "default" }] },
      `${POOL}.storagePool`,
    ],
    [
      "network and storage of virtual machines",
      { poolConfigs: [{}, { useLxdVm: true, network: { networkName: "br0" }, storagePool: "default" }] },
    ],
  ];
  for (const [title, changes, ...expected] of cases) {
    it(title, () => assert.deepEqual(problemsOf("maas", "smallest", changes), expected));
  }
});

describe("the image of MAAS machines", () => {
  const k3s = { name: "kubernetes-k3s" };
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["follows the layers", {}, "custom/u-2404-0-k-1364-0"],
    ["is MAAS's own for K3s", { layers: { k8s: k3s } }, "ubuntu/noble"],
    [
      "is MAAS's own for K3s on an older release",
      { layers: { k8s: k3s, os: { tag: "22.04" } } },
      "ubuntu/jammy",
    ],
    [
      "is a custom one where MAAS has none",
      { layers: { k8s: k3s, os: { tag: "26.04" } } },
      "custom/ubuntu-2604",
    ],
    ["is the user's own", { config: { image: "custom/golden" } }, "custom/golden"],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("maas", "smallest", changes), text));
  }
});

describe("zones of MAAS", () => {
  it("spread workers as one MachineDeployment each, and the control plane by itself", () => {
    const changes = {
      pools: [{ size: 3 }, { size: 3 }],
      poolConfigs: [{ azs: ["a", "b"] }, { azs: ["b", "c"] }],
    };
    assert.deepEqual(valueIn("maas", "smallest", ["MaasCluster", "spec", "failureDomains"], changes), [
      "a",
      "b",
    ]);
    const pools = objectsOf("maas", "smallest", "MachineDeployment", changes).map(({ spec }) => {
      const { replicas, template } = spec as {
        replicas: number;
        template: { spec: { failureDomain: string } };
      };
      return [template.spec.failureDomain, replicas];
    });
    assert.deepEqual(pools, [
      ["b", 2],
      ["c", 1],
    ]);
  });
});
