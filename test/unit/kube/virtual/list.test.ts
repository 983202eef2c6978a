import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { VIRTUAL_DELETING } from "../../../../src/cluster/index.ts";
import { refuseHost } from "../../../../src/kube/virtual/guard.ts";
import { listHosts } from "../../../../src/kube/virtual/hosts.ts";
import { listVirtualClusters } from "../../../../src/kube/virtual/list.ts";
import { isPaletteError } from "../../../../src/shared/errors.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { planVirtualCluster } from "../../../../src/virtual/index.ts";
import { host, request } from "../../virtual/facts.ts";
import { stubOf } from "./stub.ts";

function record(labels: Readonly<Record<string, string>> = {}): KubeObject {
  const [object] = planVirtualCluster(request(), host("one"));
  assert.ok(object !== undefined);
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } } };
}

function registered(
  status: object,
  labels: Readonly<Record<string, string>> = {},
  name = "tenant",
): KubeObject {
  return {
    apiVersion: "lib.projectsveltos.io/v1beta1",
    kind: "SveltosCluster",
    metadata: {
      name,
      namespace: "dev",
      labels: { "virtual.palette-onboarding/cluster": "tenant", ...labels },
    },
    status,
  };
}

function summary(status: object): KubeObject {
  return {
    apiVersion: "config.projectsveltos.io/v1beta1",
    kind: "ClusterSummary",
    metadata: {
      name: "s",
      namespace: "dev",
      ownerReferences: [{ kind: "Profile", name: "vcluster-tenant", uid: "u" }],
    },
    status,
  };
}

describe("a virtual cluster in the list", () => {
  const healthy = { ready: true, connectionStatus: "Healthy", version: "v1.36.0" };
  const failing = { featureSummaries: [{ status: "Failed", failureMessage: "no\n chart" }] };
  const overtaken = {
    featureSummaries: [
      {
        status: "Failed",
        failureMessage: "Operation cannot be fulfilled on s: the object has been modified",
      },
    ],
  };
  const cases: readonly (readonly [state: string, message: string | undefined, ...objects: KubeObject[]])[] =
    [
      ["waiting", undefined, record()],
      ["waiting", "no chart", record(), summary(failing)],
      ["waiting", undefined, record(), summary(overtaken)],
      ["waiting", "refused", record(), registered({ ready: false, failureMessage: "refused" })],
      ["running", undefined, record(), registered(healthy)],
      [
        "paused",
        undefined,
        record({ "virtual.palette-onboarding/paused": "1" }),
        registered({ ready: false }),
      ],
      ["deleting", undefined, record({ [VIRTUAL_DELETING]: "true" }), registered(healthy)],
    ];
  for (const [state, message, ...objects] of cases) {
    test(`is ${state}${message === undefined ? "" : `: ${message}`}`, async () => {
      const [found, ...others] = await listVirtualClusters(stubOf(...objects));
      assert.equal(others.length, 0);
      assert.equal(found?.state, state);
      assert.equal(found?.message, message);
      assert.equal(found?.host, "one");
    });
  }

  test("is none where a ConfigMap is something else", async () => {
    const other = { ...record(), metadata: { ...record().metadata, annotations: {} } };
    assert.deepEqual(await listVirtualClusters(stubOf(other)), []);
  });
});

test("clusters that cannot be hosts are told with the reason, and what is given away is counted", async () => {
  const cluster = (name: string, initialized: boolean): KubeObject => ({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name, namespace: "dev" },
    status: { initialization: { controlPlaneInitialized: initialized } },
  });
  const management = stubOf(
    record(),
    cluster("new", false),
    cluster("one", true),
    registered({ ready: true }, { "palette-onboarding/import-mode": "read-only" }, "seen"),
    registered({ ready: true, connectionStatus: "Down" }, {}, "lost"),
    registered({ ready: true }, { "virtual.palette-onboarding/host": "one" }),
  );
  const hosts = await listHosts(management, "dev");
  assert.deepEqual(Object.fromEntries(hosts.map(({ name, unfit }) => [name, unfit])), {
    lost: "is not connected",
    new: "is not ready yet",
    one: undefined,
    seen: "was imported read-only",
    tenant: "is a virtual cluster itself",
  });
  const one = hosts.find(({ name }) => name === "one");
  assert.deepEqual(one?.taken, request().resources);
  // Nobody has its kubeconfig, so nobody saw its nodes.
  assert.equal(one?.capacity, undefined);
});

test("a cluster that virtual clusters live on is not let go", async () => {
  const management = stubOf(record());
  await refuseHost(management, { namespace: "dev", name: "two" }, {});
  await assert.rejects(
    refuseHost(management, { namespace: "dev", name: "one" }, {}),
    (error) => isPaletteError(error, "Refused") && error.message.includes("live on one: tenant"),
  );
});
