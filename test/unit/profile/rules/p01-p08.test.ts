import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyEdits } from "../../../../src/profile/edits.ts";
import type { Diagnostic } from "../../../../src/shared/diagnostic.ts";
import { type Case, check, expectCase, full, layers } from "../support.ts";

function table(code: string, cases: readonly Case[]): void {
  describe(code, () => {
    for (const each of cases) {
      it(each.title, () => expectCase(code, each));
    }
  });
}

table("P01", [
  ...["cluster", "infra", "add-on", "system"].map((type) => ({
    title: `takes ${type}`,
    text: layers(type, ["os"]),
  })),
  {
    title: "finds an unknown type and knows what was meant",
    text: full(["type: cluster", "type: ‹clutser›"]),
    severity: "error",
    fixed: full(),
  },
  {
    title: "knows Palette's word for a full profile",
    text: full(["type: cluster", "type: ‹Full›"]),
    fixed: full(),
  },
  {
    title: "keeps the quotes",
    text: full(["type: cluster", 'type: ‹"infrastructure"›']),
    fixed: full(["type: cluster", 'type: "infra"']),
  },
  { title: "marks the key of an empty type", text: full(["type: cluster", "‹type›:"]), message: /no type/ },
  {
    title: "marks the template without a type",
    text: full(["    type: cluster\n", ""], ["template", "‹template›"]),
  },
  { title: "is silent where the key is misspelled", text: full(["    type: cluster", "    tpye: cluster"]) },
]);

table("P02", [
  { title: "takes a full profile", text: full() },
  { title: "takes an add-on profile", text: layers("add-on", ["addon"], "all") },
  {
    title: "names the missing layer, on packs",
    text: layers("cluster", ["os", "k8s", "cni", "addon"]).replace("packs", "‹packs›"),
    severity: "error",
    message: /^Storage is missing\. A full profile needs exactly one storage layer\.$/,
  },
  {
    title: "says what an infrastructure profile needs",
    text: layers("infra", ["os", "k8s", "csi"]).replace("packs", "‹packs›"),
    message: /^Network is missing\. An infrastructure profile needs exactly one network layer\.$/,
  },
  {
    title: "finds a second layer of a kind",
    text: layers("cluster", ["os", "k8s", "cni", "‹cni›", "csi"]),
    severity: "error",
    message: /cni-3 is another network layer/,
  },
  {
    title: "warns about the order",
    text: layers("cluster", ["addon", "‹os›", "k8s", "cni", "csi"]),
    severity: "warning",
    message: /The operating system layer stands behind the add-on layer/,
  },
  {
    title: "leaves a layer of unknown kind to P08, which may be the missing one",
    text: layers("cluster", ["os", "k8s", "cni", "wat"]),
  },
  {
    title: "says once that packs is missing",
    text: `${layers("cluster", []).replace("    packs: []\n", "").replace("template", "‹template›")}`,
    message: /^The profile has no packs\./,
  },
  { title: "is silent while the type is unknown", text: layers("wat", []) },
]);

table("P03", [
  { title: "takes an infrastructure profile", text: layers("infra", ["os", "k8s", "cni", "csi"]) },
  {
    title: "lets a full profile have add-ons",
    text: layers("cluster", ["os", "k8s", "cni", "csi", "addon"]),
  },
  {
    title: "finds each add-on",
    text: layers("infra", ["os", "k8s", "cni", "csi", "‹addon›", "‹addon›"]),
    severity: "error",
    fixed: layers("cluster", ["os", "k8s", "cni", "csi", "addon", "addon"]),
  },
]);

table("P04", [
  { title: "takes add-ons", text: layers("add-on", ["addon", "addon"], "all") },
  {
    title: "finds an infrastructure layer",
    text: layers("add-on", ["addon", "‹os›"], "all"),
    severity: "error",
    message: /os-1 is the operating system layer/,
  },
  { title: "asks for one layer at least", text: layers("add-on", [], "all").replace("packs", "‹packs›") },
]);

