/** What is told of a cluster that is long there. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { ClusterStatuses } from "../../../src/status/index.ts";
import type { ClusterStatus, LayerStatus } from "../../../src/status/model.ts";
import { cluster, controlPlane, deployment, machine, object, READY } from "./support.ts";

/** Ninety days after its creation. */
const NOW = new Date("2027-02-22T10:00:00Z");
const AGO = "2027-02-22T09:59:00Z";
const LAYERS: readonly LayerStatus[] = ["cilium", "aws-ccm"].map((name, i) => ({
  name,
  kind: i === 0 ? "network" : "cloud-controller",
  state: "ready",
  since: "2026-11-24T10:08:00Z",
}));

function objects(one: KubeObject = cluster("AWSCluster", "available")): KubeObject[] {
  const nodes = ["cp-1", "w-1", "w-2"];
  return [
    one,
    controlPlane(1, 1),
    deployment(2, 2),
    ...nodes.map((name) => machine("AWSMachine", name, READY, { nodeRef: { name } })),
  ];
}

function statusOf(all: readonly KubeObject[], ...more: readonly LayerStatus[]): ClusterStatus {
  const [status] = new ClusterStatuses().update(all, NOW, new Map([["team/prod", [...LAYERS, ...more]]]));
  assert.ok(status !== undefined);
  return status;
}

describe("a cluster that is long there", () => {
  it("begins what is new now, not with its creation", () => {
    const installing = statusOf(objects(), { name: "grafana", kind: "add-on", state: "installing" });
    assert.deepEqual(
      [installing.health, installing.headline, installing.since],
      ["busy", "grafana is being installed", NOW.toISOString()],
    );
    const failed = statusOf(objects(), { name: "grafana", kind: "add-on", state: "failed", message: "no" });
    assert.deepEqual([failed.health, failed.since], ["bad", NOW.toISOString()]);
  });

  it("is not created again by a lost connection, whatever is not as it should be then", () => {
    const blip = cluster("AWSCluster", "available", {
      conditions: [{ type: "Available", lastTransitionTime: AGO }],
    });
    const status = statusOf(objects(blip), { name: "grafana", kind: "add-on", state: "failed" });
    assert.equal(status.creating, false);
  });

  it("goes without words about what it can no longer be reached by", () => {
    const deleted = cluster("AWSCluster", "available", {
      deleted: "2027-02-22T09:55:00Z",
      conditions: [
        { type: "Available", status: "False", reason: "NotAvailable", message: "* Deleting: x" },
        { type: "Deleting", reason: "Waiting", message: "AWSCluster still exists" },
        {
          type: "RemoteConnectionProbe",
          status: "False",
          reason: "ProbeFailed",
          message: "Remote connection probe failed, probe last succeeded at 2027-02-22T09:56:30Z",
        },
      ],
    });
    const status = statusOf([deleted]);
    assert.deepEqual([status.health, status.headline], ["busy", "Deleting: AWSCluster still exists"]);
  });
});

describe("a cluster that is new", () => {
  const steps = (labels: Readonly<Record<string, string>>) => {
    const one = cluster("AWSCluster", "infrastructure", { labels });
    const [status] = new ClusterStatuses().update(
      [one, controlPlane(0, 1), deployment(0, 2)],
      NOW,
      new Map(),
    );
    return status?.steps.find(({ id }) => id === "add-ons");
  };

  it("waits with the add-ons of its profile until Sveltos knows of it", () => {
    const step = steps({ "profile.palette-onboarding/base": "1.0.0" });
    assert.deepEqual([step?.state, step?.detail], ["waiting", "Waits for the control plane"]);
    assert.equal(steps({})?.state, "not-applicable");
  });

  it("is not told to ask for a higher limit where the provider only asks too often", () => {
    const message = "failed to describe vpcs: RequestLimitExceeded: Request limit exceeded.";
    const infrastructure = object("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster", {
      name: "prod",
      conditions: [{ type: "VpcReady", status: "False", reason: "VpcReconciliationFailed", message }],
    });
    const status = statusOf([cluster("AWSCluster", "new"), infrastructure]);
    assert.doesNotMatch(JSON.stringify(status.cause?.todo ?? []), /higher limit/);
  });
});
