import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CompletionItemTag } from "vscode-languageserver-types";
import { compareVersions } from "../../../src/catalog/index.ts";
import { checkProfile, newProfile, parseProfile } from "../../../src/profile/index.ts";
import { atCursor, chosen, labels, open } from "./support.ts";

const HEAD =
  "metadata:\n  name: demo\nspec:\n  version: 1.0.0\n  template:\n    type: cluster\n    cloudType: aws\n    packs:\n";
const PACK = `${HEAD}      - name: kubernetes\n        layer: k8s\n`;

describe("keys", () => {
  const cases: readonly (readonly [title: string, marked: string, expected: readonly string[]])[] = [
    ["at the top", "metadata:\n  name: a\n‸", ["spec"]],
    ["half-typed at the top", "me‸\nspec:\n", ["metadata"]],
    ["in metadata", "metadata:\n  ‸\nspec:\n", ["name", "description", "labels"]],
    [
      "in the spec, without those that are there",
      "spec:\n  version: 1.0.0\n  ‸\n  variables: []\n",
      ["template"],
    ],
    ["in the template", "spec:\n  template:\n    t‸", ["type", "cloudType", "packs"]],
    ["between broken lines", 'spec:\n  version: "1\n  template:\n    ‸\n', ["type", "cloudType", "packs"]],
    [
      "in a layer",
      `${PACK}        ‸`,
      ["type", "version", "tag", "values", "manifests", "registry", "uid", "registryUid", "registryName"],
    ],
    ["in a manifest", `${PACK}        manifests:\n          - name: a\n            ‸`, ["content"]],
    [
      "in a registry",
      `${PACK}        registry:\n          metadata:\n            ‸`,
      ["name", "uid", "kind", "isPrivate", "providerType"],
    ],
    [
      "in a list at the column of its key",
      "spec:\n  template:\n    packs:\n    - name: a\n      la‸",
      [
        "type",
        "layer",
        "version",
        "tag",
        "values",
        "manifests",
        "registry",
        "uid",
        "registryUid",
        "registryName",
      ],
    ],
    [
      "in an option of a variable",
      "spec:\n  variables:\n    - name: a\n      options:\n        - value: x\n          ‸",
      ["label", "description", "default"],
    ],
    ["in a comment, none", "# ‸", []],
    ["in a value, none", "metadata:\n  name: ‸", []],
  ];
  for (const [title, marked, expected] of cases) {
    it(title, () => assert.deepEqual(labels(marked), expected));
  }

  it("open a block of text for values", () => {
    assert.equal(chosen(`${PACK}        va‸`, "values"), `${PACK}        values: |\n          `);
  });
  it("open a list", () => {
    assert.equal(chosen("spec:\n  template:\n    pac‸", "packs"), "spec:\n  template:\n    packs:\n      - ");
  });
});

describe("values of fields", () => {
  it("are the types of a profile", () => {
    assert.deepEqual(labels("spec:\n  template:\n    type: ‸"), ["cluster", "infra", "add-on", "system"]);
  });
  it("are the layers", () => {
    assert.deepEqual(labels(`${HEAD}      - layer: c‸`), ["os", "k8s", "cni", "csi", "addon"]);
  });
  it("are true and false", () => {
    assert.deepEqual(labels("spec:\n  variables:\n    - hidden: ‸"), ["true", "false"]);
  });
  it("are cloud types, custom ones of ours too", () => {
    const found = labels("spec:\n  template:\n    cloudType: ‸");
    assert.ok(found.includes("aws") && found.includes("in-memory"));
  });
  it("are the packs of the layer that run on the cloud", () => {
    const found = labels(`${HEAD}      - layer: csi\n        name: ‸`);
    assert.ok(found.includes("csi-aws-ebs"));
    assert.ok(!found.includes("csi-azure"));
    assert.ok(!found.includes("cni-calico"));
  });
  it("are retired packs too, struck out and behind the others", () => {
    const { text, offset } = atCursor(`${HEAD}      - layer: addon\n        name: ‸`);
    const items = open(text).completion?.(offset) ?? [];
    const struck = items.map(({ tags }) => tags?.includes(CompletionItemTag.Deprecated) === true);
    assert.equal(struck[items.findIndex(({ label }) => label === "nginx")], true);
    assert.equal(struck[items.findIndex(({ label }) => label === "traefik")], false);
    const order = items.map(({ sortText }) => sortText ?? "");
    assert.deepEqual(order, order.toSorted());
    assert.equal(struck.lastIndexOf(false), struck.indexOf(true) - 1);
  });
  it("are the versions of the pack, newest first, quoted where they would be numbers", () => {
    const found = labels(`${PACK}        tag: ‸`);
    assert.ok(found.length > 1);
    assert.match(found[0] ?? "", /^1\.\d+\.\d+$/);
    assert.deepEqual(
      found,
      found.toSorted((a, b) => compareVersions(b, a)),
    );
    const marked = `${HEAD}      - name: ubuntu-aws\n        layer: os\n        tag: ‸`;
    assert.match(chosen(marked, "22.04"), /tag: "22\.04"$/);
  });
});

