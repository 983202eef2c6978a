import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { API_TOKEN } from "../../../../src/cluster/clouds/hetzner/accounts.ts";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";
const pool = (fields: Readonly<Record<string, unknown>>): Changes => ({ poolConfigs: [{}, fields] });
const NO_IPV4 = { publicNetwork: { enableIPv4: false } };
const NO_ADDRESSES = { publicNetwork: { enableIPv4: false, enableIPv6: false } };

describe("what no single field of Hetzner can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["no account", { request: { cloudAccount: undefined } as object }, "cloudAccount (warning)"],
    ["a location twice", pool({ azs: ["fsn1", "fsn1"] }), `${POOL}.azs.1`],
    [
      "a control plane over the sea",
      { poolConfigs: [{ azs: ["fsn1", "ash"] }] },
      "machinePools.0.cloudConfig.azs",
    ],
    ["a control plane over one network zone", { poolConfigs: [{ azs: ["fsn1", "nbg1", "hel1"] }] }],
    ["workers over the sea", pool({ azs: ["sin"] })],
    [
      "a private network over the sea",
      { config: { network: { enabled: true } }, poolConfigs: [{}, { azs: ["sin"] }] },
      `${POOL}.azs`,
    ],
    [
      "a range of no network",
      { config: { network: { cidrBlock: "10.1.0.0/16" } } },
      "cloudConfig.network.cidrBlock",
    ],
    [
      "an address and a load balancer",
      { config: { controlPlaneEndpoint: { host: "a.example", port: 6443 }, loadBalancer: { type: "lb11" } } },
      "cloudConfig.loadBalancer",
    ],
    ["machines that nothing reaches", pool(NO_ADDRESSES), `${POOL}.publicNetwork`],
    [
      "machines in the private network only",
      { config: { network: { enabled: true } }, poolConfigs: [{}, NO_ADDRESSES] },
    ],
    [
      "a control plane that the load balancer cannot reach",
      { poolConfigs: [NO_IPV4] },
      "machinePools.0.cloudConfig.publicNetwork.enableIPv4",
    ],
    [
      "a control plane behind the load balancer in the private network",
      { config: { network: { enabled: true } }, poolConfigs: [NO_IPV4] },
    ],
    [
      "a control plane without a load balancer",
      { config: { controlPlaneEndpoint: { host: "a.example", port: 6443 } }, poolConfigs: [NO_IPV4] },
    ],
    ["workers without IPv4", pool(NO_IPV4)],
    ["Kubernetes in Hetzner's own image", pool({ imageHasKubernetes: true }), `${POOL}.imageHasKubernetes`],
    ["Kubernetes in an image of one's own", pool({ imageHasKubernetes: true, imageName: "golden" })],
    [
      "eleven machines in a group",
      { pools: [{}, { size: 11 }], poolConfigs: [{}, { placementGroupName: "a" }] },
      `${POOL}.placementGroupName`,
    ],
    [
      "a group that can grow to eleven",
      {
        pools: [{}, { autoscaling: { minSize: 1, maxSize: 11 } }],
        poolConfigs: [{}, { placementGroupName: "a" }],
      },
      `${POOL}.placementGroupName`,
    ],
    [
      "two pools that are eleven in one group",
      { pools: [{ size: 5 }, { size: 6 }], poolConfigs: [{}, { placementGroupName: "control-plane" }] },
      `${POOL}.placementGroupName`,
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("hetzner", "smallest", changes), paths));
  }
});

describe("machines of Hetzner", () => {
  const commands = (changes: Changes): unknown => {
    const [template] = objectsOf("hetzner", "smallest", "KubeadmConfigTemplate", changes);
    const spec = template?.spec as { template: { spec: Record<string, unknown> } };
    return spec.template.spec.preKubeadmCommands;
  };

  it("install the profile's version before kubeadm runs", () => {
    assert.deepEqual(commands({}), ["/usr/local/sbin/install-kubernetes 1.36.4"]);
  });

  it("install nothing on an image that has it", () => {
    assert.equal(commands(pool({ imageHasKubernetes: true, imageName: "golden" })), undefined);
  });

  it("install nothing for K3s, which brings its own", () => {
    const [template] = objectsOf("hetzner", "smallest", "KThreesConfigTemplate", {
      layers: { k8s: { name: "kubernetes-k3s" } },
    });
    assert.doesNotMatch(JSON.stringify(template), /install-kubernetes/);
  });

  const images: readonly (readonly [string, Changes, string])[] = [
    ["plain", {}, "image ubuntu-24.04, with Kubernetes 1.36.4 installed when a machine starts"],
    ["for K3s", { layers: { k8s: { name: "kubernetes-k3s" } } }, "image ubuntu-24.04"],
    [
      "of one's own",
      {
        poolConfigs: [
          { imageName: "golden", imageHasKubernetes: true },
          { imageName: "golden", imageHasKubernetes: true },
        ],
      },
      "image golden",
    ],
  ];
  for (const [title, changes, text] of images) {
    it(`start from an image ${title}`, () => assert.equal(imageText("hetzner", "smallest", changes), text));
  }

  it("are where the cluster is, unless their pool says otherwise", () => {
    const path = ["MachineDeployment", "spec", "template", "spec", "failureDomain"];
    assert.equal(valueIn("hetzner", "smallest", path), "fsn1");
    assert.equal(valueIn("hetzner", "smallest", path, pool({ azs: ["hel1"] })), "hel1");
  });
});

describe("the network zone of Hetzner", () => {
  for (const [location, zone] of [
    ["fsn1", "eu-central"],
    ["ash", "us-east"],
    ["hil", "us-west"],
    ["sin", "ap-southeast"],
  ] as const) {
    it(`of ${location} is ${zone}`, () => {
      const changes = { config: { region: location, network: { enabled: true } } };
      assert.equal(
        valueIn("hetzner", "smallest", ["HetznerCluster", "spec", "hcloudNetwork", "networkZone"], changes),
        zone,
      );
    });
  }
});

describe("accounts of Hetzner", () => {
  it("are secrets that move, with the token where the cluster looks for it", () => {
    const [secret, ...others] = API_TOKEN.render({ name: "a", namespace: "team", values: { token: "t" } });
    const { hcloudToken } = valueIn("hetzner", "smallest", [
      "HetznerCluster",
      "spec",
      "hetznerSecretRef",
      "key",
    ]) as {
      hcloudToken: string;
    };
    assert.deepEqual(others, []);
    assert.deepEqual(secret?.stringData, { [hcloudToken]: "t" });
    assert.equal(secret?.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "true");
  });
});
