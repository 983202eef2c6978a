import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { waitCollected } from "../../../src/kube/deletion.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { StubManagement } from "./stub.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";
const OURS = { "cluster.x-k8s.io/cluster-name": "factory", "palette-onboarding/profile": "vsphere" };

function zone(name: string, labels: Readonly<Record<string, string>>): KubeObject {
  return { apiVersion: API_VERSION, kind: "VSphereDeploymentZone", metadata: { name, labels } };
}

function management(): StubManagement {
  const stub = new StubManagement();
  stub.served.push(
    [API_VERSION, "VSphereDeploymentZone", "vspheredeploymentzones", "cluster"],
    [API_VERSION, "VSphereCluster", "vsphereclusters"],
  );
  stub.objects = [
    zone("factory-a", OURS),
    zone("factory-b", OURS),
    zone("other", { ...OURS, "cluster.x-k8s.io/cluster-name": "office" }),
    zone("by-hand", { "cluster.x-k8s.io/cluster-name": "factory" }),
  ];
  return stub;
}

const names = ({ objects }: StubManagement): string[] => objects.map(({ metadata }) => metadata.name);

describe("what a Cluster cannot own", () => {
  it("goes with it, and nothing of other clusters or other hands", async () => {
    const stub = management();
    await waitCollected(stub, { namespace: "default", name: "factory" }, {});
    assert.deepEqual(names(stub), ["other", "by-hand"]);
  });

  it("does not keep the end of a deletion from who may not see every kind", async () => {
    const stub = management();
    stub.denied.add("list vsphereclusters");
    await waitCollected(stub, { namespace: "default", name: "factory" }, {});
    assert.deepEqual(names(stub), ["other", "by-hand"]);
  });

  it("is left alone where the user may not see it", async () => {
    const stub = management();
    stub.denied.add("list vspheredeploymentzones");
    await waitCollected(stub, { namespace: "default", name: "factory" }, {});
    assert.equal(names(stub).length, 4);
  });
});
