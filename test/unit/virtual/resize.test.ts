import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import {
  resizeProblems,
  type VirtualClusterRequest,
  type VirtualHost,
  type VirtualResources,
  virtualClusterValues,
  withResources,
} from "../../../src/virtual/index.ts";
import { group, host, request } from "./facts.ts";

const NOW = request().resources;
/** Values of a virtual cluster with 10 GiB: its control plane has 5 of them. */
const values = (asked: VirtualClusterRequest): string => JSON.stringify(virtualClusterValues(asked));

function found(change: Partial<VirtualResources>, by: "cluster" | "group" = "cluster", room = 100): string[] {
  const asked = request(by === "group" ? { host: { group: "dev" } } : {});
  const one: VirtualHost = {
    ...host("one"),
    capacity: { cpu: room, memoryMiB: room * 1024 },
    taken: NOW,
  };
  return resizeProblems(
    { request: asked, host: "one", values: values(asked) },
    { ...NOW, ...change },
    { hosts: [one], groups: [group()], taken: ["one"] },
  ).map(({ field, severity, message, next }) => `${severity} ${field}: ${message}. ${next}`);
}

describe("another size of a virtual cluster", () => {
  const cases: readonly (readonly [
    change: Partial<VirtualResources>,
    by: "cluster" | "group",
    room: number,
    problem: RegExp | undefined,
  ])[] = [
    [{ cpu: NOW.cpu + 2 }, "cluster", 100, undefined],
    // What it has itself is room for it.
    [{ cpu: NOW.cpu + 1 }, "cluster", NOW.cpu + 1, undefined],
    [{ cpu: NOW.cpu + 2 }, "cluster", NOW.cpu + 1, /^warning resources: Host one has 5 CPU left for it/],
    [{ cpu: NOW.cpu + 2 }, "group", NOW.cpu, /^error resources: Host one has 4\.8 CPU left for it/],
    [{ cpu: 7 }, "group", 100, /^error resources\.cpu: 7 CPU is more than cluster group dev gives/],
    // To take less is never too much.
    [{ cpu: NOW.cpu - 1 }, "group", 1, undefined],
    [{ cpu: 1 }, "cluster", 100, /^error resources\.cpu: 1 CPU is too little/],
    [{ memoryMiB: Number.NaN }, "cluster", 100, /^error resources\.memoryMiB: NaN/],
    [
      { storageGiB: 4 },
      "cluster",
      100,
      /^error resources\.storageGiB: The volume of the control plane has 5 GiB already/,
    ],
  ];
  for (const [change, by, room, problem] of cases) {
    test(`${JSON.stringify(change)} on a ${by} with room for ${room} is ${problem === undefined ? "fine" : "said"}`, () => {
      const problems = found(change, by, room);
      assert.equal(problems.length, problem === undefined ? 0 : 1, problems.join());
      assert.match(problems.join(), problem ?? /^$/);
    });
  }

  test("changes the quota in the values, and nothing else", () => {
    const text = `# kept\n${values(request())}`;
    const bigger = { cpu: 8, memoryMiB: 9000, storageGiB: 30 };
    const before = virtualClusterValues(request()) as { policies: { resourceQuota: { quota: object } } };
    const { policies, ...rest } = parse(withResources(text, bigger)) as typeof before;
    const { policies: old, ...others } = before;
    assert.deepEqual(rest, others);
    assert.deepEqual(policies.resourceQuota.quota, {
      ...old.resourceQuota.quota,
      "requests.cpu": "8",
      "requests.memory": "9000Mi",
      "requests.storage": "30Gi",
      "limits.cpu": "8",
      "limits.memory": "9000Mi",
    });
  });
});
