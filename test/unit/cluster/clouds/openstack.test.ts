import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OPENSTACK_IDENTITIES } from "../../../../src/cluster/clouds/openstack/accounts.ts";
import { securityGroups } from "../../../../src/cluster/clouds/openstack/securityGroups.ts";
import type { Network } from "../../../../src/cluster/kubernetes.ts";
import { type Changes, imageText, objectsOf, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.1.cloudConfig";
const config = (fields: Readonly<Record<string, unknown>>): Changes => ({ config: fields });
const pool = (fields: Readonly<Record<string, unknown>>): Changes => ({ poolConfigs: [{}, fields] });

describe("what no single field of OpenStack can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    ["no account", { request: { cloudAccount: undefined } as object }, "cloudAccount (warning)"],
    ["an existing network with its subnet", config({ network: "n", subnet: "s" })],
    [
      "a range for an existing network",
      config({ network: "n", nodeCidr: "10.0.0.0/24" }),
      "cloudConfig.nodeCidr",
    ],
    ["a router for an existing network", config({ network: "n", router: "r" }), "cloudConfig.router"],
    ["a subnet without its network", config({ subnet: "s" }), "cloudConfig.subnet"],
    [
      "an external network that is not wanted",
      config({ disableExternalNetwork: true }),
      "cloudConfig.externalNetwork",
    ],
    [
      "a floating address without an external network",
      config({
        externalNetwork: undefined,
        disableExternalNetwork: true,
        apiServerFloatingIP: "203.0.113.1",
      }),
      "cloudConfig.apiServerFloatingIP",
    ],
    [
      "a floating address that is wanted and not",
      config({ disableAPIServerFloatingIP: true, apiServerFloatingIP: "203.0.113.1" }),
      "cloudConfig.apiServerFloatingIP",
    ],
    [
      "floating addresses without an external network",
      config({
        externalNetwork: undefined,
        disableExternalNetwork: true,
        disableAPIServerFloatingIP: false,
        bastion: { flavor: "f", image: "i", floatingIP: "203.0.113.1" },
      }),
      "cloudConfig.disableAPIServerFloatingIP",
      "cloudConfig.bastion.floatingIP",
    ],
    [
      "addresses inside the usual range",
      config({ allocationPools: [{ start: "10.6.0.9", end: "10.6.0.99" }] }),
    ],
    [
      "addresses outside of the range",
      config({ nodeCidr: "10.7.0.0/24", allocationPools: [{ start: "10.7.0.9", end: "10.7.1.1" }] }),
      "cloudConfig.allocationPools.0.end",
    ],
    [
      "three machines with one address",
      { config: { apiServerLoadBalancer: false }, pools: [{ size: 3 }] },
      "machinePools.0.poolConfig.size",
    ],
    ["one machine with one address", config({ apiServerLoadBalancer: false })],
    [
      "settings of no load balancer",
      config({ apiServerLoadBalancer: false, allowedCidrs: ["10.0.0.0/8"] }),
      "cloudConfig.allowedCidrs",
    ],
    ["a volume type without a size", pool({ rootDeviceType: "ssd" }), `${POOL}.rootDeviceType`],
    ["a zone twice", pool({ azs: ["a", "b", "a"] }), `${POOL}.azs.2`],
    [
      "a volume twice",
      pool({
        additionalBlockDevices: [
          { name: "a", size: 1 },
          { name: "a", size: 2 },
        ],
      }),
      `${POOL}.additionalBlockDevices.1.name`,
    ],
    [
      "security groups without port security",
      { config: { disablePortSecurity: true }, poolConfigs: [{}, { securityGroups: ["a"] }] },
      `${POOL}.securityGroups`,
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("openstack", "smallest", changes), paths));
  }
});

