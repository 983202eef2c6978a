import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { azureIdentity } from "../../../../src/cluster/clouds/azure/accounts.ts";
import { isArm, takesPremiumDisks } from "../../../../src/cluster/clouds/azure/sizes.ts";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";
const LB = "cloudConfig.infraLBConfig.apiServerLB";
const lb = (apiServerLB: object, more: object = {}): Changes => ({
  config: { infraLBConfig: { apiServerLB }, ...more },
});
const subnet = (cidrBlock: string, name = "own"): object => ({ name, cidrBlock });

describe("what no single field of Azure can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["no account", { request: { cloudAccount: undefined } as never }, "cloudAccount"],
    ["a name of one letter", { request: { name: "a" } }, ""],
    [
      "half an existing network",
      { config: { vnetResourceGroup: "net", vnetName: "v", vnetCidrBlock: "10.0.0.0/15" } },
      "cloudConfig.controlPlaneSubnet",
      "cloudConfig.workerSubnet",
    ],
    [
      "a subnet outside",
      { config: { workerSubnet: subnet("172.16.0.0/16") } },
      "cloudConfig.workerSubnet.cidrBlock",
    ],
    [
      "a network that does not hold the default subnets",
      { config: { vnetCidrBlock: "10.0.0.0/16" } },
      "cloudConfig.vnetCidrBlock",
    ],
    [
      "a network with subnets of its own",
      {
        config: {
          vnetCidrBlock: "172.16.0.0/16",
          controlPlaneSubnet: subnet("172.16.0.0/24"),
          workerSubnet: subnet("172.16.1.0/24", "w"),
        },
      },
    ],
    [
      "subnets that overlap",
      { config: { workerSubnet: subnet("10.0.4.0/24") } },
      "cloudConfig.workerSubnet.cidrBlock",
    ],
    [
      "subnets with one name",
      { config: { controlPlaneSubnet: subnet("10.0.0.0/24"), workerSubnet: subnet("10.1.0.0/24") } },
      "cloudConfig.workerSubnet.name",
    ],
    [
      "an IPv6 subnet",
      { config: { workerSubnet: subnet("fd00::/64") } },
      "cloudConfig.workerSubnet.cidrBlock",
    ],
    [
      "a private address of a public API server",
      lb({ apiServerLBStaticIP: "10.0.0.7" }),
      `${LB}.apiServerLBStaticIP`,
    ],
    ["a private API server", lb({ type: "Internal" })],
    [
      "a private API server outside of its subnet",
      lb({ type: "Internal", apiServerLBStaticIP: "10.1.0.7" }),
      `${LB}.apiServerLBStaticIP`,
    ],
    [
      "a private API server whose default is outside",
      lb({ type: "Internal" }, { controlPlaneSubnet: subnet("10.0.8.0/24") }),
      `${LB}.apiServerLBStaticIP`,
    ],
    [
      "a group of no zone",
      lb({ type: "Internal", privateDNSZoneResourceGroup: "dns" }),
      `${LB}.privateDNSName`,
    ],
    [
      "half of an own gallery",
      { config: { imageGallery: { gallery: "g", name: "i", resourceGroup: "r" } } },
      "cloudConfig.imageGallery.subscriptionId",
    ],
    ["a community gallery", { config: { imageGallery: { gallery: "g", name: "i" } } }],
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
    [
      "a premium disk for a size that takes none",
      {
        poolConfigs: [
          {},
          {
            instanceType: "Standard_D4_v5",
            osDisk: { managedDisk: { storageAccountType: "Premium_LRS" } },
            dataDisks: [{ nameSuffix: "a", diskSizeGB: 4, storageAccountType: "Premium_ZRS" }],
          },
        ],
      },
      `${POOL}.osDisk.managedDisk.storageAccountType (warning)`,
      `${POOL}.dataDisks.0.storageAccountType (warning)`,
    ],
    ["a zone twice", { poolConfigs: [{}, { azs: ["1", "1"] }] }, `${POOL}.azs.1`],
    [
      "a disk twice",
      {
        poolConfigs: [
          {},
          {
            dataDisks: [
              { nameSuffix: "a", diskSizeGB: 4 },
              { nameSuffix: "a", diskSizeGB: 4 },
            ],
          },
        ],
      },
      `${POOL}.dataDisks.1.nameSuffix`,
    ],
    [
      "a tag that Azure does not take",
      { config: { additionalTags: { "a/b": "1" } } },
      "cloudConfig.additionalTags.a/b",
    ],
    [
      "arm64 machines in an amd64 pool",
      { poolConfigs: [{}, { instanceType: "Standard_D4pds_v5" }] },
      `${POOL}.instanceType (warning)`,
    ],
    [
      "arm64 without an image",
      { pools: [{}, { architecture: "arm64" }], poolConfigs: [{}, { instanceType: "Standard_D4ps_v5" }] },
      `${POOL}.imageId (warning)`,
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("azure", "smallest", changes), paths));
  }
});

