import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identities } from "../../../../src/cluster/clouds/edge-native/accounts.ts";
import { type Changes, objectsOf, problemsOf, valueIn } from "./examples.ts";

const HOST = "cloudConfig.controlPlaneEndpoint.host";
const A = { hostName: "a", address: "10.0.0.11" };
const B = { hostName: "b", address: "10.0.0.12" };
const hosts = (control: readonly object[], workers: readonly object[], more: Changes = {}): Changes => ({
  ...more,
  pools: [
    { size: control.length, ...more.pools?.[0] },
    { size: workers.length, ...more.pools?.[1] },
  ],
  poolConfigs: [{ edgeHosts: control }, { edgeHosts: workers }],
});
const endpoint = (type: string, host: string): Changes => ({
  config: { controlPlaneEndpoint: { type, host } },
});
const two = (control: readonly object[], workers: readonly object[]): Changes =>
  hosts(control, workers, { config: { isTwoNodeCluster: true } });
const edgeHost = (pool: number, host: number, field: string): string =>
  `machinePools.${pool}.cloudConfig.edgeHosts.${host}.${field}`;

describe("what no single field of edge hosts can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    [
      "a size that is not the number of hosts",
      { pools: [{}, { size: 2 }] },
      "machinePools.1.poolConfig.size",
    ],
    ["no workers", hosts([A], [])],
    [
      "autoscaling",
      { pools: [{}, { autoscaling: { minSize: 1, maxSize: 3 } }] },
      "machinePools.1.poolConfig.maxSize",
    ],
    [
      "no key for anybody",
      { request: { cloudAccount: undefined } as Changes["request"] & object },
      edgeHost(0, 0, "sshKey"),
      edgeHost(1, 0, "sshKey"),
    ],
    [
      "a key for each host",
      hosts([{ ...A, sshKey: "k" }], [{ ...B, sshKey: "k" }], {
        request: { cloudAccount: undefined } as Changes["request"] & object,
      }),
    ],
    ["a host in two pools", hosts([A], [{ ...B, hostName: "a" }]), edgeHost(1, 0, "hostName")],
    ["two hosts at one address", hosts([A], [{ ...B, address: A.address }]), edgeHost(1, 0, "address")],
    ["two hosts behind one address", hosts([A], [{ ...B, address: A.address, port: 2222 }])],
    [
      "labels of hosts that are no nodes",
      { pools: [{ additionalLabels: { a: "b" } }] },
      "machinePools.0.poolConfig (warning)",
    ],
    [
      "labels of control planes that are nodes",
      { pools: [{ additionalLabels: { a: "b" }, useControlPlaneAsWorker: true }] },
    ],
    ["a virtual address", endpoint("VIP", "10.0.0.10")],
    ["a virtual address in IPv6", endpoint("VIP", "fd00::10")],
    ["a virtual address that is a name", endpoint("VIP", "api.example.com"), HOST],
    ["a virtual address that is a host's", endpoint("VIP", "10.0.0.12"), HOST],
    ["the address of another host", endpoint("IP", "10.0.0.12"), HOST],
    ["one address of three hosts", hosts([A, B, { hostName: "c", address: "10.0.0.13" }], []), HOST],
    ["a load balancer", endpoint("External", "api.example.com")],
    [
      "a priority without a cluster of two hosts",
      hosts([{ ...A, twoNodeCandidatePriority: "primary" }], [B]),
      edgeHost(0, 0, "twoNodeCandidatePriority"),
    ],
    [
      "two hosts",
      two([{ ...A, twoNodeCandidatePriority: "primary" }], [{ ...B, twoNodeCandidatePriority: "secondary" }]),
    ],
    ["two hosts without priorities", two([A], [B]), "cloudConfig.isTwoNodeCluster"],
    [
      "two primaries",
      two([{ ...A, twoNodeCandidatePriority: "primary" }], [{ ...B, twoNodeCandidatePriority: "primary" }]),
      "cloudConfig.isTwoNodeCluster",
    ],
    [
      "a third host",
      two(
        [{ ...A, twoNodeCandidatePriority: "primary" }],
        [
          { ...B, twoNodeCandidatePriority: "secondary" },
          { hostName: "c", address: "10.0.0.13" },
        ],
      ),
      "cloudConfig.isTwoNodeCluster",
    ],
    [
      "a secondary that runs the control plane",
      two([{ ...A, twoNodeCandidatePriority: "secondary" }], [{ ...B, twoNodeCandidatePriority: "primary" }]),
      edgeHost(1, 0, "twoNodeCandidatePriority"),
    ],
  ];
  for (const [title, changes, ...expected] of cases) {
    it(title, () => assert.deepEqual(problemsOf("edge-native", "smallest", changes), expected));
  }
});

