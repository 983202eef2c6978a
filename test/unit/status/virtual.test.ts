import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { ImportedStatuses, Moment, unconnectedVirtual } from "../../../src/status/index.ts";
import type { LayerStatus } from "../../../src/status/model.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const healthy = { ready: true, connectionStatus: "Healthy", version: "v1.36.0" };

function cluster(status: object | undefined, metadata: object = {}, labels: object = {}): KubeObject {
  return {
    apiVersion: "lib.projectsveltos.io/v1beta1",
    kind: "SveltosCluster",
    metadata: {
      name: "try",
      namespace: "team",
      labels: {
        "palette-onboarding/import-mode": "full",
        "virtual.palette-onboarding/host": "prod",
        ...labels,
      },
      ...metadata,
    },
    spec: {},
    ...(status === undefined ? {} : { status }),
  };
}

const statusOf = (object: KubeObject, layers: readonly LayerStatus[] = []) => {
  const [status] = new ImportedStatuses().update([object], NOW, new Map([["team/try", layers]]));
  assert.ok(status);
  return status;
};

describe("virtual clusters", () => {
  const cases: readonly [string, KubeObject, string, string, RegExp][] = [
    ["nobody looked yet", cluster(undefined), "waiting", "busy", /^Starting$/],
    ["it answers", cluster(healthy), "running", "good", /^Running$/],
    [
      "one failure",
      cluster({ ...healthy, failureMessage: "i/o timeout" }),
      "running",
      "attention",
      /^The last connection failed: i\/o timeout$/,
    ],
    [
      "down",
      cluster({ connectionStatus: "Down", failureMessage: "connection refused" }),
      "running",
      "bad",
      /^No connection: connection refused$/,
    ],
    [
      "paused, whatever the connection says",
      cluster(
        { connectionStatus: "Down", failureMessage: "refused" },
        {},
        {
          "virtual.palette-onboarding/paused": "",
        },
      ),
      "paused",
      "good",
      /^Paused$/,
    ],
    [
      "being deleted",
      cluster(healthy, { deletionTimestamp: "2026-11-24T11:59:00Z" }),
      "deleting",
      "busy",
      /^Being deleted$/,
    ],
  ];
  for (const [what, object, state, health, headline] of cases) {
    test(what, () => {
      const status = statusOf(object);
      assert.deepEqual(status.virtual, { host: "prod", state });
      assert.equal(status.imported, undefined);
      assert.equal(status.health, health);
      assert.match(status.headline, headline);
      assert.equal(status.available, ["it answers", "one failure", "being deleted"].includes(what));
    });
  }

  test("has a version, and a layer that failed", () => {
    const status = statusOf(cluster(healthy), [
      { name: "kyverno", kind: "add-on", state: "failed", message: "no such chart" },
    ]);
    assert.equal(status.version, "1.36.0");
    assert.deepEqual([status.health, status.headline], ["attention", "Layer kyverno failed: no such chart"]);
  });

  const record = (name: string, created: string, labels: object = {}): KubeObject => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: `vcluster-${name}`,
      namespace: "team",
      creationTimestamp: created,
      labels: {
        "virtual.palette-onboarding/cluster": name,
        "virtual.palette-onboarding/host": "prod",
        ...labels,
      },
    },
  });

  test("one that is not connected yet is there, with when that begins to look wrong", () => {
    const moment = new Moment(NOW);
    const found = unconnectedVirtual(
      [
        record("try", "2026-11-24T11:59:00Z"),
        record("new", "2026-11-24T11:59:00Z"),
        record("stuck", "2026-11-24T11:00:00Z"),
        record("gone", "2026-11-24T11:00:00Z", { "virtual.palette-onboarding/deleting": "true" }),
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "other", namespace: "team" } },
      ],
      [statusOf(cluster(healthy))],
      moment,
    );
    assert.deepEqual(
      found.map(({ name, health, headline, virtual }) => [name, health, headline, virtual?.state]),
      [
        ["new", "busy", "Being created", "waiting"],
        ["stuck", "attention", "Not connected yet. Create it again to go on, or delete it", "waiting"],
        ["gone", "busy", "Being deleted", "deleting"],
      ],
    );
    assert.equal(new Date(moment.next).toISOString(), "2026-11-24T12:14:00.001Z");
  });
});
