import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identities } from "../../../../src/cluster/clouds/vsphere/accounts.ts";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const PLACEMENTS = "machinePools.1.cloudConfig.placements";
const NETWORK = { networkName: "VM Network", parentPool: "machines" };
const PLACEMENT = { datacenter: "dc-1", cluster: "cluster-1", datastore: "ds", network: NETWORK };
const endpoint = (fields: object): Changes => ({
  config: { controlPlaneEndpoint: { host: "10.0.0.5", ...fields } },
});
const workers = (placements: readonly object[]): Changes => ({ poolConfigs: [{}, { placements }] });

describe("what no single field of vSphere can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    [
      "a search domain of a fixed address",
      endpoint({ ddnsSearchDomain: "example.com" }),
      "cloudConfig.controlPlaneEndpoint.ddnsSearchDomain",
    ],
    ["a search domain of a name", endpoint({ type: "DDNS", ddnsSearchDomain: "example.com" })],
    [
      "static addresses without a pool, said once",
      { config: { staticIp: true } },
      "cloudConfig.placement.network.parentPool",
    ],
    ["static addresses from a pool", { config: { staticIp: true, placement: PLACEMENT } }],
    ["one placement of a pool's own", workers([{ cluster: "cluster-2" }])],
    ["two placements without zones", workers([{}, {}]), `${PLACEMENTS}.0.zone`, `${PLACEMENTS}.1.zone`],
    ["two placements with zones", workers([{ zone: "a" }, { zone: "b" }])],
    ["a zone twice in a pool", workers([{ zone: "a" }, { zone: "a" }]), `${PLACEMENTS}.1.zone`],
    [
      "a zone that is another place in another pool",
      {
        poolConfigs: [
          { placements: [{ zone: "a" }, { zone: "b" }] },
          { placements: [{ zone: "a" }, { zone: "b", datastore: "other" }] },
        ],
      },
      `${PLACEMENTS}.1.zone`,
    ],
    [
      "a zone that is the same place in another pool, its fields in another order",
      {
        poolConfigs: [
          { placements: [{ zone: "a", folder: "f", cluster: "c" }, { zone: "b" }] },
          { placements: [{ cluster: "c", folder: "f", zone: "a" }, { zone: "b" }] },
        ],
      },
    ],
    [
      "zones that differ in what failure domains have not",
      workers([{ zone: "a" }, { zone: "b", storagePolicyName: "Gold", imageTemplateFolder: "t" }]),
      `${PLACEMENTS}.1.storagePolicyName`,
      `${PLACEMENTS}.1.imageTemplateFolder`,
    ],
  ];
  for (const [title, changes, ...expected] of cases) {
    it(title, () => assert.deepEqual(problemsOf("vsphere", "smallest", changes), expected));
  }
});

describe("the address of the API server on vSphere", () => {
  const files = (changes: Changes, kind = "KubeadmControlPlane", spec = "kubeadmConfigSpec"): string[] =>
    (
      (valueIn("vsphere", "smallest", [kind, "spec", spec, "files"], changes) ?? []) as { path: string }[]
    ).map(({ path }) => path);

  it("is held by kube-vip where the distribution has its static pods", () => {
    assert.deepEqual(files({}), ["/etc/kubernetes/manifests/kube-vip.yaml"]);
    const k3s = { layers: { k8s: { name: "kubernetes-k3s" } } };
    assert.ok(
      files(k3s, "KThreesControlPlane", "kthreesConfigSpec").includes(
        "/var/lib/rancher/k3s/agent/pod-manifests/kube-vip.yaml",
      ),
    );
  });

  it("is a load balancer's without kube-vip", () => {
    assert.deepEqual(files(endpoint({ type: "External" })), []);
  });

  it("is a name with its search domain", () => {
    const changes = endpoint({ type: "DDNS", host: "api", ddnsSearchDomain: "example.com" });
    assert.deepEqual(
      valueIn("vsphere", "smallest", ["VSphereCluster", "spec", "controlPlaneEndpoint"], changes),
      {
        host: "api.example.com",
        port: 6443,
      },
    );
  });
});

