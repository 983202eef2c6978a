import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { up } from "../../../sandbox/index.ts";
import { missingEngines, useEngines } from "../engines.ts";

describe("the second cluster", { skip: await missingEngines() }, () => {
  const engines = useEngines({ workload: true });
  after(() => engines.workloadKubectl("delete", "namespace", "shop", "--ignore-not-found"));

  test("has a kubeconfig of its own, and is another cluster", async () => {
    assert.equal(engines.status.workload?.context, "palette-workload");
    const uid = ["get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"];
    assert.notEqual(await engines.workloadKubectl(...uid), await engines.kubectl(...uid));
    await assert.rejects(
      engines.workloadKubectl("get", "clusters.cluster.x-k8s.io"),
      /doesn't have a resource type/,
    );
    await assert.rejects(
      engines.workloadKubectl("get", "configmap", "palette-sandbox", "-n", "kube-public"),
      /not found/,
    );
  });

  test("has nodes that are ready and look like a cloud's", async () => {
    await engines.workloadKubectl("wait", "node", "--all", "--for=condition=Ready", "--timeout=30s");
    const { items } = JSON.parse(await engines.workloadKubectl("get", "nodes", "-o", "json")) as {
      items: { metadata: { labels: Record<string, string> }; spec: { providerID: string } }[];
    };
    assert.equal(items.length, 3);
    for (const { metadata, spec } of items) {
      assert.match(spec.providerID, /^aws:\/\/\/eu-central-1[abc]\/i-[0-9a-f]{17}$/);
      assert.equal(metadata.labels["kubernetes.io/os"], "linux");
      assert.ok(metadata.labels["topology.kubernetes.io/zone"]);
    }
  });

  test("runs what is deployed to it", async () => {
    const file = join(process.env.PALETTE_HOME ?? "", "shop.yaml");
    await writeFile(
      file,
      `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeSelector: {kubernetes.io/arch: amd64}
      containers: [{name: web, image: registry.k8s.io/pause}]`,
    );
    await engines.workloadKubectl("apply", "-f", file);
    await engines.workloadKubectl("rollout", "status", "deployment/web", "-n", "shop", "--timeout=60s");
  });

  test("stays when the plane is started without asking for it", async () => {
    const again = await up();
    assert.equal(again.healthy, true);
    assert.deepEqual(again.workload, engines.status.workload);
    assert.deepEqual(
      again.components.map(({ pid }) => pid),
      engines.status.components.map(({ pid }) => pid),
    );
  });
});
