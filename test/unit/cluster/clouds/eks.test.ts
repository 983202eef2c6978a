import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Changes, imageText, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.0";
const strategy = (maxUnavailable: string): Changes => ({
  pools: [{ updateStrategy: { type: "OverrideScaling", maxSurge: "1", maxUnavailable } }],
});

describe("what no single field of EKS can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["a control plane pool", { pools: [{ isControlPlane: true }] }, `${POOL}.poolConfig.isControlPlane`],
    ["one zone", { poolConfigs: [{ azs: ["eu-west-1a"] }] }, `${POOL}.cloudConfig.azs`],
    ["two zones", { poolConfigs: [{ azs: ["eu-west-1a", "eu-west-1b"] }] }],
    [
      "one zone of an existing VPC",
      {
        config: { vpcId: "vpc-0a1b2c3d", subnets: [{ id: "subnet-0a1b2c3d" }] },
        poolConfigs: [{ azs: ["eu-west-1a"] }],
      },
    ],
    ["an existing VPC without subnets", { config: { vpcId: "vpc-0a1b2c3d" } }, "cloudConfig.subnets"],
    [
      "a second range elsewhere",
      { config: { secondaryCidrBlock: "10.1.0.0/16" } },
      "cloudConfig.secondaryCidrBlock",
    ],
    [
      "a second range that sticks out",
      { config: { secondaryCidrBlock: "100.64.0.0/15" } },
      "cloudConfig.secondaryCidrBlock",
    ],
    ["a second range", { config: { secondaryCidrBlock: "198.19.0.0/16" } }],
    [
      "no endpoint at all",
      { config: { endpointAccess: { public: false, private: false } } },
      "cloudConfig.endpointAccess.private",
    ],
    [
      "ranges for no public endpoint",
      { config: { endpointAccess: { public: false, publicCIDRs: ["192.0.2.0/24"] } } },
      "cloudConfig.endpointAccess.publicCIDRs",
    ],
    ["a private endpoint", { config: { endpointAccess: { public: false } } }],
    [
      "encryption without a key",
      { config: { encryptionConfig: { isEnabled: true } } },
      "cloudConfig.encryptionConfig.provider",
    ],
    ["encryption that is off", { config: { encryptionConfig: { isEnabled: false } } }],
    [
      "an add-on twice",
      {
        config: {
          addons: [
            { name: "coredns", version: "v1.12.0-eksbuild.1" },
            { name: "coredns", version: "v1.12.1-eksbuild.1" },
          ],
        },
      },
      "cloudConfig.addons.1.name",
    ],
    [
      "an image of another architecture",
      { poolConfigs: [{ amiType: "AL2023_ARM_64_STANDARD" }] },
      `${POOL}.cloudConfig.amiType`,
    ],
    [
      "a Fargate profile with a name of EKS",
      { config: { fargateProfiles: [{ name: "eks-jobs", selectors: [{ namespace: "jobs" }] }] } },
      "cloudConfig.fargateProfiles.0.name",
    ],
    ["one machine may be missing", strategy("1")],
    ["no machine may be missing", strategy("0"), `${POOL}.poolConfig.updateStrategy.maxUnavailable`],
    ["more than all may be missing", strategy("101%"), `${POOL}.poolConfig.updateStrategy.maxUnavailable`],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("eks", "smallest", changes), paths));
  }
});

