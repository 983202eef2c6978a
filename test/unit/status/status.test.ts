import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { ClusterStatuses, clusterStatuses } from "../../../src/status/index.ts";
import type { ClusterStatus } from "../../../src/status/model.ts";
// What Cluster API 1.14 said about an in-memory cluster of 3 + 2 machines, at moments of its life.
import recorded from "./recorded.json" with { type: "json" };

type Moment = keyof typeof recorded;
const NOW = new Date("2026-11-24T10:50:40Z");
const LATER = new Date("2026-11-24T12:00:00Z");

const objectsAt = (moment: Moment): KubeObject[] => recorded[moment] as unknown as KubeObject[];

function statusOf(objects: readonly KubeObject[], now = NOW, over = new ClusterStatuses()): ClusterStatus {
  const [status] = over.update(objects, now);
  assert.ok(status !== undefined);
  return status;
}

describe("the status of a recorded cluster", () => {
  const cases: readonly (readonly [
    moment: Moment,
    health: string,
    headline: string,
    pools: readonly (readonly [ready: number, desired: number, machines: number, health: string])[],
  ])[] = [
    [
      "infrastructure",
      "busy",
      "Infrastructure is being set up, DevCluster status.initialization.provisioned is false",
      [
        [0, 3, 0, "busy"],
        [0, 2, 0, "busy"],
      ],
    ],
    [
      "firstMachine",
      "busy",
      "The first control plane machine is starting, waiting for startup timeout",
      [
        [0, 3, 1, "busy"],
        [0, 2, 0, "busy"],
      ],
    ],
    [
      "initialized",
      "busy",
      "Control plane: 0 of 3 ready",
      [
        [0, 3, 1, "busy"],
        [0, 2, 2, "busy"],
      ],
    ],
    [
      "growing",
      "busy",
      "Control plane: 1 of 3 ready, waiting for startup timeout",
      [
        [1, 3, 2, "busy"],
        [2, 2, 2, "good"],
      ],
    ],
    [
      "lastMachine",
      "busy",
      "Control plane: 2 of 3 ready, waiting for DevMachine to report spec.providerID",
      [
        [2, 3, 3, "busy"],
        [2, 2, 2, "good"],
      ],
    ],
    [
      "available",
      "good",
      "Available",
      [
        [3, 3, 3, "good"],
        [2, 2, 2, "good"],
      ],
    ],
  ];
  for (const [moment, health, headline, pools] of cases) {
    it(`${moment} is ${health}: ${headline}`, () => {
      const status = statusOf(objectsAt(moment));
      assert.deepEqual([status.health, status.headline], [health, headline]);
      assert.deepEqual(
        status.pools.map((pool) => [pool.ready, pool.desired, pool.machines.length, pool.health]),
        pools,
      );
      assert.deepEqual(
        status.pools.map(({ name, isControlPlane }) => [name, isControlPlane]),
        [
          ["control-plane", true],
          ["workers", false],
        ],
      );
    });
  }

  it("deleting says what it waits for", () => {
    const status = statusOf(objectsAt("deleting"));
    assert.equal(status.deleting, true);
    assert.match(
      status.headline,
      /^Deleting: MachineDeployments: demo-workers; MachineSets: demo-workers-\w+; Worker Machines: /,
    );
    assert.equal(statusOf(objectsAt("deleting"), LATER).health, "attention");
  });

  it("carries version, profile and cloud", () => {
    const { version, profile, cloudType, available, unfinished, created } = statusOf(objectsAt("available"));
    assert.deepEqual(
      { version, profile, cloudType, available, unfinished, created },
      {
        version: "1.36.4",
        profile: { name: "engine-test", version: "1.0.0" },
        cloudType: "in-memory",
        available: true,
        unfinished: false,
        created: "2026-11-24T10:49:17Z",
      },
    );
  });

  it("that waits for a long time deserves a look", () => {
    assert.equal(statusOf(objectsAt("firstMachine"), LATER).health, "attention");
    assert.equal(statusOf(objectsAt("available"), LATER).health, "good");
  });
});

interface Change {
  readonly kind: string;
  readonly type: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly severity?: string;
}

/** The recorded objects with one condition of the first object of a kind set. */
function changed(moment: Moment, ...changes: readonly Change[]): KubeObject[] {
  const objects = structuredClone(objectsAt(moment)) as (KubeObject & {
    status: { conditions: Record<string, string>[] };
  })[];
  for (const { kind, ...condition } of changes) {
    const object = objects.find((each) => each.kind === kind);
    assert.ok(object !== undefined);
    object.status.conditions = [
      ...object.status.conditions.filter(({ type }) => type !== condition.type),
      {
        status: "False",
        reason: "NotReady",
        message: "",
        lastTransitionTime: "2026-11-24T10:50:30Z",
        ...condition,
      },
    ];
  }
  return objects;
}

