import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const AUTOPILOT = { managedClusterConfig: { enableAutoPilot: true } };
const REGIONAL = { managedClusterConfig: {} };
const LOCATION = "cloudConfig.managedClusterConfig.location";

describe("what no single field of GKE can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["a name that begins with a digit", { request: { name: "1st" } }, "cloudType"],
    ["a name of 41 characters", { request: { name: "a".repeat(41) } }, "cloudType"],
    ["a name of 40 characters", { request: { name: "a".repeat(40) } }],
    ["a location elsewhere", { config: { managedClusterConfig: { location: "us-east1-b" } } }, LOCATION],
    ["no pool without Autopilot", { request: { machinePools: [] } }, "machinePools"],
    ["Autopilot without pools", { config: AUTOPILOT, request: { machinePools: [] } }],
    ["Autopilot with a pool", { config: AUTOPILOT, pools: [{ size: 3 }] }, "machinePools"],
    [
      "Autopilot in one zone",
      {
        config: { managedClusterConfig: { enableAutoPilot: true, location: "europe-west1-b" } },
        request: { machinePools: [] },
      },
      LOCATION,
    ],
    [
      "Autopilot with services of one's own",
      { config: { ...AUTOPILOT, loggingService: "none" }, request: { machinePools: [] } },
      "cloudConfig.loggingService (warning)",
    ],
    ["one node in three zones", { config: REGIONAL }, "machinePools.0.poolConfig.size"],
    ["six nodes in three zones", { config: REGIONAL, pools: [{ size: 6 }] }],
    [
      "two nodes in two zones",
      {
        config: REGIONAL,
        pools: [{ size: 2 }],
        poolConfigs: [{ azs: ["europe-west1-b", "europe-west1-c"] }],
      },
    ],
    [
      "a zone of another region",
      { poolConfigs: [{ azs: ["us-east1-b"] }] },
      "machinePools.0.cloudConfig.azs.0",
    ],
    [
      "a pool's name that begins with a digit",
      { pools: [{ name: "1st" }] },
      "machinePools.0.poolConfig.name",
    ],
    [
      "a way to scale without bounds",
      { poolConfigs: [{ scalingPolicy: "any" }] },
      "machinePools.0.cloudConfig.scalingPolicy (warning)",
    ],
    [
      "an update strategy",
      { pools: [{ updateStrategy: { type: "RollingUpdateScaleOut" } }] },
      "machinePools.0.poolConfig.updateStrategy (warning)",
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("gke", "smallest", changes), paths));
  }
});

describe("objects of GKE", () => {
  it("a pool that is not to scale says so: the provider would scale it between 0 and 1", () => {
    assert.deepEqual(valueIn("gke", "smallest", ["GCPManagedMachinePool", "spec", "scaling"]), {
      enableAutoscaling: false,
    });
  });

  it("Autopilot has a release channel, the request's before the usual one", () => {
    const path = ["GCPManagedControlPlane", "spec", "releaseChannel"];
    const none = { request: { machinePools: [] } };
    assert.equal(valueIn("gke", "smallest", path), undefined);
    assert.equal(valueIn("gke", "smallest", path, { ...none, config: AUTOPILOT }), "regular");
    assert.equal(
      valueIn("gke", "smallest", path, { ...none, config: { ...AUTOPILOT, releaseChannel: "rapid" } }),
      "rapid",
    );
  });

  it("Google picks the patch release, for nodes as well", () => {
    const k8s = { version: "1.35.4", tag: "1.35.4" };
    assert.equal(
      valueIn("gke", "smallest", ["GCPManagedControlPlane", "spec", "version"], { layers: { k8s } }),
      "1.35",
    );
    assert.equal(
      valueIn("gke", "smallest", ["MachinePool", "spec", "template", "spec", "version"], { layers: { k8s } }),
      undefined,
    );
  });

  it("values of the Kubernetes layer stand behind the request", () => {
    const values = "managedControlPlane:\n  spec:\n    description: by layer\n    releaseChannel: rapid\n";
    const [controlPlane] = objectsOf("gke", "smallest", "GCPManagedControlPlane", {
      layers: { k8s: { values } },
      config: { releaseChannel: "stable" },
    });
    const spec = controlPlane?.spec as { description?: string; releaseChannel?: string } | undefined;
    assert.deepEqual([spec?.description, spec?.releaseChannel], ["by layer", "stable"]);
  });

  it("the image is Google's", () => {
    assert.equal(imageText("gke", "smallest"), "cos_containerd of GKE 1.36");
    assert.equal(
      imageText("gke", "smallest", { poolConfigs: [{ imageType: "ubuntu_containerd" }] }),
      "ubuntu_containerd of GKE 1.36",
    );
  });
});