describe("an EKS control plane", () => {
  const spec = (field: string, changes: Changes = {}): unknown =>
    valueIn("eks", "smallest", ["AWSManagedControlPlane", "spec", field], changes);
  const network = (name: string, values = ""): Changes => ({ layers: { cni: { name, values } } });
  const withoutProxy = "charts:\n  cilium:\n    kubeProxyReplacement: true\n";

  it("has the minor of the Kubernetes layer, and pools a whole version of it", () => {
    assert.equal(spec("version"), "v1.36");
    assert.equal(
      valueIn("eks", "smallest", ["MachinePool", "spec", "template", "spec", "version"]),
      "v1.36.0",
    );
    assert.equal(spec("version", { layers: { k8s: { tag: "1.35.4" } } }), "v1.35");
  });

  it("keeps the VPC network where that is the network layer", () => {
    assert.equal(spec("vpcCni"), undefined);
    assert.deepEqual(spec("vpcCni", network("cni-cilium-oss")), { disable: true });
  });

  it("keeps kube-proxy unless the network layer takes its place", () => {
    assert.equal(spec("kubeProxy", network("cni-cilium-oss")), undefined);
    assert.deepEqual(spec("kubeProxy", network("cni-cilium-oss", withoutProxy)), { disable: true });
  });

  it("disables nothing that the request pins as an add-on: the provider refuses both", () => {
    const addons = ["vpc-cni", "kube-proxy"].map((name) => ({ name, version: "v1.0.0-eksbuild.1" }));
    const changes = { ...network("cni-cilium-oss", withoutProxy), config: { addons } };
    assert.equal(spec("vpcCni", changes), undefined);
    assert.equal(spec("kubeProxy", changes), undefined);
  });

  it("takes fields of the Kubernetes layer, and the request's before them", () => {
    const values = (text: string): Changes => ({ layers: { k8s: { values: text } } });
    assert.equal(
      spec("upgradePolicy", values("managedControlPlane:\n  upgradePolicy: standard\n")),
      "standard",
    );
    assert.equal(
      spec("upgradePolicy", values("managedControlPlane:\n  spec:\n    upgradePolicy: standard\n")),
      "standard",
    );
    assert.equal(spec("region", values("managedControlPlane:\n  region: us-east-1\n")), "eu-west-1");
    assert.deepEqual(
      spec(
        "endpointAccess",
        values("managedControlPlane:\n  endpointAccess: { private: false, publicCIDRs: [192.0.2.0/24] }\n"),
      ),
      {
        public: true,
        private: true,
        publicCIDRs: ["192.0.2.0/24"],
      },
    );
    assert.equal(spec("region", values("managedControlPlane: [")), "eu-west-1");
  });
});

describe("EKS node groups", () => {
  const spec = (field: string, changes: Changes = {}): unknown =>
    valueIn("eks", "smallest", ["AWSManagedMachinePool", "spec", field], changes);

  const images: readonly (readonly [string, Changes, string])[] = [
    ["Amazon Linux 2023", {}, "AL2023_x86_64_STANDARD"],
    ["its Arm twin", { pools: [{ architecture: "arm64" }] }, "AL2023_ARM_64_STANDARD"],
    ["Bottlerocket of an own layer", { layers: { os: { name: "bottlerocket" } } }, "BOTTLEROCKET_x86_64"],
    ["what the pool says", { poolConfigs: [{ amiType: "AL2023_x86_64_NVIDIA" }] }, "AL2023_x86_64_NVIDIA"],
  ];
  for (const [title, changes, image] of images) {
    it(`start from ${title}`, () => {
      assert.equal(spec("amiType", changes), image);
      assert.equal(imageText("eks", "smallest", changes), `${image} for Kubernetes 1.36, release newest`);
    });
  }

  it("have bounds that hold their size", () => {
    assert.deepEqual(spec("scaling"), { minSize: 1, maxSize: 2 });
    assert.deepEqual(spec("scaling", { pools: [{ size: 0 }] }), { minSize: 0, maxSize: 1 });
    assert.deepEqual(spec("scaling", { pools: [{ autoscaling: { minSize: 2, maxSize: 5 } }] }), {
      minSize: 2,
      maxSize: 5,
    });
  });

  it("write taints as EKS does", () => {
    const taints = (["NoSchedule", "PreferNoSchedule", "NoExecute"] as const).map((effect) => ({
      key: "k",
      value: "v",
      effect,
    }));
    assert.deepEqual(
      (spec("taints", { pools: [{ taints }] }) as { effect: string }[]).map(({ effect }) => effect),
      ["no-schedule", "prefer-no-schedule", "no-execute"],
    );
  });

  it("let as many machines be missing as the pool says", () => {
    assert.deepEqual(spec("updateConfig", strategy("2")), { maxUnavailable: 2 });
    assert.deepEqual(spec("updateConfig", strategy("25%")), { maxUnavailablePercentage: 25 });
    assert.equal(spec("updateConfig"), undefined);
  });

  it("are open by SSH only with a key", () => {
    assert.equal(spec("remoteAccess"), undefined);
    assert.deepEqual(spec("remoteAccess", { config: { sshKeyName: "ops" } }), { sshKeyName: "ops" });
  });
});
