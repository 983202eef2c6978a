import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catalog, type Pack } from "../../../src/catalog/index.ts";
import { addableLayers, addLayer, packOffers, versionOffers } from "../../../src/profile/add-layer.ts";
import { applyEdits } from "../../../src/profile/edits.ts";
import { checkProfile, layersOf, newProfile, parseProfile } from "../../../src/profile/index.ts";

const today = "2026-11-24";
const full = newProfile({ name: "shop", type: "cluster", cloudType: "aws" });
const four =
  "metadata: {name: a}\nspec:\n    version: 1.0.0\n    template:\n        type: add-on\n        cloudType: all\n";

function pack(name: string): Pack {
  const found = catalog.find(name);
  assert.ok(found, name);
  return found;
}

function added(text: string, name: string, version = pack(name).versions[0]?.version ?? ""): string {
  const edits = addLayer(parseProfile(text), pack(name), version);
  assert.ok(edits);
  const result = applyEdits(text, edits);
  // A minimal edit: it takes away nothing but an empty list.
  for (const { span } of edits) {
    assert.match(text.slice(span.start, span.end), /^(?: *\[\])?$/);
  }
  return result;
}

const names = (text: string) => layersOf(parseProfile(text)).map(({ name }) => name);

describe("layers that a profile has room for", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["a full profile takes add-ons", full, ["addon"]],
    [
      "what is missing comes first",
      "metadata: {name: a}\nspec: {template: {type: cluster, cloudType: aws, packs: [{name: k, layer: k8s}]}}",
      ["os", "cni", "csi", "addon"],
    ],
    [
      "a whole infrastructure profile takes nothing",
      newProfile({ name: "i", type: "infra", cloudType: "aws" }),
      [],
    ],
    ["an add-on profile takes add-ons", four, ["addon"]],
    ["a list is no profile", "[]", []],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.deepEqual(addableLayers(parseProfile(text)), expected));
  }
});

describe("packs to add", () => {
  it("are those of the layer and the cloud", () => {
    const offers = packOffers(parseProfile(full), "csi");
    assert.ok(offers.length > 1);
    for (const { pack: each } of offers) {
      assert.equal(each.layer, "csi");
      assert.ok(each.clouds === "all" || each.clouds.includes("aws"), each.name);
    }
    assert.deepEqual(
      offers.filter(({ present }) => present).map(({ pack: each }) => each.name),
      ["csi-aws-ebs"],
    );
  });

  it("end with the retired ones, which say what to take instead", () => {
    const offers = packOffers(parseProfile(full), "addon");
    const retired = offers.map(({ pack: each }) => each.retired !== undefined);
    assert.deepEqual(
      retired,
      [...retired].sort((a, b) => Number(a) - Number(b)),
    );
    const nginx = offers.find(({ pack: each }) => each.name === "nginx");
    assert.ok(nginx?.pack.retired, "ingress-nginx is retired");
    assert.ok(nginx.replacement);
    assert.ok(catalog.list().some(({ displayName }) => displayName === nginx.replacement));
  });
});

describe("versions to add", () => {
  it("of Kubernetes are marked when their support has ended", () => {
    const offers = versionOffers(parseProfile(full), pack("kubernetes"), today);
    assert.ok(offers.find(({ version }) => version.startsWith("1.34."))?.ended);
    assert.ok(!offers.find(({ version }) => version === "1.36.4")?.ended);
    const [recommended, ...others] = offers.filter((each) => each.recommended);
    assert.deepEqual(others, []);
    assert.ok(recommended !== undefined && !recommended.ended);
  });

  it("say why they do not go with the Kubernetes of the profile", () => {
    const bounded = catalog
      .list({ cloud: "aws" })
      .find(
        (each) => each.layer === "addon" && each.versions.some(({ kubernetes }) => kubernetes !== undefined),
      );
    assert.ok(bounded);
    const old = parseProfile(full.replaceAll("1.36.4", "1.9.0"));
    const offer = versionOffers(old, bounded, today).find(({ reason }) => reason !== undefined);
    assert.match(offer?.reason ?? "", /needs Kubernetes .*, the profile has 1\.9\.0\./);
    const unknown = parseProfile(full.replaceAll('"1.36.4"', '"1.x"'));
    assert.ok(versionOffers(unknown, bounded, today).every(({ reason }) => reason === undefined));
  });
});

