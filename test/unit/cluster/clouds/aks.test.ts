import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { asoCredential } from "../../../../src/cluster/clouds/aks/accounts.ts";
import { azureName } from "../../../../src/cluster/clouds/aks/pools.ts";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.0";

describe("what no single field of AKS can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["no account: the operator has one", { request: { cloudAccount: undefined } as never }],
    [
      "no system pool",
      { poolConfigs: [{ isSystemNodePool: false }] },
      `${POOL}.cloudConfig.isSystemNodePool`,
    ],
    ["no word about system pools", { poolConfigs: [{ isSystemNodePool: undefined }] }],
    ["no pool", { request: { machinePools: [] } }, "machinePools"],
    ["an empty system pool", { pools: [{ size: 0 }] }, `${POOL}.poolConfig.size`],
    [
      "a system pool that may be empty",
      { pools: [{ autoscaling: { minSize: 0, maxSize: 3 } }] },
      `${POOL}.poolConfig.minSize`,
    ],
    [
      "a system pool on spot",
      { poolConfigs: [{ capacityType: "spot" }] },
      `${POOL}.cloudConfig.capacityType`,
    ],
    [
      "a price without spot",
      { poolConfigs: [{ spotMarketOptions: { maxPrice: "1" } }] },
      `${POOL}.cloudConfig.spotMarketOptions`,
    ],
    ["a control plane pool", { pools: [{ isControlPlane: true }] }, `${POOL}.poolConfig.isControlPlane`],
    [
      "half an existing network",
      { config: { vnetResourceGroup: "net", vnetName: "v" } },
      "cloudConfig.subscriptionId",
      "cloudConfig.workerSubnet",
    ],
    [
      "a network that does not hold the default subnet",
      { config: { vnetCidrBlock: "172.16.0.0/16" } },
      "cloudConfig.vnetCidrBlock",
    ],
    [
      "a subnet outside",
      { config: { workerSubnet: { name: "n", cidrBlock: "172.16.0.0/24" } } },
      "cloudConfig.workerSubnet.cidrBlock",
    ],
    [
      "ranges for a private API server",
      {
        config: {
          apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: ["192.0.2.0/24"] },
        },
      },
      "cloudConfig.apiServerAccessProfile.authorizedIPRanges",
    ],
    [
      "no machine more during updates",
      { pools: [{ updateStrategy: { type: "OverrideScaling", maxSurge: "0", maxUnavailable: "1" } }] },
      `${POOL}.poolConfig.updateStrategy.maxSurge`,
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("aks", "smallest", changes), paths));
  }
});

type Resource = {
  kind: string;
  metadata: { name: string; annotations?: object };
  spec: Record<string, unknown>;
};
const resources = (kind: string, changes: Changes = {}): Resource[] =>
  objectsOf("aks", "smallest", kind, changes).flatMap(
    ({ spec }) => (spec as { resources: Resource[] }).resources,
  );

