import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { AWS_IDENTITIES } from "../../../../src/cluster/clouds/aws/accounts.ts";
import { vpcNetwork, vpcRangeProblem } from "../../../../src/cluster/clouds/aws/network.ts";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const VPC = { vpcId: "vpc-0a1b2c3d4e5f67890", subnets: [{ id: "subnet-0a1b2c3d4e5f67890" }] };
const SUBNET = { az: "eu-west-1a", id: "subnet-0a1b2c3d4e5f67890" };
const POOL = "machinePools.1.cloudConfig";

describe("what no single field of AWS can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["an existing VPC without subnets", { config: { vpcId: VPC.vpcId } }, "cloudConfig.subnets"],
    ["subnets without a VPC", { config: { subnets: VPC.subnets } }, "cloudConfig.subnets"],
    ["an existing VPC with its subnets", { config: VPC }],
    ["a range that is no VPC", { config: { vpcCidrBlock: "10.0.0.0/8" } }, "cloudConfig.vpcCidrBlock"],
    ["an IPv6 range", { config: { vpcCidrBlock: "fd00::/56" } }, "cloudConfig.vpcCidrBlock"],
    [
      "a range that is too small for three zones",
      { config: { vpcCidrBlock: "10.0.0.0/26" } },
      "cloudConfig.vpcCidrBlock",
    ],
    [
      "zones and subnets",
      { config: VPC, poolConfigs: [{}, { azs: ["eu-west-1b"], subnets: [SUBNET] }] },
      `${POOL}.azs`,
    ],
    ["subnets of a pool without a VPC", { poolConfigs: [{}, { subnets: [SUBNET] }] }, `${POOL}.subnets`],
    ["a zone of another region", { poolConfigs: [{}, { azs: ["eu-west-2a"] }] }, `${POOL}.azs.0`],
    ["a zone twice", { poolConfigs: [{}, { azs: ["eu-west-1a", "eu-west-1a"] }] }, `${POOL}.azs.1`],
    [
      "a control plane on spot",
      { poolConfigs: [{ capacityType: "spot" }] },
      "machinePools.0.cloudConfig.capacityType",
    ],
    [
      "a price without spot",
      { poolConfigs: [{}, { spotMarketOptions: { maxPrice: "1" } }] },
      `${POOL}.spotMarketOptions`,
    ],
    ["io2 without IOPS", { poolConfigs: [{}, { rootVolume: { type: "io2" } }] }, `${POOL}.rootVolume.iops`],
    [
      "throughput of gp2",
      { poolConfigs: [{}, { rootVolume: { type: "gp2", throughput: 200 } }] },
      `${POOL}.rootVolume.throughput`,
    ],
    ["throughput of the default type", { poolConfigs: [{}, { rootVolume: { throughput: 200 } }] }],
    [
      "a key for nothing",
      { poolConfigs: [{}, { rootVolume: { encrypted: false, encryptionKey: "k" } }] },
      `${POOL}.rootVolume.encryptionKey`,
    ],
    [
      "arm64 machines in an amd64 pool",
      { poolConfigs: [{}, { instanceType: "c7gn.large" }] },
      `${POOL}.instanceType (warning)`,
    ],
    [
      "amd64 machines in an arm64 pool",
      { pools: [{}, { architecture: "arm64" }] },
      `${POOL}.instanceType (warning)`,
    ],
    ["GPU machines", { poolConfigs: [{}, { instanceType: "g5.xlarge" }] }],
    ["a tag of AWS", { config: { additionalTags: { "aws:x": "1" } } }, "cloudConfig.additionalTags.aws:x"],
    [
      "a tag that AWS does not take",
      { poolConfigs: [{}, { additionalTags: { "a&b": "1" } }] },
      `${POOL}.additionalTags.a&b`,
    ],
    ["China without images", { config: { region: "cn-north-1" } }, "cloudConfig.imageLookupOrg (warning)"],
    ["China with images", { config: { region: "cn-north-1", imageLookupOrg: "123456789012" } }],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("aws", "smallest", changes), paths));
  }

  it("AWS takes 50 tags", () => {
    const tags = (count: number): Changes => ({
      config: { additionalTags: Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, ""])) },
    });
    assert.deepEqual(problemsOf("aws", "smallest", tags(50)), []);
    assert.deepEqual(problemsOf("aws", "smallest", tags(51)), ["cloudConfig.additionalTags"]);
  });
});

