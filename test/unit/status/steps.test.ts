import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { clusterStatuses, progressOf } from "../../../src/status/index.ts";
import type { StepStatus } from "../../../src/status/model.ts";
import { DETAILS } from "./examples.ts";
import recorded from "./recorded.json" with { type: "json" };
import { cluster, controlPlane, object } from "./support.ts";

const NOW = new Date("2026-11-24T10:50:40Z");

function stepsOf(objects: readonly KubeObject[], now = NOW): readonly StepStatus[] {
  const [status] = clusterStatuses(objects, now);
  assert.ok(status !== undefined);
  return status.steps;
}

const states = (steps: readonly StepStatus[]): string => steps.map(({ state }) => state).join(" ");

describe("the steps of a recorded in-memory cluster", () => {
  const cases: readonly (readonly [moment: keyof typeof recorded, states: string, creating: boolean])[] = [
    ["infrastructure", "current waiting not-applicable waiting waiting not-applicable waiting", true],
    ["firstMachine", "done current not-applicable waiting waiting not-applicable waiting", true],
    ["initialized", "done done not-applicable current waiting not-applicable waiting", true],
    ["growing", "done done not-applicable done done not-applicable current", true],
    ["available", "done done not-applicable done done not-applicable done", false],
  ];
  for (const [moment, wanted, creating] of cases) {
    it(`${moment}: ${wanted}`, () => {
      const objects = recorded[moment] as unknown as KubeObject[];
      assert.equal(states(stepsOf(objects)), wanted);
      assert.equal(clusterStatuses(objects, NOW)[0]?.creating, creating);
    });
  }

  it("last from one end to the next", () => {
    const steps = stepsOf(recorded.available as unknown as KubeObject[]);
    const times = steps.map(({ since, until }) => [since?.slice(14, 19), until?.slice(14, 19)]);
    assert.deepEqual(times, [
      ["49:17", "49:20"],
      ["49:20", "49:53"],
      [undefined, undefined],
      ["49:53", "49:58"],
      ["49:58", "50:03"],
      [undefined, undefined],
      ["50:03", "50:03"],
    ]);
  });
});

describe("steps", () => {
  it("of a managed cluster have no network, and none for workers where there are none", () => {
    const managed = cluster("AWSManagedCluster", "infrastructure", {
      controlPlane: "AWSManagedControlPlane",
    });
    const steps = stepsOf([managed]);
    assert.deepEqual(
      steps.filter(({ state }) => state === "not-applicable").map(({ id }) => id),
      ["network", "workers", "add-ons"],
    );
  });

  it("count the machines of machine pools", () => {
    const pool = object("cluster.x-k8s.io/v1beta2", "MachinePool", {
      name: "pool",
      spec: { replicas: 4 },
      status: { readyReplicas: 1, upToDateReplicas: 4 },
    });
    const steps = stepsOf([cluster("AzureASOManagedCluster", "initialized"), controlPlane(1, 1), pool]);
    assert.equal(steps.find(({ id }) => id === "workers")?.detail, "1 of 4 machines ready");
  });

  it("follow the layers where somebody tells of them", () => {
    assert.equal(
      states(DETAILS.moving?.status.steps ?? []),
      "done done current waiting waiting waiting waiting",
    );
    assert.equal(
      DETAILS.moving?.status.steps.find(({ id }) => id === "network")?.detail,
      "Cilium, 2 of 3 pods ready, 1 more layer waits",
    );
    assert.equal(states(DETAILS.blocked?.status.steps ?? []), "done done done done problem waiting waiting");
    assert.equal(states(DETAILS.running?.status.steps ?? []), "done done done done done done done");
  });

  it("are over for a cluster that was available and is not any more", () => {
    const condition = { type: "Available", status: "False", reason: "NotAvailable" } as const;
    const creating = (lastTransitionTime: string) =>
      clusterStatuses(
        [
          cluster("AWSCluster", "initialized", { conditions: [{ ...condition, lastTransitionTime }] }),
          controlPlane(3),
        ],
        NOW,
      )[0]?.creating;
    assert.equal(creating("2026-11-24T10:00:01Z"), true, "false since its beginning");
    assert.equal(creating("2026-11-24T10:40:00Z"), false, "false long after its control plane came up");
  });
});

