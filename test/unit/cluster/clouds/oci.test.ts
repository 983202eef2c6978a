import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { USER_PRINCIPAL } from "../../../../src/cluster/clouds/oci/accounts.ts";
import { securityGroups } from "../../../../src/cluster/clouds/oci/securityGroups.ts";
import type { Network } from "../../../../src/cluster/kubernetes.ts";
import { type Changes, imageText, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";
const config = (fields: Readonly<Record<string, unknown>>): Changes => ({ config: fields });
const pool = (fields: Readonly<Record<string, unknown>>): Changes => ({ poolConfigs: [{}, fields] });
const EXISTING = { vcnId: "v" };

describe("what no single field of Oracle Cloud can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["a name of one letter", { request: { name: "a" } }, "cloudType"],
    ["a name of 45 characters", { request: { name: "a".repeat(45) } }, "cloudType"],
    ["a name of 44 characters", { request: { name: "a".repeat(44) } }],
    ["a flexible shape without a size", pool({ ocpus: undefined }), `${POOL}.ocpus`],
    ["a whole shape", pool({ shape: "VM.Standard2.4", ocpus: undefined })],
    [
      "a whole shape with a size",
      pool({ shape: "VM.Standard2.4", memoryInGBs: 8 }),
      `${POOL}.ocpus`,
      `${POOL}.memoryInGBs`,
    ],
    ["a failure domain twice", pool({ azs: ["1", "1"] }), `${POOL}.azs.1`],
    [
      "a network without room for the usual subnets",
      config({ vcnCidr: "10.0.0.0/24" }),
      "cloudConfig.subnetCidrs.workerSubnet",
    ],
    [
      "a subnet that is larger than its network",
      config({ subnetCidrs: { workerSubnet: "10.0.0.0/8" } }),
      "cloudConfig.subnetCidrs.workerSubnet",
      "cloudConfig.subnetCidrs.serviceLoadBalancerSubnet",
    ],
    [
      "subnets that overlap",
      config({ subnetCidrs: { workerSubnet: "10.0.0.0/24" } }),
      "cloudConfig.subnetCidrs.workerSubnet",
      "cloudConfig.subnetCidrs.serviceLoadBalancerSubnet",
    ],
    ["an existing network with its range", config({ existingNetwork: EXISTING, vcnCidr: "10.9.0.0/16" })],
    ["an existing network without its range", config({ existingNetwork: EXISTING }), "cloudConfig.vcnCidr"],
    [
      "ranges of subnets that exist",
      config({ existingNetwork: EXISTING, vcnCidr: "10.9.0.0/16", subnetCidrs: {} }),
      "cloudConfig.subnetCidrs",
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("oci", "smallest", changes), paths));
  }
});

describe("security groups on Oracle Cloud", () => {
  interface Rule {
    readonly ingressRule: {
      readonly description: string;
      readonly protocol: string;
      readonly source: string;
    };
  }
  const groups = (network: Network): { name: string; ingressRules: Rule[] }[] =>
    securityGroups("10.1.0.0/16", { network, distribution: "kubeadm" }) as {
      name: string;
      ingressRules: Rule[];
    }[];
  const rulesOf = (network: Network, name: string): string[] =>
    (groups(network).find((group) => group.name === name)?.ingressRules ?? []).map(
      ({ ingressRule }) => ingressRule.description,
    );

  it("are one for each of the provider's roles", () => {
    assert.deepEqual(
      groups("cilium").map(({ name }) => name),
      ["control-plane-endpoint", "control-plane", "worker", "service-lb"],
    );
  });

  it("know the network layer", () => {
    assert.ok(rulesOf("calico", "worker").includes("Calico VXLAN"));
    assert.ok(rulesOf("cilium", "control-plane").includes("Cilium VXLAN"));
    assert.ok(!rulesOf("cilium", "worker").some((rule) => rule.startsWith("Calico")));
    assert.ok(rulesOf("other", "worker").includes("Pod network"));
  });

  it("keep etcd to the control plane, and take nothing but web and API requests from outside", () => {
    assert.ok(!rulesOf("cilium", "worker").includes("etcd"));
    const outside = groups("cilium").flatMap(({ name, ingressRules }) =>
      ingressRules
        .filter(({ ingressRule }) => ingressRule.source !== "10.1.0.0/16")
        .map(({ ingressRule }) => `${name} ${ingressRule.description}`),
    );
    assert.deepEqual(outside, ["control-plane-endpoint API server", "service-lb HTTP", "service-lb HTTPS"]);
  });
});

describe("machines of Oracle Cloud", () => {
  const path = ["OCIMachineTemplate", "spec", "template", "spec"];

  it("have an empty SSH key rather than none", () => {
    assert.deepEqual(valueIn("oci", "smallest", [...path, "metadata"]), { ssh_authorized_keys: "" });
  });

  it("have their size in text, as the provider takes it", () => {
    const changes = { poolConfigs: [{ ocpus: 1.5, memoryInGBs: 12, bootVolumeSizeInGBs: 80 }] };
    assert.deepEqual(valueIn("oci", "smallest", [...path, "shapeConfig"], changes), {
      ocpus: "1.5",
      memoryInGBs: "12",
    });
    assert.equal(valueIn("oci", "smallest", [...path, "bootVolumeSizeInGBs"], changes), "80");
  });

  it("have the cluster's image, or that of their pool", () => {
    const id = "ocid1.image.oc1.eu-frankfurt-1.aaaaaaaaexample";
    assert.equal(imageText("oci", "smallest"), `image ${id}`);
    assert.equal(
      imageText("oci", "smallest", pool({ imageId: "ocid1.image.oc1..b" })),
      `image ${id}, image ocid1.image.oc1..b`,
    );
  });
});

describe("accounts of Oracle Cloud", () => {
  const values = { tenancy: "t", user: "u", key: "k", fingerprint: "f" };

  it("are a secret that moves, then an identity for one namespace", () => {
    const [secret, identity] = USER_PRINCIPAL.render({ name: "a", namespace: "team", values });
    assert.deepEqual(secret?.stringData, values);
    assert.equal(secret?.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "true");
    assert.deepEqual(identity?.spec, {
      type: "UserPrincipal",
      principalSecret: { name: "a", namespace: "team" },
      allowedNamespaces: { list: ["team"] },
    });
  });

  it("have a passphrase and a region where they are given", () => {
    const [secret] = USER_PRINCIPAL.render({
      name: "a",
      namespace: "team",
      values: { ...values, passphrase: "p", region: "eu-frankfurt-1" },
    });
    assert.deepEqual(secret?.stringData, { ...values, passphrase: "p", region: "eu-frankfurt-1" });
  });
});