describe("a new VPC", () => {
  const subnets = (zones: readonly string[], vpcCidrBlock?: string): Record<string, unknown>[] =>
    (
      vpcNetwork("demo", { ...(vpcCidrBlock ? { vpcCidrBlock } : {}), subnetIds: [], zones }) as {
        subnets: [];
      }
    ).subnets;

  it("is the provider's own where no pool names a zone", () => {
    assert.deepEqual(vpcNetwork("demo", { subnetIds: [], zones: [] }), {});
  });

  it("is divided as the provider divides its own", () => {
    assert.deepEqual(
      subnets(["b", "a", "c", "a"]).map(({ cidrBlock, availabilityZone, isPublic }) => [
        cidrBlock,
        availabilityZone,
        isPublic,
      ]),
      [
        ["10.0.0.0/20", "a", true],
        ["10.0.64.0/18", "a", false],
        ["10.0.16.0/20", "b", true],
        ["10.0.128.0/18", "b", false],
        ["10.0.32.0/20", "c", true],
        ["10.0.192.0/18", "c", false],
      ],
    );
  });

  it("has subnets inside its range and apart from each other, in any range that is taken", () => {
    const range = fc
      .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 28 }))
      .map(([a, b, c, prefix]) => {
        const network = ipaddr.IPv4.networkAddressFromCIDR(`10.${a}.${b}.${c}/${prefix}`);
        return `${network.toString()}/${prefix}`;
      });
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 6 }), (vpc, count) => {
        const zones = "abcdef".slice(0, count).split("");
        fc.pre(vpcRangeProblem(vpc, count) === undefined);
        const ranges = subnets(zones, vpc).map(({ cidrBlock }) => ipaddr.IPv4.parseCIDR(`${cidrBlock}`));
        assert.equal(ranges.length, 2 * count);
        for (const [i, [address, prefix]] of ranges.entries()) {
          assert.ok(prefix <= 28);
          assert.ok(address.match(ipaddr.IPv4.parseCIDR(vpc)));
          for (const [other, length] of ranges.slice(i + 1)) {
            assert.ok(!address.match(other, length) && !other.match(address, prefix));
          }
        }
      }),
    );
  });
});

describe("the firewall between machines", () => {
  const opened = (name: string, values = ""): string[] =>
    (
      valueIn("aws", "smallest", ["AWSCluster", "spec", "network", "cni", "cniIngressRules"], {
        layers: { cni: { name, values } },
      }) as { protocol: string; fromPort: number }[]
    ).map(({ protocol, fromPort }) => `${protocol} ${fromPort}`);

  it("is that of the network layer", () => {
    assert.deepEqual(opened("cni-flannel"), ["udp 8472", "udp 51820"]);
    assert.ok(opened("cni-cilium-oss").includes("udp 8472"));
    assert.ok(!opened("cni-cilium-oss").includes("tcp 179"));
    assert.ok(opened("cni-calico").includes("4 -1"));
    assert.deepEqual(opened("antrea"), ["-1 -1"]);
  });

  it("lets machines of RKE2 join", () => {
    const rules = (name: string): unknown =>
      valueIn(
        "aws",
        "smallest",
        ["AWSCluster", "spec", "network", "additionalControlPlaneIngressRules", 0, "fromPort"],
        {
          layers: { k8s: { name } },
        },
      );
    assert.equal(rules("kubernetes-rke2"), 9345);
    assert.equal(rules("kubernetes"), undefined);
  });
});

