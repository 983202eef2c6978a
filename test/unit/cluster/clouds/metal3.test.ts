import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const REUSE = "cloudConfig.nodeReuse";
const IN = { updateStrategy: { type: "RollingUpdateScaleIn" } } as const;

describe("what no single field of Metal3 can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    [
      "hosts kept while machines are added first",
      { poolConfigs: [{}, { nodeReuse: true }] },
      `machinePools.1.${REUSE}`,
    ],
    ["hosts kept one by one", { pools: [{}, IN], poolConfigs: [{}, { nodeReuse: true }] }],
    [
      "a control plane of one that keeps its host",
      { pools: [IN], poolConfigs: [{ nodeReuse: true }] },
      `machinePools.0.${REUSE}`,
    ],
    [
      "a control plane of three that keeps its hosts",
      { pools: [{ ...IN, size: 3 }], poolConfigs: [{ nodeReuse: true }] },
    ],
    ["hosts that are not kept", { poolConfigs: [{}, { nodeReuse: false }] }],
  ];
  for (const [title, changes, ...expected] of cases) {
    it(title, () => assert.deepEqual(problemsOf("metal3", "smallest", changes), expected));
  }
});

describe("machines of Metal3", () => {
  it("have the label of their host beside their own, with any distribution", () => {
    const changes = { pools: [{ additionalLabels: { tier: "a" } }] };
    const kubeadm = valueIn(
      "metal3",
      "smallest",
      [
        "KubeadmControlPlane",
        "spec",
        "kubeadmConfigSpec",
        "joinConfiguration",
        "nodeRegistration",
        "kubeletExtraArgs",
      ],
      changes,
    );
    assert.deepEqual(kubeadm, [
      { name: "node-labels", value: "metal3.io/uuid={{ ds.meta_data.uuid }},tier=a" },
    ]);
    const rke2 = valueIn("metal3", "smallest", ["RKE2ControlPlane", "spec", "agentConfig", "nodeLabels"], {
      ...changes,
      layers: { k8s: { name: "kubernetes-rke2" } },
    });
    assert.deepEqual(rke2, ["metal3.io/uuid={{ ds.meta_data.uuid }}", "tier=a"]);
  });

  it("refer to the data template of their pool", () => {
    const data = objectsOf("metal3", "smallest", "Metal3DataTemplate").map(({ metadata }) => metadata.name);
    const named = objectsOf("metal3", "smallest", "Metal3MachineTemplate").map(
      ({ spec }) =>
        (spec as { template: { spec: { dataTemplate: { name: string } } } }).template.spec.dataTemplate.name,
    );
    assert.deepEqual(named, data);
    assert.equal(new Set(data).size, 2);
  });

  it("start from the request's image, a pool's own first", () => {
    assert.equal(imageText("metal3", "smallest"), "http://images.example.com/ubuntu-2404-kube-v1.36.4.qcow2");
    const own = { url: "http://a/b.img", checksum: "c", diskFormat: "raw" };
    const images = objectsOf("metal3", "smallest", "Metal3MachineTemplate", {
      poolConfigs: [{}, { image: own }],
    }).map(({ spec }) => (spec as { template: { spec: { image: object } } }).template.spec.image);
    assert.deepEqual(images[1], { ...own, checksumType: "sha256" });
    assert.deepEqual(images[0], {
      url: "http://images.example.com/ubuntu-2404-kube-v1.36.4.qcow2",
      checksum: "http://images.example.com/ubuntu-2404-kube-v1.36.4.qcow2.sha256",
      checksumType: "sha256",
      diskFormat: "qcow2",
    });
  });
});