describe("the image on OpenStack", () => {
  const plain = { layers: { k8s: { name: "kubernetes-rke2" } } };
  const cases: readonly (readonly [string, Changes, string])[] = [
    ["by layers", {}, "image ubuntu-2404-kube-v1.36.4"],
    ["for RKE2, plain", plain, "image ubuntu-24.04"],
    ["named by one pool", pool({ image: "golden" }), "image ubuntu-2404-kube-v1.36.4, image golden"],
  ];
  for (const [title, changes, text] of cases) {
    it(title, () => assert.equal(imageText("openstack", "smallest", changes), text));
  }

  it("is found by name, and by what is an ID", () => {
    const path = ["OpenStackMachineTemplate", "spec", "template", "spec", "image"];
    const id = "7f0d0f0a-1111-4222-8333-444455556666";
    const named = (image: string): unknown =>
      valueIn("openstack", "smallest", path, { poolConfigs: [{ image }] });
    assert.deepEqual(named(id), { id });
    assert.deepEqual(named(`${id}0`), { filter: { name: `${id}0` } });
  });
});

describe("security groups on OpenStack", () => {
  const of = (network: Network, distribution: "kubeadm" | "rke2"): Record<string, unknown> =>
    securityGroups({ network, distribution }) as Record<string, unknown>;
  const openedBy = (network: Network): string[] =>
    (of(network, "kubeadm").allNodesSecurityGroupRules as Record<string, unknown>[]).map(
      ({ protocol, portRangeMin }) => `${protocol}/${portRangeMin ?? "all"}`,
    );

  it("open what the network layer needs", () => {
    assert.deepEqual(openedBy("flannel"), ["udp/8472", "udp/51820"]);
    assert.deepEqual(openedBy("calico"), ["tcp/179", "tcp/5473", "udp/4789", "udp/51820", "4/all"]);
    assert.ok(openedBy("cilium").includes("udp/8472") && !openedBy("cilium").includes("tcp/179"));
  });

  it("open everything between machines for a network layer that is not known", () => {
    assert.deepEqual(of("other", "kubeadm"), { allowAllInClusterTraffic: true });
  });

  it("let RKE2 machines join", () => {
    assert.equal(of("calico", "kubeadm").controlPlaneNodesSecurityGroupRules, undefined);
    const [rule] = of("calico", "rke2").controlPlaneNodesSecurityGroupRules as Record<string, unknown>[];
    assert.equal(rule?.portRangeMin, 9345);
  });
});

describe("zones of OpenStack", () => {
  it("can be called what Kubernetes takes for no name", () => {
    const deployments = objectsOf(
      "openstack",
      "smallest",
      "MachineDeployment",
      pool({ azs: ["Zone_A", "zone-b"] }),
    );
    const names = deployments.map(({ metadata }) => metadata.name);
    assert.match(names[0] ?? "", /^small-workers-zone-a-[0-9a-f]{6}$/);
    assert.equal(names[1], "small-workers-zone-b");
  });
});

describe("accounts of OpenStack", () => {
  const account = { name: "a", namespace: "team", values: { cloudsYaml: "clouds: {}" } };

  it("are a secret that moves, and for the whole management cluster an identity that only one namespace may use", () => {
    const [inNamespace, forNamespaces] = OPENSTACK_IDENTITIES.map((identity) => identity.render(account));
    assert.equal(inNamespace?.length, 1);
    assert.deepEqual(inNamespace?.[0]?.stringData, forNamespaces?.[0]?.stringData);
    const moves = { "clusterctl.cluster.x-k8s.io/move": "true" };
    assert.deepEqual(inNamespace?.[0]?.metadata.labels, {
      ...moves,
      "palette-onboarding/cloud-account": "openstack",
    });
    // The identity is the account; its secret is not listed as another.
    assert.deepEqual(forNamespaces?.[0]?.metadata.labels, moves);
    assert.deepEqual(forNamespaces?.[1]?.spec, {
      secretRef: { name: "a", namespace: "team" },
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "team" } },
    });
  });

  it("have a certificate where OpenStack's authority is a private one", () => {
    const [secret] =
      OPENSTACK_IDENTITIES[0]?.render({ ...account, values: { ...account.values, cacert: "PEM" } }) ?? [];
    assert.deepEqual(secret?.stringData, { "clouds.yaml": "clouds: {}", cacert: "PEM" });
  });

  it("are named with their entry", () => {
    const path = ["OpenStackCluster", "spec", "identityRef"];
    assert.deepEqual(valueIn("openstack", "smallest", path), {
      name: "openstack-account",
      cloudName: "openstack",
    });
    assert.deepEqual(valueIn("openstack", "fullest", path), {
      type: "ClusterIdentity",
      name: "production",
      cloudName: "production",
      region: "RegionTwo",
    });
  });
});