describe("adding a layer", () => {
  it("puts an add-on behind all others, with the catalog's values and registry, and no error", () => {
    const text = added(full, "prometheus-operator");
    assert.deepEqual(names(text), [
      "ubuntu-aws",
      "kubernetes",
      "cni-calico",
      "csi-aws-ebs",
      "prometheus-operator",
    ]);
    assert.match(text, /kind: pack/);
    assert.deepEqual(
      checkProfile(parseProfile(text)).filter(({ severity }) => severity === "error"),
      [],
    );
  });

  it("puts a mandatory layer in its place, before the comment of the next", () => {
    const lines = full.split("\n");
    const from = lines.findIndex((line) => line.includes("# Network"));
    const to = lines.findIndex((line) => line.includes("# Storage"));
    const text = added([...lines.slice(0, from), ...lines.slice(to)].join("\n"), "cni-cilium-oss");
    assert.deepEqual(names(text), ["ubuntu-aws", "kubernetes", "cni-cilium-oss", "csi-aws-ebs"]);
    assert.ok(text.indexOf("cni-cilium-oss") < text.indexOf("# Storage"));
  });

  it("keeps the indentation, the line ends and the missing line end of the file", () => {
    const crlf = `${four}        packs:\n            -   name: x\n                layer: addon`.replaceAll(
      "\n",
      "\r\n",
    );
    const text = added(crlf, "prometheus-operator");
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.match(text, /\r\n {12}- name: prometheus-operator\r\n {14}type: /);
    assert.deepEqual(names(text), ["x", "prometheus-operator"]);
  });

  it("writes the list where there is none", () => {
    assert.deepEqual(names(added(four, "prometheus-operator")), ["prometheus-operator"]);
    assert.deepEqual(names(added(`${four}        packs: []\n`, "prometheus-operator")), [
      "prometheus-operator",
    ]);
  });

  it("stays in flow style", () => {
    const json =
      '{"metadata":{"name":"a"},"spec":{"template":{"type":"add-on","cloudType":"all","packs":[{"name":"x","layer":"addon"}]}}}';
    const text = added(json, "prometheus-operator");
    assert.deepEqual(
      JSON.parse(text).spec.template.packs.map(({ name }: { name: string }) => name),
      ["x", "prometheus-operator"],
    );
  });

  it("gives nothing where there is no template", () => {
    assert.equal(
      addLayer(parseProfile("metadata: {name: a}\n"), pack("prometheus-operator"), "1.0.0"),
      undefined,
    );
  });

  it("takes charts of the user's registries as add-ons, with the registry as Palette names it", () => {
    const ours = {
      name: "our charts",
      url: "https://charts.example.com",
      charts: [{ name: "shop", description: "A shop", versions: [{ version: "1.10.0" }] }],
    };
    for (const [kind, isPrivate, providerType] of [
      ["helm", true, ""],
      ["oci", false, "helm"],
    ] as const) {
      const registries = [{ ...ours, kind, isPrivate }];
      const document = parseProfile(full);
      const offer = packOffers(document, "addon", registries).at(-1);
      assert.ok(offer);
      assert.equal(offer.pack.name, "shop");
      assert.ok(!packOffers(document, "cni", registries).some((each) => each.pack.name === "shop"));
      const edits = addLayer(document, offer.pack, "1.10.0");
      assert.ok(edits);
      const result = applyEdits(full, edits);
      assert.match(
        result,
        new RegExp(`name: shop\\n\\s+type: ${kind}\\n\\s+layer: addon\\n\\s+version: "1.10.0"`),
      );
      assert.match(
        result,
        new RegExp(
          `name: our charts\\n\\s+kind: ${kind}\\n\\s+isPrivate: ${isPrivate}\\n\\s+providerType: "?${providerType}`,
        ),
      );
      assert.deepEqual(
        checkProfile(parseProfile(result)).filter(({ severity }) => severity === "error"),
        [],
      );
    }
  });
});
