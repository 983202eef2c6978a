import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Changes, imageText, problemsOf, valueIn } from "./examples.ts";

const ISO = "machinePools.1.cloudConfig.bootOptions.isoURL";
const workers = (bootOptions: object): Changes => ({ poolConfigs: [{}, { bootOptions }] });

describe("what no single field of Tinkerbell can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["an ISO image that is not named", workers({ bootMode: "isoboot" }), ISO],
    ["an ISO image", workers({ bootMode: "isoboot", isoURL: "http://a/hook.iso" })],
    ["the network", workers({ bootMode: "netboot" })],
    ["a name of known fields", { config: { imageLookupFormat: "{{ .OSDistro }}:{{.OSVersion}}" } }],
    [
      "a name of a field that is not there",
      { config: { imageLookupFormat: "{{.OSDistro}}:{{ .Version }}" } },
      "cloudConfig.imageLookupFormat",
    ],
  ];
  for (const [title, changes, ...expected] of cases) {
    it(title, () => assert.deepEqual(problemsOf("tinkerbell", "smallest", changes), expected));
  }
});

describe("the image of Tinkerbell machines", () => {
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["follows the layers", {}, "ghcr.io/tinkerbell/cluster-api-provider-tinkerbell/ubuntu-2404:v1.36.4.gz"],
    [
      "is in another registry",
      { config: { imageLookupBaseRegistry: "registry.example.com/a" } },
      "registry.example.com/a/ubuntu-2404:v1.36.4.gz",
    ],
    [
      "has another name",
      { config: { imageLookupFormat: "{{ .OSDistro }}/{{.KubernetesVersion}}" } },
      "ubuntu/v1.36.4",
    ],
    [
      "is plain for K3s",
      { layers: { k8s: { name: "kubernetes-k3s" } } },
      "ghcr.io/tinkerbell/cluster-api-provider-tinkerbell/ubuntu-2404.gz",
    ],
    [
      "follows another release",
      { layers: { os: { tag: "22.04" } } },
      "ghcr.io/tinkerbell/cluster-api-provider-tinkerbell/ubuntu-2204:v1.36.4.gz",
    ],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("tinkerbell", "smallest", changes), text));
  }
});

describe("the address of the API server on Tinkerbell", () => {
  it("is said in the Cluster, where the provider reads it", () => {
    assert.deepEqual(valueIn("tinkerbell", "smallest", ["Cluster", "spec", "controlPlaneEndpoint"]), {
      host: "192.168.2.100",
      port: 6443,
    });
  });

  it("is a load balancer's without kube-vip", () => {
    const path = ["KubeadmControlPlane", "spec", "kubeadmConfigSpec", "files"];
    assert.ok(Array.isArray(valueIn("tinkerbell", "smallest", path)));
    const external = { config: { controlPlaneEndpoint: { type: "External", host: "a.example.com" } } };
    assert.equal(valueIn("tinkerbell", "smallest", path, external), undefined);
  });
});
