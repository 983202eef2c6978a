import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ChartRegistry, createUserPacks } from "../../../src/catalog/index.ts";
import { atCursor, open } from "./support.ts";

const OURS: ChartRegistry = {
  name: "ours",
  kind: "helm",
  url: "https://charts.example.com",
  isPrivate: true,
  charts: [
    {
      name: "shop",
      description: "A [shop](https://evil.example) ![x](https://evil.example/x.png)",
      versions: [
        { version: "2.10.0", appVersion: "v5 <b>", kubernetes: ">=1.30.0" },
        { version: "2.9.0" },
        { version: "3.0.0-rc.1" },
      ],
    },
    { name: "alloy", versions: [{ version: "99.0.0" }, { version: "1.10.1" }] },
  ],
};
const MIRROR: ChartRegistry = {
  ...OURS,
  name: "mirror",
  kind: "oci",
  charts: [{ name: "shop", versions: [{ version: "1.0.0" }] }],
};
const user = createUserPacks([OURS, MIRROR]);

const profile = (...pack: string[]): string =>
  [
    "metadata: {name: a}",
    "spec:",
    "  template:",
    "    type: add-on",
    "    packs:",
    ...pack.map((line, i) => `      ${i === 0 ? "- " : "  "}${line}`),
    "",
  ].join("\n");

function items(...pack: string[]) {
  const { text, offset } = atCursor(profile(...pack));
  return (open(text).completion?.(offset, user) ?? [])
    .toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label, labelDetails }) => [label, labelDetails?.description] as const);
}
const labels = (...pack: string[]) => items(...pack).map(([label]) => label);

function hover(...pack: string[]): string {
  const { text, offset } = atCursor(profile(...pack));
  const contents = open(text).hover?.(offset, user)?.contents;
  return typeof contents === "object" && "value" in contents ? contents.value : "";
}

describe("charts of the user's registries", () => {
  it("are offered by name: first where the layer is a chart, last where nothing says so", () => {
    const own = [
      ["shop", "ours"],
      ["alloy", "ours"],
      ["shop", "mirror"],
    ];
    assert.deepEqual(items("type: helm", "layer: addon", "name: ‸").slice(0, 2), own.slice(0, 2));
    assert.deepEqual(items("type: oci", "layer: addon", "name: ‸")[0], own[2]);
    assert.deepEqual(items("name: ‸").slice(-3), own);
    for (const other of ["type: spectro", "layer: cni"]) {
      assert.ok(!items(other, "name: ‸").some(([, from]) => from === "ours"), other);
    }
  });

  it("of the registry that the layer names", () => {
    assert.deepEqual(
      items("type: oci", "registryName: mirror", "name: ‸").filter(([, from]) => from === "ours"),
      [],
    );
  });

  it("come with their versions, newest release first", () => {
    assert.deepEqual(labels("name: shop", "type: helm", "tag: ‸"), ["2.10.0", "2.9.0", "3.0.0-rc.1"]);
    assert.deepEqual(labels("name: shop", "registryName: mirror", "tag: ‸"), ["1.0.0"]);
    assert.deepEqual(labels("name: shop", "registry:", "  metadata:", "    name: mirror", "tag: ‸"), [
      "1.0.0",
    ]);
    assert.deepEqual(labels("name: shop", "type: spectro", "tag: ‸"), []);
  });

  it("join the versions that the catalog knows, each once", () => {
    const found = labels("name: alloy", "type: helm", "tag: ‸");
    assert.equal(found[0], "99.0.0");
    assert.equal(found.filter((version) => version === "1.10.1").length, 1);
    assert.ok(found.includes("1.11.1"), "the catalog's");
    assert.deepEqual(labels("name: alloy", "registryName: ours", "tag: ‸"), ["99.0.0", "1.10.1"]);
  });

  it("name their registries", () => {
    const known = ["Public Repo", "Palette Community Registry"];
    for (const pack of [
      ["name: shop", "registryName: ‸"],
      ["name: shop", "registry:", "  metadata:", "    name: ‸"],
    ]) {
      assert.deepEqual(labels(...pack).toSorted(), ["ours", "mirror", ...known].toSorted());
    }
  });

  it("say what they are, and nothing that a registry writes becomes a link or a picture", () => {
    const name = hover("name: sh‸op", "type: helm");
    assert.match(name, /^\*\*shop\*\* \(chart of ours\)/);
    assert.doesNotMatch(name, /(?<!\\)[[!]/);
    const tag = hover("name: shop", "type: helm", "tag: 2.‸10.0");
    assert.match(tag, /App version v5 \\<b\\>\./);
    assert.match(tag, /Needs Kubernetes `>=1\.30\.0`/);
    assert.match(tag, /Chart shop 2\.10\.0 of https:\/\/charts\.example\.com/);
    assert.match(hover("name: shop", "type: helm", "tag: 2.‸x"), /`2\.x` means 2\.10\.0 today/);
  });

  it("tell what a train means today", () => {
    const text = profile("name: shop", "type: helm", "tag: 2.x");
    const hints = open(text).hints?.({ start: 0, end: text.length }, user) ?? [];
    assert.deepEqual(
      hints.map(({ label }) => label),
      ["= 2.10.0"],
    );
  });
});
