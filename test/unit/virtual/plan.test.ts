import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { catalog } from "../../../src/catalog/index.ts";
import { schemaProblems } from "../../../src/virtual/chart/index.ts";
import {
  ENDPOINT_TYPES,
  groupObject,
  MAX_VIRTUAL_NAME,
  planVirtualCluster,
  readGroup,
  requestOf,
  VCLUSTER,
  virtualClusterValues,
  withReplicas,
} from "../../../src/virtual/index.ts";
import { serverIn, withServer } from "../../../src/virtual/kubeconfig.ts";
import { group, host, request } from "./facts.ts";

/** A value by its path, with slashes. */
function at(values: unknown, path: string): unknown {
  return path.split("/").reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], values);
}

describe("the values of vCluster's chart", () => {
  test("are as the chart's schema wants them, whatever is asked for", () => {
    for (const type of ENDPOINT_TYPES) {
      for (const server of [undefined, "https://tenant.example.com:8443"]) {
        const endpoint = server === undefined ? { type } : { type, server };
        const values = virtualClusterValues(request({ endpoint, kubernetesVersion: "1.35" }));
        assert.deepEqual(schemaProblems(values), [], type);
      }
    }
  });

  test("hold the quota, the address and the version", () => {
    const values = virtualClusterValues(
      request({
        kubernetesVersion: "1.35",
        endpoint: { type: "Ingress", server: "https://tenant.example.com:8443" },
      }),
    );
    const cases: readonly (readonly [path: string, value: unknown])[] = [
      ["policies/resourceQuota/enabled", true],
      ["policies/resourceQuota/quota/requests.cpu", "4"],
      ["policies/resourceQuota/quota/limits.memory", "4096Mi"],
      ["policies/resourceQuota/quota/requests.storage", "10Gi"],
      ["controlPlane/distro/k8s/version", "v1.35.0"],
      ["controlPlane/service/spec/type", "ClusterIP"],
      ["controlPlane/ingress/host", "tenant.example.com"],
      ["controlPlane/proxy/extraSANs", ["tenant.example.com"]],
      ["exportKubeConfig/server", "https://tenant.example.com:8443"],
      ["telemetry/enabled", false],
    ];
    for (const [path, value] of cases) {
      assert.deepEqual(at(values, path), value, path);
    }
  });

  test("say nothing of an address or a version that nobody asked for", () => {
    const values = virtualClusterValues(request());
    for (const path of [
      "exportKubeConfig",
      "controlPlane/proxy",
      "controlPlane/ingress",
      "controlPlane/distro",
    ]) {
      assert.equal(at(values, path), undefined, path);
    }
  });

  test("of the group yield to those of the request, and both to what the request says itself", () => {
    const values = virtualClusterValues(
      request({
        values:
          "telemetry: { enabled: true }\ncontrolPlane: { statefulSet: { highAvailability: { replicas: 3 } } }",
      }),
      group({
        values:
          "logging: { encoding: json }\ncontrolPlane: { service: { spec: { type: NodePort } }, statefulSet: { highAvailability: { replicas: 2 } } }",
      }),
    );
    assert.equal(at(values, "controlPlane/statefulSet/highAvailability/replicas"), 3);
    assert.equal(at(values, "telemetry/enabled"), true);
    assert.equal(at(values, "logging/encoding"), "json");
    assert.equal(at(values, "controlPlane/service/spec/type"), "LoadBalancer");
    assert.equal(at(values, "controlPlane/statefulSet/image/repository"), "loft-sh/vcluster-oss");
  });

  test("come back as they were after a pause", () => {
    const [record] = planVirtualCluster(request(), host("one"));
    const text = String(at(record, "data/values.yaml"));
    const paused = withReplicas(text, 0);
    assert.equal(paused.before, 1);
    assert.equal(at(parse(paused.text), "controlPlane/statefulSet/highAvailability/replicas"), 0);
    assert.deepEqual(parse(withReplicas(paused.text, paused.before).text), parse(text));
  });
});

describe("what is written for a virtual cluster", () => {
  test("puts the chart on its host alone, and takes it off again when deleted", () => {
    const asked = request({ chartRepository: "https://mirror.example.com" });
    const [record, profile] = planVirtualCluster(asked, host("one"));
    assert.deepEqual(record === undefined ? undefined : requestOf(record), asked);
    const spec = profile?.spec as Record<string, unknown>;
    assert.deepEqual(spec.clusterRefs, [
      { apiVersion: "lib.projectsveltos.io/v1beta1", kind: "SveltosCluster", namespace: "dev", name: "one" },
    ]);
    assert.equal(spec.stopMatchingBehavior, "WithdrawPolicies");
    const [chart] = spec.helmCharts as Record<string, unknown>[];
    assert.equal(chart?.repositoryURL, "https://mirror.example.com");
    assert.equal(chart?.releaseName, "tenant");
    assert.equal(chart?.releaseNamespace, "vcluster-tenant");
    assert.deepEqual(chart?.valuesFrom, [{ kind: "ConfigMap", name: record?.metadata.name }]);
  });

  test("names a cluster of Cluster API as what it is", () => {
    const [, profile] = planVirtualCluster(request(), host("one", { kind: "Cluster" }));
    assert.match(JSON.stringify(profile), /"apiVersion":"cluster\.x-k8s\.io\/v1beta2","kind":"Cluster"/);
  });

  test("has names that fit, also the longest", () => {
    const objects = planVirtualCluster(request({ name: "a".repeat(MAX_VIRTUAL_NAME) }), host("one"));
    const longest = Math.max(...objects.map(({ metadata }) => metadata.name.length));
    assert.ok(longest <= 63, String(longest));
  });

  test("is the chart that the catalog has", () => {
    const pack = catalog.find("vcluster");
    assert.equal(pack?.source?.kind === "helm" && pack.source.repository, VCLUSTER.repository);
    assert.ok(pack?.versions.some(({ chartVersion }) => chartVersion === VCLUSTER.version));
  });
});

test("a cluster group is read back as it was written, and has defaults for what somebody left out", () => {
  for (const each of [
    group(),
    group({ values: "sync: {}\n", endpointType: "Ingress", overSubscription: 200 }),
  ]) {
    assert.deepEqual(readGroup(groupObject(each)), each);
  }
  const bare = { ...groupObject(group()), data: { "group.json": "{ broken" } };
  assert.deepEqual(readGroup(bare), group({ hostLabels: {} }));
  assert.equal(readGroup({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "any" } }), undefined);
});

test("a kubeconfig is given another server and keeps all else", () => {
  const text =
    "clusters:\n  - name: a\n    cluster: { server: 'https://localhost:8443', insecure-skip-tls-verify: false }\nusers: []\n";
  const changed = withServer(text, "https://10.0.0.1");
  assert.equal(serverIn(text), "https://localhost:8443");
  assert.equal(serverIn(changed), "https://10.0.0.1");
  assert.deepEqual(parse(withServer(changed, "https://localhost:8443")), parse(text));
});
