/**
 * A cluster whose provider fails, on a real API server with Cluster API's own controllers: the test is the provider. It
 * brings kinds of its own, and writes their status as the AWS provider does.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ManagementCluster, watchCluster } from "../../../src/kube/index.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { type ClusterDetail, diagnosticsText, progressOf } from "../../../src/status/index.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";

const NAMESPACE = "engine-blocked";
const GROUP = "infrastructure.cluster.x-k8s.io";
const API = `${GROUP}/v1beta2`;
const CORE = "cluster.x-k8s.io/v1beta2";
const message = (request: string) =>
  `failed to create AWSMachine instance: failed to run instance: operation error EC2: RunInstances, RequestID: ${request}, api error VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to.`;

/** The definition of a kind that takes anything, by the contract v1beta2. */
function definition(kind: string): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${GROUP}`, labels: { "cluster.x-k8s.io/v1beta2": "v1beta2" } },
    spec: {
      group: GROUP,
      scope: "Namespaced",
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: "v1beta2",
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
          },
        },
      ],
    },
  };
}

const metadata = (name: string) => ({ name, namespace: NAMESPACE });
const objects: readonly KubeObject[] = [
  {
    apiVersion: API,
    kind: "AWSTestCluster",
    metadata: metadata("blocked"),
    spec: { region: "eu-central-1" },
  },
  {
    apiVersion: API,
    kind: "AWSTestMachineTemplate",
    metadata: metadata("blocked"),
    spec: { template: { spec: { instanceType: "m6i.large" } } },
  },
  {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "KubeadmControlPlane",
    metadata: metadata("blocked"),
    spec: {
      replicas: 1,
      version: "v1.36.4",
      machineTemplate: {
        spec: { infrastructureRef: { apiGroup: GROUP, kind: "AWSTestMachineTemplate", name: "blocked" } },
      },
      kubeadmConfigSpec: { users: [{ name: "admin", passwd: "never-shown-passwd" }] },
    },
  },
  {
    apiVersion: CORE,
    kind: "Cluster",
    metadata: metadata("blocked"),
    spec: {
      infrastructureRef: { apiGroup: GROUP, kind: "AWSTestCluster", name: "blocked" },
      controlPlaneRef: {
        apiGroup: "controlplane.cluster.x-k8s.io",
        kind: "KubeadmControlPlane",
        name: "blocked",
      },
    },
  },
];

describe("a cluster whose provider fails", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines();
  let management: ManagementCluster;
  let latest: ClusterDetail | undefined;
  let watch: { dispose(): void };

  const setStatus = (kind: string, name: string, status: object) =>
    engines.kubectl(
      "patch",
      kind.toLowerCase(),
      name,
      `--namespace=${NAMESPACE}`,
      "--subresource=status",
      "--type=merge",
      `--patch=${JSON.stringify({ status })}`,
    );
  const refuse = async (name: string, request: string, since: string) => {
    const condition = {
      status: "False",
      reason: "InstanceProvisionFailed",
      message: message(request),
      lastTransitionTime: since,
    };
    await setStatus("AWSTestMachine", name, {
      conditions: [
        { ...condition, type: "InstanceReady" },
        { ...condition, type: "Ready", message: `* InstanceReady: ${message(request)}` },
      ],
    });
  };
  const until = async (what: string, is: (detail: ClusterDetail) => boolean): Promise<ClusterDetail> => {
    const deadline = Date.now() + 120_000;
    for (;;) {
      if (latest !== undefined && is(latest)) {
        return latest;
      }
      assert.ok(Date.now() < deadline, `waited in vain until ${what}; last: ${latest?.status.headline}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    const kinds = ["AWSTestCluster", "AWSTestMachine", "AWSTestMachineTemplate"].map(definition);
    for (const each of kinds) {
      await management.apply(each);
    }
    await engines.kubectl(
      "wait",
      "--for=condition=Established",
      "--timeout=60s",
      ...kinds.map(({ metadata: { name } }) => `crd/${name}`),
    );
    for (const object of objects) {
      await management.apply(object);
    }
    watch = watchCluster(management, { namespace: NAMESPACE, name: "blocked" }, (detail) => {
      latest = detail;
    });
  });
  after(() => {
    watch?.dispose();
    management?.close();
  });

  it("waits for its infrastructure, which the provider has not reported on", async () => {
    const { status } = await until("it is seen", ({ status: { phase } }) => phase === "Provisioning");
    assert.equal(status.creating, true);
    assert.equal(status.steps.find(({ state }) => state === "current")?.id, "infrastructure");
  });

  it("says in the provider's words why the first machine does not start, and what to do", async () => {
    await management.patch(
      { apiVersion: API, kind: "AWSTestCluster", name: "blocked", namespace: NAMESPACE },
      { spec: { controlPlaneEndpoint: { host: "127.0.0.1", port: 6443 } } },
    );
    await setStatus("AWSTestCluster", "blocked", {
      initialization: { provisioned: true },
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "Ready",
          message: "",
          lastTransitionTime: new Date().toISOString(),
        },
      ],
    });
    const { objects: seen } = await until("the machine is there", ({ objects: all }) =>
      all.some(({ kind }) => kind === "AWSTestMachine"),
    );
    const machine = seen.find(({ kind }) => kind === "AWSTestMachine");
    assert.ok(machine !== undefined);
    await refuse(machine.metadata.name, "5c1f2a0e-6b1d-4d0b-9a53-0c9a4f6f1e77", "2026-11-24T10:00:00Z");
    await management.create({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "blocked-failed-create", namespace: NAMESPACE },
      involvedObject: {
        apiVersion: API,
        kind: "AWSTestMachine",
        name: machine.metadata.name,
        namespace: NAMESPACE,
        uid: machine.metadata.uid,
      },
      reason: "FailedCreate",
      message: "Failed to create instance: VcpuLimitExceeded, token=abc123",
      type: "Warning",
      count: 9,
      firstTimestamp: "2026-11-24T10:00:00Z",
      lastTimestamp: "2026-11-24T10:05:00Z",
    });
    const detail = await until(
      "the cause is told with its event",
      ({ status, events }) => status.cause?.known === "quota" && events.some(({ count }) => count === 9),
    );
    const { status } = detail;
    assert.equal(
      status.headline,
      "AWS does not start 1 control plane machine: the vCPU limit of 32 is reached",
    );
    assert.deepEqual([status.health, status.since], ["bad", "2026-11-24T10:00:00Z"]);
    assert.equal(status.cause?.source?.kind, "AWSTestMachine");
    assert.equal(status.steps.find(({ state }) => state === "problem")?.id, "initialized");
    const page = progressOf(detail);
    assert.match(
      page.notice?.text ?? "",
      /^Tried 9 times\. Creation goes on by itself once this is solved\.$/,
    );
    assert.equal(page.facts[0], "AWS, eu-central-1");
  });

  it("keeps the age while the provider tries again with another request", async () => {
    const name = latest?.objects.find(({ kind }) => kind === "AWSTestMachine")?.metadata.name ?? "";
    const spoken = latest && progressOf(latest).spoken.key;
    await refuse(name, "0e1f2a3b-1111-4222-8333-444455556666", "2026-11-24T10:30:00Z");
    const detail = await until(
      "the new message is there",
      ({ status }) => status.cause?.source?.message.includes("0e1f2a3b") === true,
    );
    assert.equal(detail.status.since, "2026-11-24T10:00:00Z");
    assert.equal(progressOf(detail).spoken.key, spoken, "nothing new is spoken");
  });

  it("gives diagnostics without a specification, a Secret or a token", async () => {
    assert.ok(latest !== undefined);
    const text = diagnosticsText(latest, { Tests: "1" });
    assert.match(text, /AWSTestMachine blocked-\S+ \(infrastructure\.cluster\.x-k8s\.io\/v1beta2\)/);
    assert.match(text, /InstanceReady=False InstanceProvisionFailed 2026-11-24T10:30:00Z: failed to create/);
    assert.match(text, /Warning AWSTestMachine\/\S+ FailedCreate x9/);
    assert.doesNotMatch(text, /never-shown-passwd|abc123|m6i\.large|kind: Secret/);
  });

  it("goes on by itself once the cause is gone", async () => {
    const name = latest?.objects.find(({ kind }) => kind === "AWSTestMachine")?.metadata.name ?? "";
    await setStatus("AWSTestMachine", name, {
      initialization: { provisioned: true },
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "Ready",
          message: "",
          lastTransitionTime: new Date().toISOString(),
        },
      ],
    });
    const { status } = await until("it is on its way", ({ status: { health } }) => health === "busy");
    assert.equal(status.cause, undefined);
    assert.equal(status.steps.find(({ state }) => state === "current")?.id, "initialized");
  });

  it("is there until all of it is deleted, and then no more", async () => {
    await management.delete({ apiVersion: CORE, kind: "Cluster", name: "blocked", namespace: NAMESPACE });
    const detail = await until("it is being deleted", ({ status: { deleting } }) => deleting);
    assert.equal(progressOf(detail).phase, "deleting");
    const deadline = Date.now() + 120_000;
    while (latest !== undefined) {
      assert.ok(Date.now() < deadline, `waited in vain until it is gone; last: ${latest.status.headline}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const definitions = ["awstestclusters", "awstestmachines", "awstestmachinetemplates"];
    await engines.kubectl("delete", "crd", ...definitions.map((name) => `${name}.${GROUP}`), "--wait=false");
  });
});
