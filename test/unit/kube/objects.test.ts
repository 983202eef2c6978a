import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { objectsLabeled } from "../../../src/kube/objects.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { StubManagement } from "./stub.ts";

const NEW = "infrastructure.cluster.x-k8s.io/v1beta2";
const OLD = "infrastructure.cluster.x-k8s.io/v1beta1";

describe("the objects of a cluster", () => {
  it("are found in every version that providers of one group have, each once", async () => {
    const management = new StubManagement();
    management.served.push(
      [NEW, "DevCluster", "devclusters"],
      [OLD, "DevCluster", "devclusters"],
      [OLD, "AzureCluster", "azureclusters"],
    );
    const object = (apiVersion: string, kind: string): KubeObject => ({
      apiVersion,
      kind,
      metadata: { name: "web", namespace: "team-a", labels: { "cluster.x-k8s.io/cluster-name": "web" } },
    });
    management.objects = [object(NEW, "DevCluster"), object(OLD, "DevCluster"), object(OLD, "AzureCluster")];
    const found = await objectsLabeled(management, { namespace: "team-a", name: "web" }, {});
    assert.deepEqual(
      found.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`).sort(),
      [`${OLD} AzureCluster`, `${NEW} DevCluster`].sort(),
    );
  });
});
