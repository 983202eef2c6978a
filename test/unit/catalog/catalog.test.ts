import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createCatalog, type Pack, type PackData } from "../../../src/catalog/index.ts";

const metallb: PackData = {
  name: "lb-metallb-helm",
  displayName: "MetalLB",
  aliases: ["metallb"],
  layer: "addon",
  addonType: "load balancer",
  summary: "Load balancer for bare metal.",
  clouds: ["vsphere", "custom"],
  versions: [
    { version: "0.16.1", kubernetes: ">=1.33.0-0" },
    { version: "0.15.3", kubernetes: ">=1.19.0-0" },
    { version: "0.14.9", kubernetes: ">=1.19.0-0", endOfLife: "2025-06-03" },
  ],
  source: { kind: "helm", repository: "https://metallb.github.io/metallb", charts: ["metallb"] },
};
const longhorn: PackData = {
  name: "csi-longhorn",
  displayName: "Longhorn",
  addonTwin: "csi-longhorn-addon",
  layer: "csi",
  summary: "Replicated volumes.",
  clouds: "all",
  versions: [{ version: "1.12.1" }],
  source: { kind: "helm", repository: "https://charts.longhorn.io", charts: ["longhorn"] },
  values: "charts: {}\n",
};
const old: PackData = {
  name: "csi-a-old",
  displayName: "A storage of old",
  layer: "csi",
  summary: "Old volumes.",
  clouds: "all",
  versions: [{ version: "1.0.0" }],
  source: { kind: "helm", repository: "https://example.com", charts: ["longhorn", "metallb-old"] },
  retired: { reason: "Nobody maintains it." },
};
const ubuntu: PackData = {
  name: "ubuntu-aws",
  displayName: "Ubuntu",
  layer: "os",
  summary: "Ubuntu LTS.",
  clouds: ["aws"],
  versions: [{ version: "24.04" }],
  source: { kind: "image", image: "ubuntu-{os}" },
};
const hello: PackData = {
  ...metallb,
  name: "hello",
  displayName: "Hello",
  aliases: ["hi"],
  addonType: "app services",
  clouds: "all",
  source: { kind: "none", reason: "An example." },
};
const catalog = createCatalog({
  kubernetes: [
    { minor: "1.36", released: "2026-04-22", endOfLife: "2027-06-28", newest: "1.36.6" },
    { minor: "1.37", released: "2026-08-26", newest: "1.37.2" },
    { minor: "1.34", released: "2025-08-27", endOfLife: "2026-10-27", newest: "1.34.13" },
  ],
  packs: [old, metallb, longhorn, ubuntu, hello],
});
const today = "2026-11-24";

const pack = (name: string): Pack => {
  const found = catalog.find(name);
  assert.ok(found, name);
  return found;
};
const names = (query: Parameters<typeof catalog.list>[0]): string[] => catalog.list(query).map((p) => p.name);

describe("finding packs", () => {
  for (const [name, found] of [
    ["lb-metallb-helm", "lb-metallb-helm"],
    ["metallb", "lb-metallb-helm"],
    ["MetalLB", "lb-metallb-helm"],
    ["csi-longhorn", "csi-longhorn"],
    ["csi-longhorn-addon", "csi-longhorn-addon"],
    ["longhorn", "csi-longhorn"],
    ["metallb-old", "csi-a-old"],
    ["metalb", undefined],
  ] as const) {
    it(`${name} is ${found ?? "unknown"}`, () => assert.equal(catalog.find(name)?.name, found));
  }
  for (const [typo, name] of [
    ["csi-longhron", "csi-longhorn"],
    ["metalb", "metallb"],
    ["something-else", undefined],
  ] as const) {
    it(`takes ${typo} for ${name ?? "nothing"}`, () => assert.equal(catalog.nearestName(typo), name));
  }
});