table("P05", [
  { title: "takes a cloud", text: full() },
  { title: "takes all for an add-on profile", text: layers("add-on", ["addon"], "all") },
  { title: "takes all for a system profile", text: layers("system", ["addon"], "all") },
  {
    title: "takes no cloud for an add-on profile",
    text: layers("add-on", ["addon"]).replace(/.*cloudType.*\n/, ""),
  },
  {
    title: "finds all in a full profile",
    text: full(["cloudType: aws", "cloudType: ‹all›"]),
    severity: "error",
  },
  {
    title: "finds a full profile without a cloud",
    text: full(["    cloudType: aws\n", ""], ["template", "‹template›"]),
    severity: "error",
  },
  {
    title: "hints at a custom cloud type",
    text: full(["cloudType: aws", "cloudType: ‹docker›"]),
    severity: "hint",
    message: /custom cloud type\.$/,
  },
  {
    title: "knows what was meant",
    text: full(["cloudType: aws", "cloudType: ‹vshpere›"]),
    severity: "hint",
    message: /Did you mean vsphere\?$/,
    fixed: full(["cloudType: aws", "cloudType: vsphere"]),
  },
]);

const version = (text: string): string => full(["version: 1.0.0", `version: ${text}`]);
table("P06", [
  ...["1.2.3", "0.0.1", "1.2.3-rc.1", "1.2.3+build.7", '"1.2.3"', "'1.2.3'"].map((each) => ({
    title: `takes ${each}`,
    text: version(each),
  })),
  { title: "takes no version", text: full(["  version: 1.0.0\n", ""]) },
  ...(
    [
      ["v1.2.3", "1.2.3"],
      ["1.2", "1.2.0"],
      ["1", "1.0.0"],
      ["v1.2", "1.2.0"],
      ["01.2.3", "1.2.3"],
      ["1.2-rc.1", "1.2.0-rc.1"],
    ] as const
  ).map(([from, to]) => ({
    title: `turns ${from} into ${to}`,
    text: version(`‹${from}›`),
    severity: "error" as const,
    fixed: version(to),
  })),
  { title: "keeps the quotes", text: version('‹"v1.2"›'), fixed: version('"1.2.0"') },
  ...["2.2.2.develop", "b0.0.1", "latest", "1.x", "1..2"].map((each) => ({
    title: `finds ${each}, without a fix`,
    text: version(`‹${each}›`),
    severity: "error" as const,
  })),
  { title: "marks the key of an empty version", text: full(["version: 1.0.0", "‹version›:"]) },
]);

const name = (text: string): string => full(["name: demo", `name: ${text}`]);
table("P07", [
  { title: "takes a label", text: name("a-1") },
  { title: "finds an empty name", text: name('‹""›'), severity: "error" },
  {
    title: "finds no name",
    text: full(["  name: demo\n", ""], ["metadata", "‹metadata›"]),
    severity: "error",
  },
  {
    title: "warns about a name that Palette takes and Kubernetes does not",
    text: name("‹ML Ops Herbs›"),
    severity: "warning",
    fixed: name("ml-ops-herbs"),
  },
  { title: "warns about a long name", text: name(`‹${"a".repeat(64)}›`), severity: "warning" },
  { title: "offers nothing where no letter is left", text: name('‹"日本"›'), severity: "warning" },
]);

table("P08", [
  { title: "takes known kinds and types", text: full() },
  {
    title: "finds an unknown layer and knows what was meant",
    text: full(["layer: csi", "layer: ‹storage›"]),
    severity: "error",
    fixed: full(),
  },
  {
    title: "finds an unknown type of pack",
    text: full(["type: spectro", "type: ‹spectr›"]),
    severity: "error",
    fixed: full(),
  },
  {
    title: "finds a layer without a kind, on its name",
    text: full(["        layer: os\n", ""], ["ubuntu-aws", "‹ubuntu-aws›"]),
  },
  { title: "finds an empty name", text: full(["name: ubuntu-aws", 'name: ‹""›']), severity: "error" },
]);

