import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type ClusterGroup,
  groupProblems,
  MAX_VIRTUAL_NAME,
  requestProblems,
  type VirtualClusterRequest,
  type VirtualFacts,
} from "../../../src/virtual/index.ts";
import { group, host, NOTHING, request } from "./facts.ts";

const FACTS: VirtualFacts = { hosts: [host("one")], groups: [group()], taken: ["one"] };

function found(changes: Partial<VirtualClusterRequest>, facts: Partial<VirtualFacts> = {}): string[] {
  return requestProblems(request(changes), { ...FACTS, ...facts }).map(
    ({ field, severity, message, next }) => `${severity} ${field}: ${message}. ${next}`,
  );
}

describe("a request", () => {
  const resources = request().resources;
  const good: readonly Partial<VirtualClusterRequest>[] = [
    {},
    { name: "a".repeat(MAX_VIRTUAL_NAME) },
    { host: { group: "dev" } },
    { kubernetesVersion: "1.36" },
    { kubernetesVersion: "v1.33.4" },
    { endpoint: { type: "Ingress", server: "https://tenant.example.com" } },
    { endpoint: { type: "ClusterIP", server: "https://10.1.2.3:8443" } },
    { endpoint: { type: "NodePort" } },
    { chartRepository: "oci://registry.example.com/charts" },
    { resources: { cpu: 2, memoryMiB: 2048, storageGiB: 2 } },
  ];
  for (const changes of good) {
    test(`may say ${JSON.stringify(changes)}`, () => assert.deepEqual(found(changes), []));
  }

  const bad: readonly (readonly [Partial<VirtualClusterRequest>, RegExp])[] = [
    [{ name: "" }, /^error name: The virtual cluster has no name/],
    [{ name: "Tenant" }, /^error name: Tenant is no name.*50 at most/],
    [{ name: "a".repeat(MAX_VIRTUAL_NAME + 1) }, /^error name: a+ is no name/],
    [{ name: "one" }, /^error name: There is a cluster one already/],
    [{ host: { cluster: "two" } }, /^error host\.cluster: There is no cluster two/],
    [{ host: { group: "two" } }, /^error host\.group: There is no cluster group two/],
    [{ resources: { ...resources, cpu: 1 } }, /^error resources\.cpu: 1 CPU is too little.*2 is the least/],
    [
      { resources: { ...resources, memoryMiB: 2500.5 } },
      /^error resources\.memoryMiB: 2500.5 MiB of memory is no whole/,
    ],
    [
      { resources: { ...resources, storageGiB: 1e21 } },
      /^error resources\.storageGiB: 1e\+21 GiB of storage is more than any host has/,
    ],
    [{ resources: { ...resources, storageGiB: Number.NaN } }, /^error resources\.storageGiB: NaN GiB/],
    [
      { host: { group: "dev" }, resources: { ...resources, cpu: 7 } },
      /^error resources\.cpu: 7 CPU is more than cluster group dev gives\. 6 is the most/,
    ],
    [{ kubernetesVersion: "1.29" }, /^error kubernetesVersion: vCluster \S+ has no Kubernetes 1\.29/],
    [{ kubernetesVersion: "newest" }, /^error kubernetesVersion: newest is no Kubernetes version/],
    [{ kubernetesVersion: "1.36.7" }, /^warning kubernetesVersion: .*It is made for 1\.36\.0/],
    [{ endpoint: { type: "Ingress" } }, /^error endpoint\.server: An ingress needs a host name/],
    [{ endpoint: { type: "ClusterIP" } }, /^warning endpoint\.server: A ClusterIP is reached from inside/],
    [
      { endpoint: { type: "NodePort", server: "http://a" } },
      /^error endpoint\.server: http:\/\/a is no address/,
    ],
    [{ endpoint: { type: "Route" as "NodePort" } }, /^error endpoint\.type: Route is no type/],
    [{ chartRepository: "charts" }, /^error chartRepository: charts is no address/],
    [{ resources: { ...resources, cpu: 17 } }, /^warning resources: Host one has 16 CPU left, so pods may/],
  ];
  for (const [changes, expected] of bad) {
    test(`may not say ${JSON.stringify(changes)}`, () => {
      const problems = found(changes);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", expected);
    });
  }

  test("is refused where no host of the group has room", () => {
    const hosts = [host("one", { taken: { ...NOTHING, cpu: 16 } })];
    assert.match(
      found({ host: { group: "dev" } }, { hosts })[0] ?? "",
      /^error host\.group: No host of .* has room/,
    );
  });
});

describe("a group", () => {
  const cases: readonly (readonly [Partial<ClusterGroup>, string])[] = [
    [{}, ""],
    [{ name: "a".repeat(49) }, ""],
    [{ name: "a".repeat(50) }, "name"],
    [{ name: "" }, "name"],
    [{ hostLabels: {} }, "hostLabels"],
    [{ hostLabels: { "example.com/stage": "", env: "Dev_1.x" } }, ""],
    [{ hostLabels: { "a b": "c" } }, "hostLabels"],
    [{ hostLabels: { env: "b c" } }, "hostLabels"],
    [{ hostLabels: { env: "x".repeat(64) } }, "hostLabels"],
    [{ overSubscription: 0 }, "overSubscription"],
    [{ overSubscription: 99.5 }, "overSubscription"],
    [{ endpointType: "Route" as "NodePort" }, "endpointType"],
    [{ limits: { cpu: 1, memoryMiB: 8192, storageGiB: 10 } }, "limits.cpu"],
  ];
  for (const [changes, expected] of cases) {
    test(`${JSON.stringify(changes)} is ${expected === "" ? "good" : `wrong in ${expected}`}`, () => {
      assert.equal(
        groupProblems(group(changes))
          .map(({ field }) => field)
          .join(),
        expected,
      );
    });
  }
});