describe("listing packs", () => {
  const cases: [Parameters<typeof catalog.list>[0], string[]][] = [
    [
      undefined,
      ["hello", "csi-longhorn", "csi-longhorn-addon", "lb-metallb-helm", "ubuntu-aws", "csi-a-old"],
    ],
    [{ layer: "csi" }, ["csi-longhorn", "csi-a-old"]],
    [{ layer: "os", cloud: "aws" }, ["ubuntu-aws"]],
    [{ layer: "os", cloud: "eks" }, []],
    [{ layer: "addon", cloud: "aws" }, ["hello", "csi-longhorn-addon"]],
    [{ layer: "addon", cloud: "vsphere" }, ["hello", "csi-longhorn-addon", "lb-metallb-helm"]],
    [{ layer: "addon", cloud: "mars" }, ["hello", "csi-longhorn-addon", "lb-metallb-helm"]],
    [{ addonType: "load balancer" }, ["lb-metallb-helm"]],
    [{ addonType: "app-services" }, ["hello"]],
    [{ cloud: "all", layer: "os" }, ["ubuntu-aws"]],
  ];
  for (const [query, expected] of cases) {
    it(`lists ${JSON.stringify(query)}`, () => assert.deepEqual(names(query), expected));
  }
  it("makes an add-on of the same software from a storage pack", () => {
    const twin = pack("csi-longhorn-addon");
    assert.deepEqual(
      [twin.layer, twin.addonType, twin.values, twin.replacesNodes],
      ["addon", "system app", "charts: {}\n", false],
    );
  });
  it("says which layers replace machines", () => {
    assert.equal(pack("ubuntu-aws").replacesNodes, true);
    assert.equal(pack("csi-longhorn").replacesNodes, false);
  });
});

describe("versions of a pack", () => {
  it("says why a version is not compatible, and which are no longer supported", () => {
    const states = catalog.versionsFor(pack("metallb"), { kubernetes: "1.30.14", today });
    assert.deepEqual(
      states.map(({ version, compatible, ended }) => [version, compatible, ended]),
      [
        ["0.16.1", false, false],
        ["0.15.3", true, false],
        ["0.14.9", true, true],
      ],
    );
    assert.equal(states[0]?.reason, "MetalLB 0.16.1 needs Kubernetes >=1.33.0, the profile has 1.30.14.");
    assert.equal(states[1]?.reason, undefined);
  });
  const newest: [string | undefined, string, string | undefined][] = [
    ["1.36.4", today, "0.16.1"],
    [undefined, today, "0.16.1"],
    ["1.30.14", today, "0.15.3"],
    ["1.18.0", today, undefined],
  ];
  for (const [kubernetes, day, version] of newest) {
    it(`offers ${version ?? "nothing"} for Kubernetes ${kubernetes ?? "of any version"}`, () => {
      const query = kubernetes === undefined ? { today: day } : { kubernetes, today: day };
      assert.equal(catalog.newest(pack("metallb"), query)?.version, version);
    });
  }
  it("offers a version past its end where nothing else is compatible", () => {
    const ended = createCatalog({
      kubernetes: [],
      packs: [{ ...longhorn, versions: [{ version: "1.8.2", endOfLife: "2026-07-22" }] }],
    });
    const found = ended.find("longhorn");
    assert.ok(found);
    assert.equal(ended.newest(found, { today })?.version, "1.8.2");
  });
  it("resolves trains", () => {
    assert.equal(catalog.resolveTag(pack("metallb"), "0.15.x")?.version, "0.15.3");
    assert.equal(catalog.resolveTag(pack("metallb"), "0.x")?.version, "0.16.1");
    assert.equal(catalog.resolveTag(pack("metallb"), "1.x"), undefined);
  });
});

describe("Kubernetes releases", () => {
  for (const [day, expected] of [
    ["2026-11-24", ["1.37", "1.36", "1.34 ended"]],
    ["2026-10-26", ["1.37", "1.36", "1.34"]],
    ["2026-10-27", ["1.37", "1.36", "1.34 ended"]],
    ["2026-08-25", ["1.36", "1.34"]],
    ["2030-01-01", ["1.37", "1.36 ended", "1.34 ended"]],
  ] as const) {
    it(`knows those of ${day}`, () =>
      assert.deepEqual(
        catalog.kubernetesReleases(day).map((r) => (r.ended ? `${r.minor} ended` : r.minor)),
        expected,
      ));
  }
  it("finds the release of a version", () => {
    assert.equal(catalog.kubernetesRelease("v1.36.4")?.newest, "1.36.6");
    assert.equal(catalog.kubernetesRelease("1.20.0"), undefined);
  });
});
