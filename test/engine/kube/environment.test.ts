import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { parse } from "yaml";
import type { Cloud } from "../../../src/cluster/clouds/cloud.ts";
import { cloudOf } from "../../../src/cluster/index.ts";
import { checkEnvironment, type Finding, type ManagementCluster } from "../../../src/kube/index.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "./support.ts";

/** A group of its own: other tests use the same management cluster. */
const GROUP = "infrastructure.environment-test.x-k8s.io";
const NAME = `skyclusters.${GROUP}`;
const DEFINITION = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
const WEBHOOK = { apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration" };

describe("the environment check", { skip: await missingEngines(), timeout: 300_000 }, () => {
  const engines = useEngines();
  let management: ManagementCluster;
  let folder: string;
  let skies: Cloud;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    folder = await mkdtemp(join(tmpdir(), "palette-engine-"));
    const inMemory = cloudOf("in-memory");
    assert.ok(inMemory);
    skies = {
      ...inMemory,
      id: "skies",
      provider: {
        name: "skies",
        title: "Skies",
        version: "1.0.0",
        kinds: [{ apiVersion: `${GROUP}/v1`, kind: "SkyCluster" }],
      },
    };
  });
  after(async () => {
    await management?.delete({ ...WEBHOOK, name: NAME });
    await management?.delete({ ...DEFINITION, name: NAME });
    management?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const wrong = (findings: readonly Finding[]) => findings.filter(({ state }) => state !== "ok");

  it("has nothing against in-memory clusters on the local management cluster", async () => {
    const cloud = cloudOf("in-memory");
    assert.ok(cloud);
    const findings = await checkEnvironment(management, cloud, "default", { distribution: "kubeadm" });
    assert.deepEqual(wrong(findings), []);
    assert.equal(findings.filter(({ message }) => message === "Webhooks answer.").length, 4);
    assert.ok(findings.some(({ message }) => message === "Contract v1beta2."));
  });

  it("finds the feature gate of cluster classes on", async () => {
    const cloud = cloudOf("cluster-class");
    assert.ok(cloud);
    const findings = await checkEnvironment(management, cloud, "default");
    assert.deepEqual(wrong(findings), []);
    assert.ok(findings.some(({ title }) => title === "Cluster classes"));
  });

  it("tells a provider that is not there", async () => {
    const findings = await checkEnvironment(management, skies, "default", { distribution: "kubeadm" });
    assert.deepEqual(
      wrong(findings).map(({ title, state }) => [title, state]),
      [["Provider skies", "missing"]],
    );
  });

  it("tells webhooks that do not answer, and definitions without a contract", async () => {
    await management.apply({
      ...DEFINITION,
      metadata: { name: NAME, annotations: { "api-approved.kubernetes.io": "unapproved, a test" } },
      spec: {
        group: GROUP,
        scope: "Namespaced",
        names: {
          plural: "skyclusters",
          singular: "skycluster",
          kind: "SkyCluster",
          listKind: "SkyClusterList",
        },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    });
    await management.apply({
      ...WEBHOOK,
      metadata: { name: NAME },
      webhooks: [
        {
          name: "default.skies.example.com",
          admissionReviewVersions: ["v1"],
          sideEffects: "None",
          failurePolicy: "Fail",
          clientConfig: { service: { namespace: "sky-system", name: "sky-webhook" } },
          rules: [
            { apiGroups: [GROUP], apiVersions: ["*"], operations: ["CREATE"], resources: ["skyclusters"] },
          ],
        },
      ],
    });
    let findings: Finding[] = [];
    // Definitions and webhooks take a moment to be in force.
    for (let attempt = 0; attempt < 100 && wrong(findings).length < 2; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      findings = await checkEnvironment(management, skies, "default", { distribution: "kubeadm" });
    }
    const [contract, webhooks] = wrong(findings);
    assert.match(
      contract?.message ?? "",
      /^CustomResourceDefinition skyclusters\..* does not say which contract/,
    );
    assert.match(
      webhooks?.message ?? "",
      /no pod is ready behind Service sky-webhook in sky-system; webhook default\.skies\.example\.com has no caBundle/,
    );
  });

  it("asks for each kind what a user may do", async () => {
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" };
    await management.apply({
      ...role,
      metadata: { name: "environment-narrow" },
      rules: [
        { apiGroups: [""], resources: ["configmaps"], verbs: ["*"] },
        {
          apiGroups: ["cluster.x-k8s.io"],
          resources: ["clusters"],
          verbs: ["get", "list", "watch", "create"],
        },
      ],
    });
    await management.apply({
      ...role,
      kind: "ClusterRoleBinding",
      metadata: { name: "environment-narrow" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "environment-narrow" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "environment-narrow" }],
    });
    const config = parse(await readFile(engines.status.kubeconfig, "utf8")) as {
      users: { user: Record<string, string> }[];
    };
    for (const { user } of config.users) {
      user.as = "environment-narrow";
    }
    const file = join(folder, "narrow.yaml");
    await writeFile(file, JSON.stringify(config));
    const narrow = await connectTo(file, engines.status.context);
    try {
      const cloud = cloudOf("in-memory");
      assert.ok(cloud);
      const findings = await checkEnvironment(narrow, cloud, "default", { distribution: "kubeadm" });
      const permissions = findings.find(({ state }) => state === "forbidden");
      assert.match(
        permissions?.message ?? "",
        /^User environment-narrow may not in namespace default: patch, delete clusters\.cluster\.x-k8s\.io; /,
      );
      assert.match(
        permissions?.message ?? "",
        /get, create, patch devclusters\.infrastructure\.cluster\.x-k8s\.io/,
      );
      assert.doesNotMatch(permissions?.message ?? "", /configmaps/);
    } finally {
      narrow.close();
    }
  });
});
