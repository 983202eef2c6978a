import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { hostFor, type VirtualFacts, type VirtualHost } from "../../../src/virtual/index.ts";
import { group, host, NOTHING, request } from "./facts.ts";

const byGroup = request({ host: { group: "dev" } });

function chosen(hosts: readonly VirtualHost[], asked = byGroup, changes: Partial<VirtualFacts> = {}): string {
  const found = hostFor(asked, { hosts, groups: [group()], taken: [], ...changes });
  return "problem" in found ? `${found.problem.message}. ${found.problem.next}` : found.host.name;
}

describe("the host of a group", () => {
  const taken = (cpu: number, memoryMiB = 0): Partial<VirtualHost> => ({
    taken: { ...NOTHING, cpu, memoryMiB },
  });
  const cases: readonly (readonly [
    what: string,
    hosts: readonly VirtualHost[],
    expected: string | RegExp,
  ])[] = [
    ["the only one", [host("one")], "one"],
    ["that with most processors left", [host("one", taken(8)), host("two", taken(4))], "two"],
    [
      "that whose scarcer resource reaches further",
      [host("one", taken(0, 30_000)), host("two", taken(8))],
      "two",
    ],
    ["the first by name among equals", [host("two"), host("one")], "one"],
    ["one that may be given away beyond its capacity", [host("one", taken(15))], "one"],
    ["none beyond the share of that", [host("one", taken(16))], /one has 3\.2 CPU left/],
    [
      "none whose memory is gone",
      [host("one", taken(0, 36_000))],
      /one has 3321 MiB of memory left.*Ask for less/,
    ],
    [
      "none that cannot be one",
      [host("one", { unfit: "was imported read-only" })],
      /one was imported read-only/,
    ],
    ["none that hides its capacity", [{ ...host("one"), capacity: undefined } as never], /does not tell/],
    [
      "only those with the labels",
      [host("one", { labels: { env: "prod" } })],
      /Cluster group dev has no host: no cluster in dev carries env=dev/,
    ],
    ["only those of its namespace", [host("one", { namespace: "other" })], /has no host/],
  ];
  for (const [what, hosts, expected] of cases) {
    test(`is ${what}`, () => {
      const found = chosen(hosts);
      if (typeof expected === "string") {
        assert.equal(found, expected);
      } else {
        assert.match(found, expected);
      }
    });
  }

  test("never gives away more than the group allows, and always finds room where there is some", () => {
    const hosts = fc.array(
      fc.record({ cpu: fc.nat({ max: 40 }), used: fc.nat({ max: 40 }), memory: fc.nat({ max: 60_000 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(hosts, (given) => {
        const all = given.map(({ cpu, used, memory }, i) =>
          host(`h${i}`, { capacity: { cpu, memoryMiB: memory }, ...taken(used) }),
        );
        const fits = all.filter(
          ({ capacity, taken: { cpu } }) =>
            ((capacity?.cpu ?? 0) * 120) / 100 - cpu >= byGroup.resources.cpu &&
            ((capacity?.memoryMiB ?? 0) * 120) / 100 >= byGroup.resources.memoryMiB,
        );
        const found = hostFor(byGroup, { hosts: all, groups: [group()], taken: [] });
        assert.equal("host" in found, fits.length > 0);
        assert.ok("problem" in found || fits.includes(found.host));
      }),
    );
  });
});

describe("a host by name", () => {
  const cases: readonly (readonly [hosts: readonly VirtualHost[], expected: RegExp])[] = [
    [[host("one")], /^one$/],
    [[host("two")], /There is no cluster one in dev\. Hosts are two\.$/],
    [[], /Create a cluster, or import one in full mode/],
    [
      [host("one", { unfit: "is a virtual cluster itself" }), host("two")],
      /Cluster one cannot be a host: it is a virtual cluster itself\. Hosts are two\.$/,
    ],
  ];
  for (const [hosts, expected] of cases) {
    test(String(expected), () => assert.match(chosen(hosts, request()), expected));
  }

  test("and a group that is not there is said with those that are", () => {
    assert.match(
      chosen([], request({ host: { group: "prod" } })),
      /There is no cluster group prod in dev\. There are dev\.$/,
    );
    assert.match(
      chosen([], byGroup, { groups: [] }),
      /There is no cluster group dev in dev\. Create one, or name a host\.$/,
    );
  });
});