describe("resource pools of vSphere", () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    [undefined, "cluster-1/Resources"],
    ["kubernetes", "cluster-1/Resources/kubernetes"],
    ["/dc-1/host/cluster-1/Resources/a/b", "/dc-1/host/cluster-1/Resources/a/b"],
  ];
  for (const [resourcePool, path] of cases) {
    it(`${resourcePool ?? "none"} is ${path}`, () => {
      const placement = { ...PLACEMENT, ...(resourcePool === undefined ? {} : { resourcePool }) };
      const value = valueIn(
        "vsphere",
        "smallest",
        ["VSphereMachineTemplate", "spec", "template", "spec", "resourcePool"],
        { config: { placement } },
      );
      assert.equal(value, path);
    });
  }
});

describe("zones of vSphere", () => {
  it("are for the control plane only where its pool is spread", () => {
    const changes = {
      poolConfigs: [
        { placements: [{ zone: "a" }, { zone: "b" }] },
        { placements: [{ zone: "b" }, { zone: "c" }] },
      ],
    };
    const zones = objectsOf("vsphere", "smallest", "VSphereDeploymentZone", changes);
    assert.deepEqual(
      zones.map(({ metadata, spec }) => [
        metadata.name,
        metadata.namespace,
        (spec as { controlPlane: boolean }).controlPlane,
      ]),
      [
        ["factory-a", undefined, true],
        ["factory-b", undefined, true],
        ["factory-c", undefined, false],
      ],
    );
  });
});

describe("the image of vSphere machines", () => {
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["follows the layers", {}, "template ubuntu-2404-kube-v1.36.4 of vCenter vcenter.example.com"],
    [
      "follows another release",
      { layers: { os: { version: "22.04", tag: "22.04" }, k8s: { tag: "1.35.8" } } },
      "template ubuntu-2204-kube-v1.35.8 of vCenter vcenter.example.com",
    ],
    [
      "is plain for RKE2",
      { layers: { k8s: { name: "kubernetes-rke2" } } },
      "template ubuntu-2404 of vCenter vcenter.example.com",
    ],
    [
      "is Ubuntu where the system is the user's own",
      { layers: { os: { name: "generic-byoi", version: "1.0.0", tag: "1.0.0" } } },
      "template ubuntu-2404-kube-v1.36.4 of vCenter vcenter.example.com",
    ],
    [
      "is in its folder",
      { config: { template: "golden", placement: { ...PLACEMENT, imageTemplateFolder: "templates" } } },
      "template templates/golden of vCenter vcenter.example.com",
    ],
    [
      "is where its path says",
      { config: { template: "/dc/vm/golden" } },
      "template /dc/vm/golden of vCenter vcenter.example.com",
    ],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("vsphere", "smallest", changes), text));
  }
});

describe("accounts of vSphere", () => {
  const account = { name: "vcenter", namespace: "team-a", values: { username: "u", password: "p" } };
  const [shared, own] = identities.map((identity) => identity.render(account));

  it("keep the password where the provider looks, for clusters of one namespace", () => {
    assert.deepEqual(
      shared?.map(({ kind, metadata: { name, namespace } }) => [kind, name, namespace]),
      [
        ["Secret", "vcenter", "capv-system"],
        ["VSphereClusterIdentity", "vcenter", undefined],
      ],
    );
    assert.deepEqual(shared?.[1]?.spec, {
      secretName: "vcenter",
      allowedNamespaces: { selector: { matchLabels: { "kubernetes.io/metadata.name": "team-a" } } },
    });
  });

  it("or beside one cluster", () => {
    const [secret] = own ?? [];
    assert.equal(secret?.metadata.namespace, "team-a");
    assert.equal(secret?.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "true");
    assert.deepEqual(secret?.stringData, { username: "u", password: "p" });
  });

  it("are named by their kind in the cluster", () => {
    const ref = (cloudAccount?: string): unknown =>
      valueIn("vsphere", "smallest", ["VSphereCluster", "spec", "identityRef"], {
        request: { cloudAccount } as Changes["request"] & object,
      });
    assert.deepEqual(ref("a"), { kind: "VSphereClusterIdentity", name: "a" });
    assert.deepEqual(ref("Secret/a"), { kind: "Secret", name: "a" });
    assert.equal(ref(undefined), undefined);
  });
});