describe("the headline", () => {
  it("is the provider's own message, from however deep", () => {
    const message =
      "* InstanceReady: SubnetMissing: subnet a has failed to appear\n* NodeReady: Waiting for instance";
    const status = statusOf(
      changed("firstMachine", { kind: "Machine", type: "InfrastructureReady", message }),
    );
    assert.deepEqual(
      [status.health, status.headline],
      ["bad", "SubnetMissing: subnet a has failed to appear"],
    );
    const pool = status.pools.find(({ isControlPlane }) => isControlPlane);
    assert.deepEqual([pool?.health, pool?.headline], ["bad", status.headline]);
    assert.equal(pool?.machines[0]?.headline, status.headline);
  });

  it("understands the conditions of v1beta1", () => {
    const condition = {
      kind: "Machine",
      type: "InfrastructureReady",
      message: "image ami-1 is gone",
    } as const;
    const error = changed("firstMachine", {
      ...condition,
      reason: "InstanceProvisionFailed",
      severity: "Error",
    });
    assert.deepEqual([statusOf(error).health, statusOf(error).headline], ["bad", "image ami-1 is gone"]);
    const info = changed("firstMachine", { ...condition, reason: "WaitingForInstance", severity: "Info" });
    assert.equal(statusOf(info).health, "busy");
  });

  it("says that nobody reaches the control plane, once there was one", () => {
    const probe = {
      kind: "Cluster",
      type: "RemoteConnectionProbe",
      reason: "ProbeFailed",
      message: "Remote connection probe failed, probe last succeeded at 2026-11-24T10:40:00Z",
    };
    const status = statusOf(
      changed("available", probe, {
        kind: "Cluster",
        type: "Available",
        message: "* RemoteConnectionProbe: Remote connection probe failed",
      }),
    );
    assert.deepEqual(
      [status.health, status.headline, status.since],
      ["bad", "The management cluster does not reach the API server at its address", "2026-11-24T10:40:00Z"],
    );
    assert.equal(status.cause?.source?.message, probe.message);
    assert.equal(statusOf(changed("firstMachine", probe)).health, "busy");
  });

  it("of an available cluster with a machine that is not, asks for a look", () => {
    const objects = changed("available", {
      kind: "Machine",
      type: "Ready",
      message: "* NodeHealthy: Node.Ready: Kubelet stopped posting node status",
    }).map((object) =>
      object.kind === "Machine"
        ? { ...object, metadata: { ...object.metadata, creationTimestamp: "2026-11-24T08:00:00Z" } }
        : object,
    );
    const status = statusOf(objects);
    assert.equal(status.available, true);
    assert.notEqual(status.health, "good");
    assert.match(status.headline, /ready, .*Kubelet stopped posting node status/);
  });

  it("of a paused cluster says so", () => {
    const objects = objectsAt("available").map((object) =>
      object.kind === "Cluster" ? { ...object, spec: { ...(object.spec as object), paused: true } } : object,
    );
    assert.deepEqual(
      [statusOf(objects).health, statusOf(objects).headline],
      ["attention", "Paused: its controllers change nothing"],
    );
  });

  it("of a creation that stopped half-way says what to do", () => {
    const annotated = (claimed: string) =>
      statusOf([
        {
          apiVersion: "cluster.x-k8s.io/v1beta2",
          kind: "Cluster",
          metadata: {
            name: "half",
            namespace: "default",
            annotations: { "palette-onboarding/unfinished": "hash", "palette-onboarding/claimed": claimed },
          },
          spec: { paused: true },
        },
      ]);
    const dead = annotated("2026-11-24T10:00:00Z");
    assert.deepEqual([dead.unfinished, dead.health], [true, "attention"]);
    assert.match(dead.headline, /Create it again to complete it, or delete it/);
    assert.deepEqual(
      [annotated("2026-11-24T10:50:30Z").health, annotated("2026-11-24T10:50:30Z").headline],
      ["busy", "Its objects are being written"],
    );
  });

  it("keeps its age while only ids and numbers in it change", () => {
    const over = new ClusterStatuses();
    const at = (message: string, since: string): string | undefined => {
      const objects = changed("firstMachine", {
        kind: "Machine",
        type: "InfrastructureReady",
        message,
      });
      const machine = objects.find(({ kind }) => kind === "Machine") as unknown as {
        status: { conditions: { type: string; lastTransitionTime: string }[] };
      };
      const condition = machine.status.conditions.find(({ type }) => type === "InfrastructureReady");
      assert.ok(condition !== undefined);
      condition.lastTransitionTime = since;
      return statusOf(objects, NOW, over).since;
    };
    assert.equal(
      at("quota exceeded, request 0e1f2a3b-1111-4222-8333-444455556666", "2026-11-24T10:50:00Z"),
      "2026-11-24T10:50:00Z",
    );
    assert.equal(
      at("quota exceeded, request 9d8c7b6a-1111-4222-8333-444455556666", "2026-11-24T10:50:20Z"),
      "2026-11-24T10:50:00Z",
    );
    assert.equal(
      at("access denied, request 17", "2026-11-24T10:50:30Z"),
      "2026-11-24T10:50:30Z",
      "another message is another cause",
    );
  });
});

describe("statuses", () => {
  it("of nothing are none, and a bare Cluster is one", () => {
    assert.deepEqual(clusterStatuses([], NOW), []);
    const bare = statusOf([
      { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", metadata: { name: "bare", namespace: "a" } },
    ]);
    assert.deepEqual([bare.phase, bare.available, bare.pools], ["Pending", false, []]);
  });

  it("keep clusters of one name in two namespaces apart", () => {
    const other = objectsAt("firstMachine").map((object) => ({
      ...object,
      metadata: { ...object.metadata, namespace: "other", uid: `other-${object.metadata.uid}` },
    }));
    const statuses = clusterStatuses([...other, ...objectsAt("available")], NOW);
    assert.deepEqual(
      statuses.map(({ namespace, health, pools }) => [namespace, health, pools[0]?.machines.length]),
      [
        ["default", "good", 3],
        ["other", "busy", 1],
      ],
    );
  });

  it("show machines that no pool owns", () => {
    const alone = objectsAt("available").filter(({ kind }) => kind !== "MachineDeployment");
    const pools = statusOf(alone).pools.map(({ name, machines }) => [name, machines.length]);
    assert.deepEqual(pools, [
      ["control-plane", 3],
      ["other machines", 2],
    ]);
  });
});