describe("the page of a cluster", () => {
  it("says what is known, in every state, and is plain data", () => {
    const pages = Object.entries(DETAILS).map(([name, detail]) => {
      const page = progressOf(detail);
      assert.deepEqual(JSON.parse(JSON.stringify(page)), page, name);
      return [name, page.phase, page.status.text, page.notice?.tone ?? null];
    });
    assert.deepEqual(pages, [
      ["new", "creating", "Being created", "busy"],
      ["moving", "creating", "Being created", "busy"],
      ["blocked", "creating", "Needs attention, being created", "error"],
      ["unknown", "creating", "Needs attention, being created", "error"],
      ["running", "running", "Healthy", null],
      ["stale", "running", "Healthy 4 min ago", null],
      ["deleting", "deleting", "Being deleted", "busy"],
    ]);
  });

  it("has the facts of a cluster that runs", () => {
    const detail = DETAILS.running;
    assert.ok(detail !== undefined);
    const page = progressOf(detail);
    assert.deepEqual(
      page.overview.map(({ title, value }) => `${title}: ${value}`),
      [
        "Kubernetes: 1.36.4",
        "Profile: aws-production 1.2.0",
        "Add-on profiles: observability 1.0.3",
        "Control plane: 3 of 3 ready",
        "Pool workers: 2 of 2 ready",
        "Layers: 8 of 8 ready",
        "Machine image: Ubuntu 24.04.3 LTS",
        "Cloud account: aws-creds",
        "API server: api.prod.test:6443",
        "Created: , in 12 min",
      ],
    );
    assert.equal(page.takesLayers, true);
  });

  it("takes no layers on machines that are pretended, and leaves out what nothing tells", () => {
    const labels = { "palette-onboarding/cloud-type": "in-memory" };
    const objects = [cluster("DevCluster", "available", { labels }), controlPlane(1)];
    const [status] = clusterStatuses(objects, NOW);
    assert.ok(status !== undefined);
    const page = progressOf({ status, objects, events: [], management: "mgmt-eu", now: NOW });
    assert.equal(page.phase, "running");
    assert.equal(page.takesLayers, false);
    assert.deepEqual(
      page.overview.map(({ title }) => title),
      ["Kubernetes", "Control plane", "API server", "Created"],
    );
  });

  it("says how long a step usually takes, where that is known and nothing is in the way", () => {
    const usual = { usable: [600, 900], steps: { network: [60, 120], workers: [1, 1] } } as const;
    const text = (name: string) => {
      const detail = DETAILS[name];
      assert.ok(detail !== undefined);
      return progressOf(detail, usual).notice?.text;
    };
    assert.equal(text("moving"), "Nothing to do. This step usually takes 1 to 2 minutes.");
    assert.equal(text("new"), "Nothing to do.");
    assert.equal(text("blocked"), "Tried 9 times. Creation goes on by itself once this is solved.");
  });

  it("tells of machines that a known cause stops in few words", () => {
    const detail = DETAILS.blocked;
    assert.ok(detail !== undefined);
    const workers = progressOf(detail).pools.find(({ name }) => name === "workers");
    assert.deepEqual(
      workers?.machines.map(({ state, since }) => [state, since]),
      [
        ["The vCPU limit of 32 is reached", "2026-11-24T10:13:17Z"],
        ["The vCPU limit of 32 is reached", "2026-11-24T10:13:17Z"],
      ],
    );
  });

  it("speaks anew of another step or headline, not of another number", () => {
    const key = (name: string) => {
      const detail = DETAILS[name];
      assert.ok(detail !== undefined);
      return progressOf(detail).spoken.key;
    };
    assert.notEqual(key("moving"), key("blocked"));
    const detail = DETAILS.blocked;
    assert.ok(detail !== undefined);
    const again = {
      ...detail,
      status: { ...detail.status, headline: detail.status.headline.replace("32", "64") },
    };
    assert.equal(progressOf(again).spoken.key, key("blocked"));
  });
});