describe("fixes of P02", () => {
  const mandatory = ["os", "k8s", "cni", "csi"];
  for (const missing of mandatory) {
    it(`inserts ${missing} where it belongs`, () => {
      const text = layers(
        "cluster",
        [...mandatory, "addon"].filter((each) => each !== missing),
      );
      const found = check(text);
      assert.equal(found.length, 1);
      const fixed = applyEdits(text, found[0]?.fixes?.[0]?.edits ?? []);
      assert.deepEqual(check(fixed), []);
    });
  }

  for (const [title, text] of [
    ["an empty flow list", layers("cluster", [])],
    ["null behind the colon", layers("cluster", []).replace("[]", "null # none yet")],
    ["nothing behind the colon", layers("cluster", []).replace(" []", "")],
    ["a comment behind the colon", layers("cluster", []).replace(" []", " # none yet")],
    ["no packs", layers("cluster", []).replace("    packs: []\n", "")],
    ["no line end at the end", layers("cluster", ["os"]).trimEnd()],
    ["no packs and no line end", layers("cluster", []).replace("    packs: []\n", "").trimEnd()],
    ["CRLF", layers("cluster", ["os", "csi"]).replaceAll("\n", "\r\n")],
    [
      "JSON",
      JSON.stringify({
        metadata: { name: "a" },
        spec: { template: { type: "cluster", cloudType: "aws", packs: [] } },
      }),
    ],
    [
      "JSON with layers",
      JSON.stringify(
        {
          metadata: { name: "a" },
          spec: {
            template: {
              type: "cluster",
              cloudType: "aws",
              packs: [{ name: "k", layer: "k8s", type: "manifest" }],
            },
          },
        },
        undefined,
        2,
      ),
    ],
    [
      "lists at the column of their key",
      layers("cluster", ["k8s", "addon"]).replace(/^ {2}(?= {4}[- ] )/gm, ""),
    ],
    ["four columns per nesting", layers("cluster", ["cni"]).replace(/^( +)/gm, "$1$1").replace("- ", "-   ")],
  ] as const) {
    it(`add every missing layer to ${title}`, () => {
      let current = text;
      for (let round = 0; round < 6; round++) {
        const fix = check(current).find(({ code }) => code === "P02")?.fixes?.[0];
        if (fix === undefined) {
          break;
        }
        current = applyEdits(current, fix.edits);
      }
      assert.deepEqual(
        check(current).map(({ message }) => message),
        [],
      );
      if (text.includes("\r\n")) {
        assert.doesNotMatch(current, /[^\r]\n/);
      }
    });
  }

  const all = (text: string): Diagnostic[] => check(text).filter(({ code }) => code === "P02");

  it("reorders layers and moves the comments with them", () => {
    const text = [
      "metadata: {name: demo}",
      "spec:",
      "  template:",
      "    type: cluster",
      "    cloudType: aws",
      "    packs:",
      "    # the add-on",
      "    - name: a",
      "      layer: addon # behind",
      "    # storage",
      "    # in two lines",
      "    - name: s",
      "      layer: csi",
      "      values: |",
      "        # not a comment of the list",
      "        a: 1",
      "",
      "    - {name: n, layer: cni}",
      "    - name: k",
      "      layer: k8s",
      "    - name: o",
      "      layer: os",
    ].join("\n");
    const [found, ...others] = all(text);
    assert.deepEqual(others, []);
    const fixed = applyEdits(text, found?.fixes?.[0]?.edits ?? []);
    assert.equal(
      fixed,
      [
        "metadata: {name: demo}",
        "spec:",
        "  template:",
        "    type: cluster",
        "    cloudType: aws",
        "    packs:",
        "    - name: o",
        "      layer: os",
        "    - name: k",
        "      layer: k8s",
        "    - {name: n, layer: cni}",
        "    # storage",
        "    # in two lines",
        "    - name: s",
        "      layer: csi",
        "      values: |",
        "        # not a comment of the list",
        "        a: 1",
        "",
        "    # the add-on",
        "    - name: a",
        "      layer: addon # behind",
        "",
      ].join("\n"),
    );
    assert.deepEqual(all(fixed), []);
  });

  it("does not reorder where an alias would come before its anchor", () => {
    const text = `metadata: {name: demo}
spec:
  template:
    type: cluster
    cloudType: aws
    packs:
      - {name: &n a, layer: csi}
      - {name: *n, layer: os}
      - {name: k, layer: k8s}
      - {name: c, layer: cni}
`;
    const order = all(text).find(({ severity }) => severity === "warning");
    assert.match(order?.message ?? "", /stands behind/);
    assert.equal(order?.fixes, undefined);
  });
});