describe("AKS resources", () => {
  const cluster = (changes: Changes = {}): Record<string, unknown> =>
    resources("AzureASOManagedControlPlane", changes)[0]?.spec ?? {};
  const pool = (changes: Changes = {}): Record<string, unknown> =>
    resources("AzureASOManagedMachinePool", changes)[0]?.spec ?? {};

  it("sign in with the account, or with the operator's own credential", () => {
    assert.deepEqual(resources("AzureASOManagedCluster")[0]?.metadata.annotations, {
      "serviceoperator.azure.com/credential-from": "azure-account",
    });
    assert.equal(
      resources("AzureASOManagedCluster", { request: { cloudAccount: "" } })[0]?.metadata.annotations,
      undefined,
    );
  });

  it("leave a resource group that has a name of its own behind", () => {
    const [group] = resources("AzureASOManagedCluster", { config: { resourceGroup: "shared" } });
    assert.equal(group?.spec.azureName, "shared");
    assert.deepEqual(group?.metadata.annotations, {
      "serviceoperator.azure.com/credential-from": "azure-account",
      "serviceoperator.azure.com/reconcile-policy": "detach-on-delete",
    });
  });

  it("have no network of their own, a new one, or an existing one", () => {
    const network = (config: Record<string, unknown>): unknown => [
      ...resources("AzureASOManagedCluster", { config }).map(({ kind }) => kind),
      pool({ config }).vnetSubnetReference,
    ];
    assert.deepEqual(network({}), ["ResourceGroup", undefined]);
    assert.deepEqual(network({ vnetName: "net" }), [
      "ResourceGroup",
      "VirtualNetwork",
      "VirtualNetworksSubnet",
      { group: "network.azure.com", kind: "VirtualNetworksSubnet", name: "small-node-subnet" },
    ]);
    assert.deepEqual(
      network({ subscriptionId: "s", vnetResourceGroup: "g", vnetName: "net", workerSubnet: { name: "w" } }),
      [
        "ResourceGroup",
        {
          armId:
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/w",
        },
      ],
    );
  });

  const networks: readonly (readonly [string, string | undefined, object])[] = [
    ["cni-azure", undefined, { networkPlugin: "azure", networkPluginMode: "overlay" }],
    [
      "cni-azure",
      "cilium",
      {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkPolicy: "cilium",
        networkDataplane: "cilium",
      },
    ],
    ["cni-kubenet", "calico", { networkPlugin: "kubenet", networkPolicy: "calico" }],
    ["cni-cilium-oss", "cilium", { networkPlugin: "none" }],
  ];
  for (const [name, networkPolicy, expected] of networks) {
    it(`take the network of layer ${name}${networkPolicy === undefined ? "" : ` with ${networkPolicy} policies`}`, () => {
      const {
        loadBalancerSku: _sku,
        outboundType: _out,
        dnsServiceIP: _dns,
        ...profile
      } = cluster({
        config: { networkPolicy },
        layers: { cni: { name } },
      }).networkProfile as Record<string, unknown>;
      assert.deepEqual(profile, expected);
    });
  }

  it("have the DNS of the cluster inside the service range", () => {
    const address = (values: string): unknown =>
      (cluster({ layers: { k8s: { values } } }).networkProfile as Record<string, unknown>).dnsServiceIP;
    assert.equal(address(""), "10.96.0.10");
    assert.equal(address("pack:\n  serviceClusterIpRange: 172.20.0.0/16\n"), "172.20.0.10");
  });

  it("write the fields of a private API server or of a public one", () => {
    const profile = (apiServerAccessProfile: object): unknown =>
      cluster({ config: { apiServerAccessProfile } }).apiServerAccessProfile;
    assert.deepEqual(profile({ enablePrivateCluster: true, privateDNSZone: "none" }), {
      enablePrivateCluster: true,
      privateDNSZone: "none",
    });
    assert.deepEqual(profile({ privateDNSZone: "none", authorizedIPRanges: ["192.0.2.0/24"] }), {
      authorizedIPRanges: ["192.0.2.0/24"],
    });
    assert.equal(profile({ enablePrivateCluster: false }), undefined);
  });

  it("make the first pool a system pool where no pool is one", () => {
    const modes = (...told: (boolean | undefined)[]): unknown[] =>
      objectsOf("aks", "fullest", "AzureASOManagedMachinePool", {
        poolConfigs: told.map((isSystemNodePool) => ({ isSystemNodePool })),
      }).map(({ spec }) => (spec as { resources: Resource[] }).resources[0]?.spec.mode);
    assert.deepEqual(modes(undefined, undefined, undefined), ["System", "User", "User"]);
    assert.deepEqual(modes(undefined, true, undefined), ["User", "System", "User"]);
    assert.deepEqual(modes(true, true, false), ["System", "System", "User"]);
  });

  it("scale by themselves within the pool's bounds", () => {
    const { enableAutoScaling, minCount, maxCount } = pool({
      pools: [{ autoscaling: { minSize: 2, maxSize: 5 } }],
    });
    assert.deepEqual(
      { enableAutoScaling, minCount, maxCount },
      { enableAutoScaling: true, minCount: 2, maxCount: 5 },
    );
    assert.equal(pool().enableAutoScaling, undefined);
  });

  it("pay at most what the pool says for spot machines", () => {
    const price = (spotMarketOptions?: object): unknown =>
      pool({ poolConfigs: [{ capacityType: "spot", spotMarketOptions }] }).spotMaxPrice;
    assert.equal(price(), -1);
    assert.equal(price({ maxPrice: "0.12" }), 0.12);
  });

  it("take fields of the Kubernetes layer, and the request's before them", () => {
    const values =
      "managedControlPlane:\n  disableLocalAccounts: true\n  location: eastus\nmanagedMachinePool:\n  mode: User\n  maxPods: 50\n";
    const changes = { layers: { k8s: { values } } };
    assert.equal(cluster(changes).disableLocalAccounts, true);
    assert.equal(cluster(changes).location, "westeurope");
    assert.equal(pool(changes).maxPods, 50);
    assert.equal(pool(changes).mode, "System");
  });
});

describe("the version of AKS", () => {
  const versions = (tag: string): unknown[] => [
    valueIn("aks", "smallest", ["AzureASOManagedControlPlane", "spec", "version"], {
      layers: { k8s: { tag, version: tag } },
    }),
    valueIn("aks", "smallest", ["MachinePool", "spec", "template", "spec", "version"], {
      layers: { k8s: { tag, version: tag } },
    }),
    imageText("aks", "smallest", { layers: { k8s: { tag, version: tag } } }),
  ];

  it("is a patch release where the layer pins one", () => {
    assert.deepEqual(versions("1.35.4"), ["v1.35.4", "v1.35.4", "Ubuntu image of AKS 1.35.4"]);
  });

  it("is a minor otherwise, which pools follow", () => {
    assert.deepEqual(versions("1.36"), ["v1.36", undefined, "Ubuntu image of AKS 1.36"]);
  });
});

describe("names of agent pools", () => {
  it("stay where Azure takes them", () => {
    assert.equal(azureName("system"), "system");
    assert.equal(azureName("abcdefghijkl"), "abcdefghijkl");
  });

  it("are names that Azure takes, and others for other pools", () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        assert.match(azureName(a), /^[a-z][a-z0-9]{0,11}$/);
        assert.equal(azureName(a) === azureName(b), a === b);
      }),
    );
  });
});

describe("AKS accounts", () => {
  const data = (values: Record<string, string>): unknown => {
    const [secret] = asoCredential.render({
      name: "main",
      namespace: "team",
      values: { subscriptionId: "s", tenantId: "t", clientId: "c", ...values },
    }) as { stringData?: unknown }[];
    return secret?.stringData;
  };

  it("are what the operator reads, with a password or without", () => {
    const common = { AZURE_SUBSCRIPTION_ID: "s", AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c" };
    assert.deepEqual(data({ clientSecret: "p" }), { ...common, AZURE_CLIENT_SECRET: "p" });
    assert.deepEqual(data({ type: "WorkloadIdentity", clientSecret: "left over" }), {
      ...common,
      AUTH_MODE: "workloadidentity",
    });
  });
});
