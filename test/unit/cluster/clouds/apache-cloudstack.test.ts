import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identities } from "../../../../src/cluster/clouds/apache-cloudstack/accounts.ts";
import { type Changes, imageText, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";
const zone = (fields: object, network: object = {}): object => ({
  network: { name: "n", ...network },
  ...fields,
});
const zones = (...all: readonly object[]): Changes => ({ config: { zones: all } });

describe("what no single field of CloudStack can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["no account", { request: { cloudAccount: undefined } as Changes["request"] & object }, "cloudAccount"],
    ["a zone by its ID", zones(zone({ id: "1" }))],
    ["a zone with neither name nor ID", zones(zone({})), "cloudConfig.zones.0.name"],
    ["a zone twice", zones(zone({ name: "a" }), zone({ name: "a" })), "cloudConfig.zones.1.name"],
    [
      "a shared network without an address",
      zones(zone({ name: "a" }, { type: "Shared" })),
      "cloudConfig.controlPlaneEndpoint",
    ],
    [
      "a shared network with an address",
      { config: { zones: [zone({ name: "a" }, { type: "Shared" })], controlPlaneEndpoint: "10.0.0.5" } },
    ],
    ["an offering without a name", { poolConfigs: [{}, { offering: {} }] }, `${POOL}.offering.name`],
    ["a template without a name", { poolConfigs: [{}, { template: {} }] }, `${POOL}.template.name`],
    ["an offering by its ID", { poolConfigs: [{}, { offering: { id: "1" } }] }],
    [
      "affinity and groups",
      { poolConfigs: [{}, { affinity: "anti", affinityGroupIDs: ["1"] }] },
      `${POOL}.affinityGroupIDs`,
    ],
    ["no affinity and groups", { poolConfigs: [{}, { affinity: "no", affinityGroupIDs: ["1"] }] }],
  ];
  for (const [title, changes, ...expected] of cases) {
    it(title, () => assert.deepEqual(problemsOf("apache-cloudstack", "smallest", changes), expected));
  }
});

describe("CloudStack machines", () => {
  const machine = (field: string, changes: Changes = {}): unknown =>
    valueIn(
      "apache-cloudstack",
      "smallest",
      ["CloudStackMachineTemplate", "spec", "template", "spec", field],
      changes,
    );

  it("have no key where none is named, instead of the account's default", () => {
    assert.equal(machine("sshKey"), "");
    assert.equal(machine("sshKey", { config: { sshKeyName: "ops" } }), "ops");
  });

  it("say who they are as their distribution reads it", () => {
    const kubeadm = valueIn("apache-cloudstack", "smallest", [
      "KubeadmConfigTemplate",
      "spec",
      "template",
      "spec",
      "joinConfiguration",
      "nodeRegistration",
      "kubeletExtraArgs",
    ]);
    assert.deepEqual(kubeadm, [
      { name: "provider-id", value: "cloudstack:///'{{ ds.meta_data.instance_id }}'" },
    ]);
    const k3s = valueIn(
      "apache-cloudstack",
      "smallest",
      ["KThreesConfigTemplate", "spec", "template", "spec", "agentConfig", "kubeletArgs"],
      { layers: { k8s: { name: "kubernetes-k3s" } } },
    );
    assert.deepEqual(k3s, ["provider-id=cloudstack:///{{ ds.meta_data.instance_id }}"]);
  });

  it("start from the template of the layers or their own", () => {
    assert.equal(imageText("apache-cloudstack", "smallest"), "template ubuntu-2404-kube-v1.36.4");
    const own = (template: object): string | undefined =>
      imageText("apache-cloudstack", "smallest", { poolConfigs: [{ template }] });
    assert.equal(own({ name: "golden" }), "template golden");
    assert.equal(own({ id: "17" }), "template 17");
  });
});

describe("accounts of CloudStack", () => {
  it("are a secret as the provider reads it", () => {
    const values = { apiUrl: "https://a/client/api", apiKey: "k", secretKey: "s" };
    const objects = identities.flatMap((each) => each.render({ name: "a", namespace: "n", values }));
    assert.deepEqual(
      objects.map(({ kind, metadata: { name, namespace }, stringData }) => [
        kind,
        name,
        namespace,
        stringData,
      ]),
      [
        [
          "Secret",
          "a",
          "n",
          { "api-url": "https://a/client/api", "api-key": "k", "secret-key": "s", "verify-ssl": "true" },
        ],
      ],
    );
  });
});