describe("k0s on edge hosts", () => {
  const spec = (changes: Changes, ...path: readonly string[]): unknown =>
    valueIn(
      "edge-native",
      "smallest",
      ["K0sControlPlane", "spec", "k0sConfigSpec", "k0s", "spec", ...path],
      changes,
    );

  it("holds a virtual address with a number and a mark of its own", () => {
    const balancing = (host: string): { virtualRouterID: number; authPass: string; virtualIPs: string[] } =>
      (
        spec(endpoint("VIP", host), "network", "controlPlaneLoadBalancing", "keepalived") as {
          vrrpInstances: [{ virtualRouterID: number; authPass: string; virtualIPs: string[] }];
        }
      ).vrrpInstances[0];
    assert.deepEqual(balancing("10.0.0.10").virtualIPs, ["10.0.0.10/32"]);
    assert.deepEqual(balancing("fd00::10").virtualIPs, ["fd00::10/128"]);
    for (const host of ["10.0.0.10", "10.0.0.254", "10.0.1.0", "fd00::10"]) {
      const { virtualRouterID, authPass } = balancing(host);
      assert.ok(virtualRouterID >= 1 && virtualRouterID <= 255, host);
      // Keepalived takes eight characters.
      assert.match(authPass, /^[0-9a-f]{6}$/);
    }
    assert.notEqual(balancing("10.0.0.10").virtualRouterID, balancing("10.0.0.11").virtualRouterID);
  });

  it("holds none where there is a load balancer, which it tells its clients", () => {
    const changes = endpoint("External", "api.example.com");
    assert.equal(spec(changes, "network", "controlPlaneLoadBalancing"), undefined);
    assert.equal(spec(changes, "api", "externalAddress"), "api.example.com");
  });

  it("runs workloads on the control plane where it shall", () => {
    const arguments_ = (changes: Changes): unknown =>
      valueIn("edge-native", "smallest", ["K0sControlPlane", "spec", "k0sConfigSpec", "args"], changes);
    assert.equal(arguments_({}), undefined);
    assert.deepEqual(
      arguments_({ pools: [{ useControlPlaneAsWorker: true, additionalLabels: { b: "2", a: "1" } }] }),
      ["--enable-worker", "--no-taints", "--labels=a=1,b=2"],
    );
  });

  it("gets each file once, the last one of its path, and none without content", () => {
    const withFiles = (...files: readonly object[]) => ({
      values: JSON.stringify({ kubeadmconfig: { files } }),
    });
    const layers = {
      k8s: withFiles({ path: "/a", content: "first" }, { path: "/b", content: "" }),
      os: withFiles({ path: "/a", content: "last", permissions: "0600" }),
    };
    for (const path of [
      ["K0sControlPlane", "spec", "k0sConfigSpec", "files"],
      ["K0sWorkerConfigTemplate", "spec", "template", "spec", "files"],
    ]) {
      assert.deepEqual(valueIn("edge-native", "smallest", path, { layers }), [
        { path: "/a", content: "last", permissions: "0600" },
        { path: "/b", content: "\n" },
      ]);
    }
  });

  it("never needs a spare host to replace one, whatever the pool's strategy", () => {
    const rollout = valueIn("edge-native", "smallest", ["MachineDeployment", "spec", "rollout"], {
      pools: [{}, { updateStrategy: { type: "RollingUpdateScaleOut" } }],
    });
    assert.deepEqual(rollout, {
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    });
  });
});

describe("hosts", () => {
  it("are signed in to with their own key or the account's", () => {
    const keys = objectsOf(
      "edge-native",
      "smallest",
      "PooledRemoteMachine",
      hosts([A], [{ ...B, sshKey: "own" }]),
    ).map(({ spec }) => (spec as { machine: { sshKeyRef: object } }).machine.sshKeyRef);
    assert.deepEqual(keys, [{ name: "store-key" }, { name: "own" }]);
  });

  it("are in the pool that the machines of their pool take from", () => {
    const pools = (kind: string): unknown[] =>
      objectsOf("edge-native", "smallest", kind).map(({ spec }) => {
        const { pool, template } = spec as { pool?: string; template?: { spec: { pool: string } } };
        return pool ?? template?.spec.pool;
      });
    assert.deepEqual(pools("PooledRemoteMachine"), pools("RemoteMachineTemplate"));
  });
});

describe("accounts of edge hosts", () => {
  it("are a key that ends with one line end", () => {
    const key = (privateKey: string): unknown[] =>
      identities
        .flatMap((each) => each.render({ name: "a", namespace: "n", values: { privateKey } }))
        .map(({ stringData }) => stringData);
    assert.deepEqual(key("KEY"), [{ value: "KEY\n" }]);
    assert.deepEqual(key("KEY\n\n"), [{ value: "KEY\n" }]);
  });
});