describe("names of Azure's VM sizes", () => {
  const cases: readonly (readonly [string, boolean, boolean])[] = [
    ["Standard_D4s_v5", false, true],
    ["Standard_D4ps_v5", true, true],
    ["Standard_D4plds_v5", true, true],
    ["Standard_D4_v5", false, false],
    ["Standard_B2ms", false, true],
    ["Standard_DS2_v2", false, true],
    ["Standard_NC4as_T4_v3", false, true],
    ["Standard_M64-32ms", false, true],
    ["Standard_A2_v2", false, false],
    ["Basic_A1", false, false],
    ["something else", false, false],
  ];
  for (const [size, arm, premium] of cases) {
    it(`${size} is ${arm ? "Arm" : "not Arm"} and ${premium ? "takes" : "takes no"} premium disks`, () => {
      assert.deepEqual([isArm(size), takesPremiumDisks(size)], [arm, premium]);
    });
  }

  it("decide the usual disk", () => {
    const disk = (instanceType: string): unknown =>
      valueIn(
        "azure",
        "smallest",
        ["AzureMachineTemplate", "spec", "template", "spec", "osDisk", "managedDisk", "storageAccountType"],
        { poolConfigs: [{ instanceType }] },
      );
    assert.equal(disk("Standard_D4s_v5"), "Premium_LRS");
    assert.equal(disk("Standard_D4_v5"), "StandardSSD_LRS");
  });
});

describe("the image of Azure machines", () => {
  const GALLERY = "ClusterAPI-f72ceb4f-5159-4c26-a0fe-2ea738f0d019";
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["follows the layers", {}, `${GALLERY}/capi-ubun2-2404/1.36.4`],
    [
      "follows another release",
      { layers: { os: { version: "22.04" } } },
      `${GALLERY}/capi-ubun2-2204/1.36.4`,
    ],
    [
      "is none of another system",
      { layers: { os: { name: "centos", version: "7.9" } } },
      `${GALLERY}/capi-centos-79/1.36.4`,
    ],
    [
      "is plain for RKE2",
      { layers: { k8s: { name: "kubernetes-rke2" } } },
      "Canonical ubuntu-24_04-lts, server, latest",
    ],
    [
      "has the version of Kubernetes in an own gallery",
      { config: { imageGallery: { gallery: "g", name: "i" } } },
      "g/i/1.36.4",
    ],
    ["is named by a pool", { poolConfigs: [{ imageId: "/x" }, { imageId: "/x" }] }, "/x"],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("azure", "smallest", changes), text));
  }
});

describe("Azure machines", () => {
  it("have an SSH key in base64, and none where none is given", () => {
    const key = (sshKey: string | undefined): unknown =>
      valueIn("azure", "smallest", ["AzureMachineTemplate", "spec", "template", "spec", "sshPublicKey"], {
        config: { sshKey },
      });
    assert.equal(key("ssh-ed25519 AAAA Jürgen\n"), Buffer.from("ssh-ed25519 AAAA Jürgen").toString("base64"));
    assert.equal(key(""), undefined);
    assert.equal(key(undefined), undefined);
  });

  it("read the cloud controller's configuration from the secret of their own template", () => {
    const [controlPlane, workers] = objectsOf("azure", "smallest", "AzureMachineTemplate").map(
      ({ metadata }) => metadata.name,
    );
    const file = ["files", 0, "contentFrom", "secret"];
    assert.deepEqual(
      valueIn("azure", "smallest", ["KubeadmControlPlane", "spec", "kubeadmConfigSpec", ...file]),
      {
        name: `${controlPlane}-azure-json`,
        key: "control-plane-azure.json",
      },
    );
    assert.deepEqual(
      valueIn("azure", "smallest", ["KubeadmConfigTemplate", "spec", "template", "spec", ...file]),
      {
        name: `${workers}-azure-json`,
        key: "worker-node-azure.json",
      },
    );
  });

  it("keep the control plane out of zones that its pool does not name", () => {
    const closed = (azs: readonly string[]): unknown =>
      valueIn("azure", "smallest", ["AzureCluster", "spec", "failureDomains"], { poolConfigs: [{ azs }] });
    assert.deepEqual(closed(["2"]), { 1: { controlPlane: false }, 3: { controlPlane: false } });
    assert.equal(closed(["1", "2", "3"]), undefined);
    assert.equal(closed([]), undefined);
  });
});

describe("Azure accounts", () => {
  const rendered = (
    values: Record<string, string>,
  ): { kind: string; stringData?: object; spec?: Record<string, unknown> }[] =>
    azureIdentity.render({
      name: "main",
      namespace: "team",
      values: { tenantId: "t", clientId: "c", ...values },
    }) as never;

  it("keep the password of a service principal in a secret that moves", () => {
    const [secret, identity] = rendered({ clientSecret: "s" });
    assert.deepEqual(secret, {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "main", namespace: "team", labels: { "clusterctl.cluster.x-k8s.io/move": "true" } },
      type: "Opaque",
      stringData: { clientSecret: "s" },
    });
    assert.deepEqual(identity?.spec, {
      type: "ServicePrincipal",
      tenantID: "t",
      clientID: "c",
      clientSecret: { name: "main", namespace: "team" },
      allowedNamespaces: { list: ["team"] },
    });
  });

  it("have no secret without a password", () => {
    const [identity, ...others] = rendered({ type: "WorkloadIdentity", clientSecret: "left over" });
    assert.deepEqual(others, []);
    assert.equal(identity?.spec?.type, "WorkloadIdentity");
    assert.equal(identity?.spec?.clientSecret, undefined);
  });
});
