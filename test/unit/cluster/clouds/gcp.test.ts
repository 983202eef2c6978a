import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SERVICE_ACCOUNT } from "../../../../src/cluster/clouds/gcp/accounts.ts";
import { type Changes, imageText, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";
const pool = (fields: Readonly<Record<string, unknown>>): Changes => ({ poolConfigs: [{}, fields] });

describe("what no single field of Google Cloud can see", () => {
  const confidential = { instanceType: "n2d-standard-2", confidentialCompute: "Enabled" };
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["a zone of another region", pool({ azs: ["europe-west1-b", "europe-west10-a"] }), `${POOL}.azs.1`],
    ["a zone twice", pool({ azs: ["europe-west1-b", "europe-west1-b"] }), `${POOL}.azs.1`],
    [
      "no subnetwork at all",
      { config: { autoCreateSubnetworks: false } },
      "cloudConfig.autoCreateSubnetworks (warning)",
    ],
    [
      "a subnetwork twice",
      { config: { subnets: [1, 2].map((n) => ({ name: "a", cidrBlock: `10.0.${n}.0/24` })) } },
      "cloudConfig.subnets.1.name",
    ],
    ["an image and a family", pool({ image: "i", imageFamily: "f" }), `${POOL}.imageFamily (warning)`],
    [
      "confidential machines that migrate",
      pool({ ...confidential, onHostMaintenance: "Migrate" }),
      `${POOL}.onHostMaintenance`,
    ],
    ["confidential machines", pool(confidential)],
    [
      "a machine type that cannot compute confidentially",
      pool({ ...confidential, instanceType: "n2-standard-2", onHostMaintenance: "Terminate" }),
      `${POOL}.confidentialCompute`,
    ],
    ["confidential computing turned off", pool({ confidentialCompute: "Disabled" })],
    [
      "a control plane on spot",
      { poolConfigs: [{ provisioningModel: "Spot" }] },
      "machinePools.0.cloudConfig.provisioningModel (warning)",
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("gcp", "smallest", changes), paths));
  }
});

describe("the image on Google Cloud", () => {
  const family = (project: string, name: string): string =>
    `newest image of the family projects/${project}/global/images/family/${name}`;
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["by layers", {}, family("my-project-123456", "capi-ubuntu-2404-k8s-v1-36")],
    [
      "of another project",
      { config: { imageProject: "golden" } },
      family("golden", "capi-ubuntu-2404-k8s-v1-36"),
    ],
    [
      "of other layers",
      { layers: { os: { version: "22.04", tag: "22.04" }, k8s: { version: "1.35.8", tag: "1.35.8" } } },
      family("my-project-123456", "capi-ubuntu-2204-k8s-v1-35"),
    ],
    [
      "for K3s, plain",
      { layers: { k8s: { name: "kubernetes-k3s" } } },
      family("ubuntu-os-cloud", "ubuntu-2404-lts-amd64"),
    ],
    [
      "for K3s on ARM",
      {
        layers: { k8s: { name: "kubernetes-k3s" } },
        pools: [{ architecture: "arm64" }, { architecture: "arm64" }],
      },
      family("ubuntu-os-cloud", "ubuntu-2404-lts-arm64"),
    ],
    [
      "named by one pool",
      { poolConfigs: [{ image: "projects/p/global/images/i" }] },
      `image projects/p/global/images/i, ${family("my-project-123456", "capi-ubuntu-2404-k8s-v1-36")}`,
    ],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("gcp", "smallest", changes), text));
  }
});

describe("machines of Google Cloud that compute confidentially", () => {
  it("are terminated on host maintenance without being told", () => {
    const path = ["GCPMachineTemplate", "spec", "template", "spec", "onHostMaintenance"];
    const terminated = (confidentialCompute: string): unknown =>
      valueIn("gcp", "smallest", path, { poolConfigs: [{ confidentialCompute }] });
    assert.equal(terminated("Enabled"), "Terminate");
    assert.equal(terminated("Disabled"), undefined);
  });
});

describe("accounts of Google Cloud", () => {
  it("are secrets that move, with the key where the provider reads it", () => {
    assert.deepEqual(
      SERVICE_ACCOUNT.render({ name: "a", namespace: "team", values: { credentials: "{}" } }),
      [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: {
            name: "a",
            namespace: "team",
            labels: {
              "palette-onboarding/cloud-account": "gcp",
              "clusterctl.cluster.x-k8s.io/move": "true",
            },
          },
          type: "Opaque",
          stringData: { credentials: "{}" },
        },
      ],
    );
  });

  it("are those of the request, in its namespace", () => {
    assert.deepEqual(valueIn("gcp", "fullest", ["GCPCluster", "spec", "credentialsRef"]), {
      name: "production",
      namespace: "platform",
    });
  });
});
