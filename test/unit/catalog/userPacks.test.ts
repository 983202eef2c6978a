import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ChartRegistry, catalog, createUserPacks } from "../../../src/catalog/index.ts";

const registry = (name: string, versions: string[]): ChartRegistry => ({
  name,
  kind: "helm",
  url: "https://example.com",
  isPrivate: false,
  charts: [
    {
      name: "shop",
      versions: versions.map((version) => ({ version, kubernetes: ">=1.30.0, <1.35.0" })),
    },
  ],
});

describe("packs of the user's registries", () => {
  const packs = createUserPacks([registry("a", ["2.0.0"]), registry("b", ["3.0.0", "2.0.0"])]);

  it("are found by name in the first registry, and in the one that is named", () => {
    const found = (name: string, from?: string) => packs.find(name, from)?.versions[0]?.version;
    assert.deepEqual(
      [found("shop"), found("shop", "a"), found("shop", "b"), found("shop", "c"), found("stop")],
      ["2.0.0", "2.0.0", "3.0.0", undefined, undefined],
    );
  });

  it("are judged as the catalog's are, by ranges as Helm writes them", () => {
    const pack = packs.find("shop", "b");
    assert.ok(pack);
    const states = (kubernetes: string) =>
      catalog.versionsFor(pack, { kubernetes, today: "2026-11-24" }).map(({ compatible }) => compatible);
    assert.deepEqual(states("1.34.2"), [true, true]);
    assert.deepEqual(states("1.36.4"), [false, false]);
    assert.equal(catalog.resolveTag(pack, "2.x")?.version, "2.0.0");
  });
});
