import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identities } from "../../../../src/cluster/clouds/kubevirt/accounts.ts";
import { type Changes, imageText, valueIn } from "./examples.ts";

const account = (cloudAccount: string): Changes => ({ request: { cloudAccount } });
const template = (...path: readonly (string | number)[]): readonly (string | number)[] => [
  "KubevirtMachineTemplate",
  "spec",
  "template",
  "spec",
  "virtualMachineTemplate",
  ...path,
];

describe("virtual machines of KubeVirt", () => {
  const namespaces: readonly (readonly [string, Changes, string | undefined])[] = [
    ["are in the cluster's namespace on the management cluster", {}, "default"],
    ["are in the account's namespace on another cluster", account("infra"), undefined],
    [
      "are in the namespace that the request names",
      { ...account("infra"), config: { namespace: "machines" } },
      "machines",
    ],
  ];
  for (const [title, changes, namespace] of namespaces) {
    it(title, () => {
      assert.equal(valueIn("kubevirt", "smallest", template("metadata", "namespace"), changes), namespace);
    });
  }

  it("refer to the account's secret", () => {
    const path = ["KubevirtCluster", "spec", "infraClusterSecretRef"];
    assert.equal(valueIn("kubevirt", "smallest", path), undefined);
    assert.deepEqual(valueIn("kubevirt", "smallest", path, account("infra")), {
      apiVersion: "v1",
      kind: "Secret",
      name: "infra",
      namespace: "default",
    });
  });

  it("have the disk that they start from, or a copy that stays", () => {
    const volumes = template("spec", "template", "spec", "volumes");
    assert.deepEqual(valueIn("kubevirt", "smallest", volumes), [
      { name: "root", containerDisk: { image: "quay.io/capk/ubuntu-2404-container-disk:v1.36.4" } },
    ]);
    const changes = { poolConfigs: [{ rootVolume: { diskGiB: 30 } }] };
    assert.deepEqual(valueIn("kubevirt", "smallest", volumes, changes), [
      { name: "root", dataVolume: { name: "root" } },
    ]);
    assert.deepEqual(
      valueIn("kubevirt", "smallest", template("spec", "dataVolumeTemplates", 0, "spec", "source"), changes),
      { registry: { url: "docker://quay.io/capk/ubuntu-2404-container-disk:v1.36.4" } },
    );
  });

  const architectures: readonly (readonly ["amd64" | "arm64", string | undefined])[] = [
    ["amd64", undefined],
    ["arm64", "arm64"],
  ];
  for (const [architecture, said] of architectures) {
    it(`on ${architecture} say ${said ?? "nothing of it"}`, () => {
      const path = template("spec", "template", "spec", "architecture");
      assert.equal(valueIn("kubevirt", "smallest", path, { pools: [{ architecture }] }), said);
    });
  }
});

describe("the image of KubeVirt machines", () => {
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["follows the layers", {}, "quay.io/capk/ubuntu-2404-container-disk:v1.36.4"],
    [
      "is plain for K3s",
      { layers: { k8s: { name: "kubernetes-k3s" } } },
      "quay.io/containerdisks/ubuntu:24.04",
    ],
    ["is a pool's own", { poolConfigs: [{}, { image: "a/b:c" }] }, "a/b:c"],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("kubevirt", "smallest", changes), text));
  }
});

describe("accounts of KubeVirt", () => {
  it("are a secret with a kubeconfig, and a namespace where one is named", () => {
    const data = (values: Record<string, string>): unknown[] =>
      identities
        .flatMap((each) => each.render({ name: "a", namespace: "n", values }))
        .map(({ stringData }) => stringData);
    assert.deepEqual(data({ kubeconfig: "k" }), [{ kubeconfig: "k" }]);
    assert.deepEqual(data({ kubeconfig: "k", namespace: "" }), [{ kubeconfig: "k" }]);
    assert.deepEqual(data({ kubeconfig: "k", namespace: "m" }), [{ kubeconfig: "k", namespace: "m" }]);
  });
});
