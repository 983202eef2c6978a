import assert from "node:assert/strict";
import { test } from "node:test";
import { detect } from "../../../src/imports/index.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

const NOTHING = { nodes: [], namespaces: [], workloads: [], csiDrivers: [] };

function node(providerID: string | undefined, labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: "v1", kind: "Node", metadata: { name: "n", labels }, spec: { providerID } };
}

function workload(
  name: string,
  {
    labels = {},
    annotations = {},
    image,
  }: { labels?: Record<string, string>; annotations?: Record<string, string>; image?: string } = {},
): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "ns", labels, annotations },
    spec: { template: { spec: { containers: image === undefined ? [] : [{ image }] } } },
  };
}

test("an empty cluster is nothing known", () => {
  assert.deepEqual(detect(NOTHING), {
    cloud: undefined,
    machines: 0,
    network: undefined,
    storage: [],
    releases: [],
    managedBy: [],
  });
});

test("tells the cloud by what its controllers write", () => {
  const cases: readonly [KubeObject, string | undefined][] = [
    [node("aws:///eu-central-1a/i-1"), "aws"],
    [node("aws:///eu-central-1a/i-1", { "eks.amazonaws.com/nodegroup": "a" }), "eks"],
    [node("azure:///subscriptions/x"), "azure"],
    [node("azure:///x", { "kubernetes.azure.com/cluster": "a" }), "aks"],
    [node("gce://p/z/n"), "gcp"],
    [node("gce://p/z/n", { "cloud.google.com/gke-nodepool": "a" }), "gke"],
    [node("vsphere://4201"), "vsphere"],
    [node("kind://docker/kind/kind-worker"), "docker"],
    [node("whatever://x"), undefined],
    [node(undefined), undefined],
  ];
  for (const [each, id] of cases) {
    assert.equal(detect({ ...NOTHING, nodes: [node(undefined), each] }).cloud?.id, id, JSON.stringify(each));
  }
});

test("reads network and its version from label or image", () => {
  const network = (each: KubeObject) => detect({ ...NOTHING, workloads: [workload("other"), each] }).network;
  assert.deepEqual(network(workload("cilium", { image: "quay.io/cilium/cilium:v1.19.4@sha256:abc" })), {
    pack: "cni-cilium-oss",
    title: "Cilium",
    version: "1.19.4",
  });
  assert.equal(
    network(workload("calico-node", { labels: { "app.kubernetes.io/version": "v3.32.1" } }))?.version,
    "3.32.1",
  );
  // A port is no version.
  assert.equal(network(workload("cilium", { image: "registry:5000/cilium" }))?.version, undefined);
});

test("tells releases by what Helm writes, each once, the chart from its own part", () => {
  const helm = (name: string, release: string, chart?: string) =>
    workload(name, {
      annotations: { "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": "monitoring" },
      labels: chart === undefined ? {} : { "helm.sh/chart": chart },
    });
  const { releases } = detect({
    ...NOTHING,
    workloads: [
      helm("a-grafana", "stack", "grafana-9.1.0"),
      helm("a-stack", "stack", "stack-88.5.3_build.1"),
      helm("cert-manager", "cert-manager", "cert-manager-v1.21.1"),
      helm("plain", "unlabeled"),
      workload("no-helm"),
    ],
  });
  assert.deepEqual(releases, [
    { name: "cert-manager", namespace: "monitoring", chart: "cert-manager", version: "1.21.1" },
    { name: "stack", namespace: "monitoring", chart: "stack", version: "88.5.3+build.1" },
    { name: "unlabeled", namespace: "monitoring" },
  ]);
});

test("says who manages a cluster already", () => {
  const namespaces = ["default", "cattle-system", "azure-arc"].map((name) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name },
  }));
  assert.deepEqual(detect({ ...NOTHING, namespaces }).managedBy, ["Rancher", "Azure Arc"]);
});