describe("whole layers", () => {
  it("come with the missing ones first, and leave a valid profile", () => {
    const whole = newProfile({ name: "demo", type: "cluster", cloudType: "aws" });
    const marked = `${whole.slice(0, whole.indexOf("      # Storage"))}      ‸\n`;
    assert.deepEqual(checkProfile(parseProfile(chosen(marked, "Storage layer"))), []);
    const dashed = marked.replace("‸", "- ‸");
    assert.deepEqual(checkProfile(parseProfile(chosen(dashed, "Storage layer"))), []);
  });
  it("start an empty file", () => {
    assert.deepEqual(checkProfile(parseProfile(chosen("‸", "New cluster profile"))), []);
  });
});

describe("inside values", () => {
  const values = (text: string): string =>
    `${PACK}        values: |\n${text}\n  variables:\n    - name: host\n`;
  it("are what Palette reads", () => {
    assert.deepEqual(labels(values("          ‸")).slice(0, 4), [
      "pack",
      "charts",
      "manifests",
      "kubeadmconfig",
    ]);
  });
  it("are the keys of pack, without those that are there", () => {
    const found = labels(values("          pack:\n            podCIDR: x\n            ‸"));
    assert.ok(found.includes("serviceClusterIpRange"));
    assert.ok(!found.includes("podCIDR"));
  });
  it("are what the catalog says about the pack", () => {
    const text = `${HEAD}      - name: alloy\n        layer: addon\n        values: |\n          charts:\n            ‸`;
    assert.deepEqual(labels(text), ["alloy"]);
  });
  const fluentbit = (text: string): string =>
    `${HEAD}      - name: fluentbit\n        layer: addon\n        values: |\n${text}`;
  it("are the presets of the pack, whole where nothing is written", () => {
    const marked = fluentbit("          ‸\n");
    assert.ok(labels(marked).includes("Send to Loki"));
    assert.match(
      chosen(marked, "Send to Loki"),
      /values: \|\n {10}charts:\n {12}fluent-bit:\n {14}config:\n {16}outputs: \|\n {18}\[OUTPUT\]\n {22}Name loki\n/,
    );
  });
  it("are the rest of a preset below what is written", () => {
    const marked = fluentbit("          charts:\n            fluent-bit:\n              ‸\n");
    assert.match(chosen(marked, "Send to Loki"), /fluent-bit:\n {14}config:\n {16}outputs: \|\n {18}\[OUT/);
  });
  it("are no presets that would write over something", () => {
    const at = (text: string): boolean => labels(fluentbit(text)).includes("Send to Loki");
    assert.equal(at("          charts: {}\n          ‸\n"), false);
    const config = "          charts:\n            fluent-bit:\n              config:\n";
    assert.equal(at(`${config}                ‸\n`), true);
    assert.equal(at(`${config}                outputs: ""\n                ‸\n`), false);
    assert.equal(at("          other:\n            ‸\n"), false);
  });
  it("open a map where the catalog knows more below", () => {
    const text = `${HEAD}      - name: alloy\n        layer: addon\n        values: |\n          charts:\n            ‸`;
    assert.match(chosen(text, "alloy"), /charts:\n {12}alloy:\n {14}$/);
  });
  it("are variables, quoted", () => {
    assert.deepEqual(labels(values("          a:\n            b: ‸")), ["'{{.spectro.var.host}}'"]);
  });
  it("are macros behind braces, and close them", () => {
    const found = labels(values("          a: '{{‸"));
    assert.ok(found.includes(".spectro.var.host"));
    assert.ok(found.includes(".spectro.system.cluster.name"));
    assert.ok(found.includes(".spectro.pack.kubernetes."));
    assert.match(
      chosen(values("          a: '{{ .spectro.v‸'"), ".spectro.var.host"),
      /'\{\{ \.spectro\.var\.host\}\}'/,
    );
    assert.match(
      chosen(values("          a: '{{ .sp‸ }}'"), ".spectro.var.host"),
      /'\{\{ \.spectro\.var\.host \}\}'/,
    );
  });
});

describe("documents of other APIs", () => {
  it("get nothing", () => assert.deepEqual(labels("apiVersion: v1\nkind: ConfigMap\n‸"), []));
});