describe("the image of AWS machines", () => {
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["follows the layers", {}, "AMI capa-ami-ubuntu-24.04-?1.36.4-* of account 819546954734"],
    [
      "follows another release",
      { layers: { os: { version: "22.04" } } },
      "AMI capa-ami-ubuntu-22.04-?1.36.4-* of account 819546954734",
    ],
    [
      "is none of another system",
      { layers: { os: { name: "centos", version: "7.9" } } },
      "AMI capa-ami-centos-7-?1.36.4-* of account 819546954734",
    ],
    [
      "is plain for RKE2",
      { layers: { k8s: { name: "kubernetes-rke2" } } },
      "AMI ubuntu/images/hvm-ssd*/ubuntu-*-24.04-*-server-* of account 099720109477",
    ],
    [
      "is the user's own",
      {
        config: {
          imageLookupFormat: "own-{{ .BaseOS }}",
          imageLookupBaseOS: "rhel-9",
          imageLookupOrg: "self",
        },
      },
      "AMI own-rhel-9 of account self",
    ],
    [
      "is named by a pool",
      { poolConfigs: [{ ami: "ami-0a1b2c3d" }, { ami: "ami-0a1b2c3d" }] },
      "AMI ami-0a1b2c3d",
    ],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("aws", "smallest", changes), text));
  }

  it("is in the template as it is told", () => {
    assert.equal(
      valueIn("aws", "smallest", ["AWSMachineTemplate", "spec", "template", "spec", "imageLookupBaseOS"]),
      "ubuntu-24.04",
    );
  });
});

describe("AWS machines", () => {
  it("have no key where none is given, not the provider's default", () => {
    for (const sshKeyName of [undefined, ""]) {
      assert.equal(
        valueIn("aws", "smallest", ["AWSCluster", "spec", "sshKeyName"], { config: { sshKeyName } }),
        "",
      );
      assert.equal(
        valueIn("aws", "smallest", ["AWSMachineTemplate", "spec", "template", "spec", "sshKeyName"], {
          config: { sshKeyName },
        }),
        "",
      );
    }
  });

  it("become another template with another disk, and stay the same otherwise", () => {
    const names = (changes: Changes): string[] =>
      objectsOf("aws", "smallest", "AWSMachineTemplate", changes).map(({ metadata }) => metadata.name);
    const [controlPlane, workers] = names({});
    const [sameControlPlane, otherWorkers] = names({ poolConfigs: [{}, { rootDeviceSize: 61 }] });
    assert.equal(sameControlPlane, controlPlane);
    assert.notEqual(otherWorkers, workers);
  });
});

describe("AWS accounts", () => {
  const rendered = (kind: string, values: Record<string, string>): unknown[] =>
    AWS_IDENTITIES.find((identity) => identity.kind === kind)?.render({
      name: "main",
      namespace: "team",
      values,
    }) ?? [];

  it("keep an access key where the provider reads it, and move with it", () => {
    assert.deepEqual(
      rendered("AWSClusterStaticIdentity", { accessKeyId: "A", secretAccessKey: "S", sessionToken: "" }),
      [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: {
            name: "main",
            namespace: "capa-system",
            labels: { "clusterctl.cluster.x-k8s.io/move": "true" },
          },
          type: "Opaque",
          stringData: { AccessKeyID: "A", SecretAccessKey: "S" },
        },
        {
          apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
          kind: "AWSClusterStaticIdentity",
          metadata: { name: "main", labels: { "clusterctl.cluster.x-k8s.io/move-hierarchy": "" } },
          spec: { allowedNamespaces: { list: ["team"] }, secretRef: "main" },
        },
      ],
    );
  });

  it("assume a role from the provider's identity or from an access key", () => {
    const source = (values: Record<string, string>): unknown => {
      const [role] = rendered("AWSClusterRoleIdentity", { roleARN: "arn", ...values }) as {
        spec: { sourceIdentityRef: unknown };
      }[];
      return role?.spec.sourceIdentityRef;
    };
    assert.deepEqual(source({}), { kind: "AWSClusterControllerIdentity", name: "default" });
    assert.deepEqual(source({ sourceAccount: "main" }), { kind: "AWSClusterStaticIdentity", name: "main" });
  });

  it("have one name for the provider's own identity", () => {
    const [controller] = rendered("AWSClusterControllerIdentity", {}) as { metadata: { name: string } }[];
    assert.equal(controller?.metadata.name, "default");
  });

  it("are left out where none is named", () => {
    assert.equal(
      valueIn("aws", "smallest", ["AWSCluster", "spec", "identityRef"], { request: { cloudAccount: "" } }),
      undefined,
    );
    assert.deepEqual(valueIn("aws", "smallest", ["AWSCluster", "spec", "identityRef"]), {
      kind: "AWSClusterStaticIdentity",
      name: "aws-account",
    });
  });
});
