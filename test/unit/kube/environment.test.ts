import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { Cloud, Identity } from "../../../src/cluster/clouds/cloud.ts";
import { checkEnvironment } from "../../../src/kube/environment/check.ts";
import type { Finding } from "../../../src/kube/environment/finding.ts";
import { PaletteError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { StubManagement } from "./stub.ts";

const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";
const CORE = "cluster.x-k8s.io/v1beta2";
const CLOUD: Cloud = {
  id: "skies",
  title: "Skies",
  fields: { cluster: { type: "object" }, pool: { type: "object" } },
  provider: {
    name: "skies",
    title: "Cluster API provider for Skies",
    version: "2.11.1",
    kinds: [
      { apiVersion: INFRASTRUCTURE, kind: "SkyCluster" },
      { apiVersion: INFRASTRUCTURE, kind: "SkyMachineTemplate" },
    ],
  },
  identities: [],
  distributions: ["kubeadm", "k3s"],
  notes: [],
  render: () => [],
};

describe("the environment check", () => {
  let management: StubManagement;

  const provider = (providerName: string, type: string, version: string): KubeObject => ({
    apiVersion: "clusterctl.cluster.x-k8s.io/v1alpha3",
    kind: "Provider",
    metadata: { name: `${type}-${providerName}`.toLowerCase(), namespace: "x-system" },
    providerName,
    type,
    version,
  });
  const definition = (name: string, labels: Record<string, string>): KubeObject => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name, labels },
  });
  const check = (options = {}) => checkEnvironment(management, CLOUD, "default", options);
  const about = (findings: readonly Finding[], title: string, state: Finding["state"]) =>
    findings.filter((each) => each.title.includes(title) && each.state === state);

  beforeEach(() => {
    management = new StubManagement();
    management.served.push(
      [CORE, "Cluster", "clusters"],
      [CORE, "MachineDeployment", "machinedeployments"],
      [INFRASTRUCTURE, "SkyCluster", "skyclusters"],
      [INFRASTRUCTURE, "SkyMachineTemplate", "skymachinetemplates"],
      ["controlplane.cluster.x-k8s.io/v1beta2", "KubeadmControlPlane", "kubeadmcontrolplanes"],
      ["bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfigTemplate", "kubeadmconfigtemplates"],
      ["clusterctl.cluster.x-k8s.io/v1alpha3", "Provider", "providers"],
      ["config.projectsveltos.io/v1beta1", "ClusterSummary", "clustersummaries"],
      ["config.projectsveltos.io/v1beta1", "Profile", "profiles"],
    );
    management.objects = [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } },
      provider("cluster-api", "CoreProvider", "v1.14.2"),
      provider("skies", "InfrastructureProvider", "v2.11.1"),
      provider("kubeadm", "BootstrapProvider", "v1.14.2"),
      provider("kubeadm", "ControlPlaneProvider", "v1.14.2"),
      definition("skyclusters.infrastructure.cluster.x-k8s.io", {
        "cluster.x-k8s.io/v1beta1": "v1beta1",
        "cluster.x-k8s.io/v1beta2": "v1beta2",
      }),
      definition("kubeadmcontrolplanes.controlplane.cluster.x-k8s.io", {
        "cluster.x-k8s.io/v1beta2": "v1beta2",
      }),
    ];
  });

  it("has nothing against a cluster that has all, and writes nothing", async () => {
    const findings = await check({ distribution: "kubeadm" });
    assert.deepEqual(
      findings.filter(({ state }) => state !== "ok"),
      [],
    );
    assert.deepEqual(
      about(findings, "Provider skies", "ok").map(({ message }) => message),
      ["Version 2.11.1.", "Contract v1beta2.", "Webhooks answer."],
    );
    assert.deepEqual(management.written, []);
  });

  it("tells a missing provider, and the command that installs it", async () => {
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "SkyCluster"),
      2,
    );
    management.objects = management.objects.filter(({ providerName }) => providerName !== "skies");
    const [finding] = about(await check(), "Provider skies", "missing");
    assert.equal(finding?.command, "clusterctl init --infrastructure skies:v2.11.1");
    assert.equal(finding?.message, "mgmt does not have it.");
  });

  it("gives objects instead where the Cluster API operator is there", async () => {
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "SkyCluster"),
      2,
      ["operator.cluster.x-k8s.io/v1alpha2", "InfrastructureProvider", "infrastructureproviders"],
    );
    const [finding] = about(await check(), "Provider skies", "missing");
    assert.deepEqual(
      finding?.install?.map(({ kind, metadata, spec }) => [kind, metadata.name, metadata.namespace, spec]),
      [
        ["Namespace", "skies-infrastructure-system", undefined, undefined],
        ["InfrastructureProvider", "skies", "skies-infrastructure-system", { version: "v2.11.1" }],
      ],
    );
    assert.equal(finding?.command, undefined);
  });

  it("says why the operator could not install it", async () => {
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "SkyCluster"),
      2,
      ["operator.cluster.x-k8s.io/v1alpha2", "InfrastructureProvider", "infrastructureproviders"],
    );
    management.objects.push({
      apiVersion: "operator.cluster.x-k8s.io/v1alpha2",
      kind: "InfrastructureProvider",
      metadata: { name: "skies", namespace: "skies" },
      status: { conditions: [{ type: "Ready", status: "False", message: "no release v9" }] },
    });
    const [finding] = about(await check(), "Provider skies", "missing");
    assert.match(finding?.message ?? "", /has not installed it: no release v9/);
  });

  it("advises no installation on the local management cluster", async () => {
    management.isSandbox = true;
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "SkyCluster"),
      2,
    );
    const [finding] = about(await check(), "Provider skies", "missing");
    assert.equal(finding?.command, undefined);
    assert.match(finding?.next ?? "", /runs no pods/);
  });

  it("tells a provider that is too old for a kind, and the upgrade", async () => {
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "SkyMachineTemplate"),
      1,
    );
    management.objects = management.objects.map((object) =>
      object.providerName === "skies" ? { ...object, version: "v1.5.0" } : object,
    );
    const [finding] = about(await check(), "Provider skies", "missing");
    assert.match(finding?.message ?? "", /^Version 1\.5\.0 does not serve SkyMachineTemplate/);
    assert.equal(finding?.command, "clusterctl upgrade apply --infrastructure skies:v2.11.1");
  });

  it("warns of an older version that has all kinds, and is content with a newer one", async () => {
    for (const [version, state] of [
      ["v2.9.0", "warning"],
      ["v2.12.0", "ok"],
    ] as const) {
      management.objects = management.objects.map((object) =>
        object.providerName === "skies" ? { ...object, version } : object,
      );
      const found = about(await check(), "Provider skies", state);
      assert.match(found[0]?.message ?? "", new RegExp(`^Version ${version.slice(1)}`), version);
    }
  });

  it("warns of a contract that ends, and refuses bare definitions", async () => {
    for (const [labels, state, message] of [
      [{ "cluster.x-k8s.io/v1beta1": "v1beta1" }, "warning", /from 1\.16 on/],
      [{}, "missing", /does not say which contract/],
    ] as const) {
      management.objects = management.objects.map((object) =>
        object.metadata.name.startsWith("skyclusters.")
          ? { ...object, metadata: { ...object.metadata, labels } }
          : object,
      );
      const [finding] = about(await check(), "Provider skies", state);
      assert.match(finding?.message ?? "", message);
    }
  });

  it("tells webhooks that do not answer, and what is wrong with them", async () => {
    management.onWrite = ({ kind }) => {
      if (kind === "SkyCluster") {
        throw new PaletteError("Refused", "mgmt refused to create SkyCluster", {
          engine: 'Internal error occurred: failed calling webhook "sky.example.com": connection refused',
        });
      }
    };
    const before = about(await check(), "Provider skies", "missing")[0]?.message ?? "";
    assert.match(before, /failed calling webhook "sky\.example\.com": connection refused/);

    management.objects.push({
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "MutatingWebhookConfiguration",
      metadata: { name: "skies" },
      webhooks: [
        {
          name: "sky.example.com",
          clientConfig: { service: { namespace: "sky-system", name: "sky-webhook" } },
          rules: [{ apiGroups: ["infrastructure.cluster.x-k8s.io"], resources: ["skyclusters"] }],
        },
      ],
    });
    const after = about(await check(), "Provider skies", "missing")[0]?.message ?? "";
    assert.match(
      after,
      /no pod is ready behind Service sky-webhook in sky-system; webhook sky\.example\.com has no caBundle/,
    );
  });

  it("takes an object that is refused for what is in it as an answer", async () => {
    management.onWrite = ({ kind }) => {
      if (kind.startsWith("Sky")) {
        throw new PaletteError("Refused", "mgmt refused", { engine: "spec.region: Required value" });
      }
    };
    assert.equal(about(await check(), "Provider skies", "missing").length, 0);
  });

  it("names every permission that is missing", async () => {
    management.denied.add("create skyclusters").add("delete clusters");
    const [finding] = about(await check(), "Permissions", "forbidden");
    assert.equal(
      finding?.message,
      "User ada may not in namespace default: delete clusters.cluster.x-k8s.io; create skyclusters.infrastructure.cluster.x-k8s.io.",
    );
    assert.equal(finding?.next, "Ask whoever runs mgmt for these permissions.");
  });

  it("goes on where it may read neither definitions nor webhooks nor the inventory", async () => {
    for (const resource of ["customresourcedefinitions", "m", "v", "providers", "namespaces"]) {
      management.denied.add(`get ${resource}`).add(`list ${resource}`);
    }
    const findings = await check();
    assert.deepEqual(
      about(findings, "Provider skies", "warning").map(({ message }) => message),
      ["You may not read CustomResourceDefinitions, so its contract with Cluster API is not known."],
    );
    assert.match(about(findings, "Provider skies", "ok")[0]?.message ?? "", /in which version/);
  });

  it("needs one distribution, and mentions the others", async () => {
    const findings = await check();
    assert.deepEqual(
      about(findings, "k3s", "warning").map(({ title }) => title),
      ["Kubernetes by k3s"],
    );
    assert.equal(
      about(findings, "k3s", "warning")[0]?.command,
      "clusterctl init --bootstrap k3s --control-plane k3s",
    );
    const needed = about(await check({ distribution: "k3s" }), "k3s", "missing");
    assert.equal(needed[0]?.command, "clusterctl init --bootstrap k3s");
    assert.match(needed[0]?.next ?? "", /clusterctl\.yaml/);
  });

  it("has a provider run where it finds the secrets of accounts", async () => {
    const identity: Identity = {
      apiVersion: INFRASTRUCTURE,
      kind: "SkyIdentity",
      namespaced: false,
      title: "Key",
      fields: { type: "object" },
      render: ({ name }) => [
        { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "sky-system" } },
      ],
    };
    const cloud: Cloud = { ...CLOUD, identities: [identity] };
    const [elsewhere] = about(
      await checkEnvironment(management, cloud, "default"),
      "Provider skies",
      "warning",
    );
    assert.match(elsewhere?.message ?? "", /runs in namespace x-system .* have theirs in sky-system/);

    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "SkyCluster"),
      2,
      ["operator.cluster.x-k8s.io/v1alpha2", "InfrastructureProvider", "infrastructureproviders"],
    );
    const [missing] = about(
      await checkEnvironment(management, cloud, "default"),
      "Provider skies",
      "missing",
    );
    assert.equal(missing?.install?.[1]?.metadata.namespace, "sky-system");
  });

  it("warns where nothing puts layers on clusters", async () => {
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "ClusterSummary"),
      2,
    );
    const [finding] = about(await check(), "Sveltos", "warning");
    assert.match(finding?.command ?? "", /^helm install projectsveltos /);
  });

  it("tells a namespace that does not exist", async () => {
    const findings = await checkEnvironment(management, CLOUD, "team-a");
    assert.equal(
      about(findings, "Namespace team-a", "missing")[0]?.command,
      "kubectl create namespace team-a",
    );
  });

  it("asks a cluster class for the feature gate", async () => {
    const cloud: Cloud = {
      ...CLOUD,
      id: "cluster-class",
      distributions: [],
      provider: { ...CLOUD.provider, name: "cluster-api", kinds: [{ apiVersion: CORE, kind: "Cluster" }] },
    };
    management.onWrite = ({ spec }) => {
      if ((spec as { topology?: unknown }).topology !== undefined) {
        throw new PaletteError("Refused", "mgmt refused", {
          engine: "spec.topology: Forbidden: can be set only if the ClusterTopology feature flag is enabled",
        });
      }
    };
    const [finding] = about(
      await checkEnvironment(management, cloud, "default"),
      "Cluster classes",
      "missing",
    );
    assert.match(finding?.next ?? "", /CLUSTER_TOPOLOGY=true/);
  });
});
