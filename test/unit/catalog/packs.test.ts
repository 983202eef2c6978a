import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parse, parseAllDocuments } from "yaml";
import { catalogText, compileCatalog } from "../../../scripts/catalog.ts";
import { ADDON_TYPES, type CatalogLayer, catalog, type Pack } from "../../../src/catalog/index.ts";
import { layerOfPack } from "../../../src/profile/starter-packs.ts";

const today = "2026-11-24";
const file = fileURLToPath(new URL("../../../src/catalog/packs.json", import.meta.url));
const packs = catalog.list();

const dig = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], value);

describe("the catalog that ships", () => {
  it("is what catalog/ compiles to (scripts/catalog.ts)", () => {
    assert.equal(readFileSync(file, "utf8"), catalogText(compileCatalog()));
  });

  it("has at least 60 maintained add-ons, and some of every kind", () => {
    const addons = catalog.list({ layer: "addon" }).filter((pack) => pack.retired === undefined);
    assert.ok(addons.length >= 60, `${addons.length}`);
    for (const addonType of ADDON_TYPES) {
      assert.ok(
        addons.some((pack) => pack.addonType === addonType),
        addonType,
      );
    }
    for (const [addonType, count] of [
      ["load balancer", 5],
      ["authentication", 8],
      ["monitoring", 12],
      ["logging", 8],
    ] as const) {
      assert.ok(catalog.list({ layer: "addon", addonType }).length >= count, addonType);
    }
  });

  const CLOUDS = [
    "aws",
    "eks",
    "azure",
    "aks",
    "gcp",
    "gke",
    "vsphere",
    "maas",
    "openstack",
    "apache-cloudstack",
    "edge-native",
    "docker",
    "in-memory",
    "baremetal",
    "metal3",
    "tinkerbell",
    "hetzner",
    "oci",
    "kubevirt",
    "nutanix",
    "some-cloud-of-mine",
  ];
  const LAYERS: readonly CatalogLayer[] = ["os", "k8s", "cni", "csi"];
  for (const cloud of CLOUDS) {
    it(`has every mandatory layer for ${cloud}, with versions that go together`, () => {
      for (const layer of LAYERS) {
        const usable = catalog
          .list({ layer, cloud })
          .filter(
            (pack) => pack.retired === undefined && catalog.newest(pack, { kubernetes: "1.36.4", today }),
          );
        assert.ok(usable.length > 0, layer);
      }
    });
  }

  it("knows names of Palette and charts of the open ecosystem", () => {
    for (const [name, found] of [
      ["calico", "cni-calico"],
      ["tigera-operator", "cni-calico"],
      ["cilium", "cni-cilium-oss"],
      ["aws-ebs-csi-driver", "csi-aws-ebs"],
      ["kube-prometheus-stack", "prometheus-operator"],
      ["metallb", "lb-metallb-helm"],
      ["cert-manager", "certmanager"],
      ["ingress-nginx", "nginx"],
      ["gatekeeper", "open-policy-agent"],
      ["rke2", "kubernetes-rke2"],
    ]) {
      assert.equal(catalog.find(name ?? "")?.name, found);
    }
  });

  it("marks what is retired, with its replacement", () => {
    const nginx = catalog.find("ingress-nginx");
    assert.equal(nginx?.retired?.since, "2026-03-20");
    assert.equal(nginx?.retired?.replacement, "traefik");
    for (const name of ["cni-weavenet", "cni-romana", "csi-aws", "splunk"]) {
      assert.ok(catalog.find(name)?.retired, name);
    }
  });

  it("knows which Kubernetes versions have ended", () => {
    const kubernetes = catalog.find("kubernetes");
    assert.ok(kubernetes);
    const ended = new Set(
      catalog
        .versionsFor(kubernetes, { today })
        .filter((v) => v.ended)
        .map((v) => v.version.split(".").slice(0, 2).join(".")),
    );
    assert.deepEqual([...ended].sort(), ["1.30", "1.31", "1.32", "1.33", "1.34"]);
    assert.equal(
      catalog.resolveTag(kubernetes, "1.36.x")?.version,
      catalog.kubernetesRelease("1.36")?.newest,
    );
  });

  const inline = packs.filter(({ manifests }) => manifests.length > 0);
  it("brings the manifests of cloud controllers that have no chart", () =>
    assert.deepEqual(inline.map(({ name }) => name).sort(), [
      "cloudstack-kubernetes-provider",
      "gcp-cloud-controller-manager",
      "oci-cloud-controller-manager",
    ]));
  for (const pack of inline) {
    it(`${pack.name} becomes a manifest layer of objects, with the image of its version`, () => {
      const layer = layerOfPack(pack);
      assert.equal(layer.type, "manifest");
      const contents = (layer.manifests ?? []).map(({ content }) => content);
      assert.ok(contents.some((content) => content.includes(`:v${pack.versions[0]?.version}`)));
      for (const content of contents) {
        for (const document of parseAllDocuments(content)) {
          assert.deepEqual(document.errors, []);
          assert.ok(document.get("kind") && document.getIn(["metadata", "name"]), content);
        }
      }
    });
  }

  const constrained = packs.filter((pack) => pack.retired === undefined);
  for (const pack of constrained) {
    it(`${pack.name} agrees with itself`, () => checkPack(pack));
  }
});

/** What the schema cannot say about one pack. */
function checkPack(pack: Pack): void {
  const values: unknown = parse(pack.values);
  if (pack.namespace !== undefined && pack.values !== "") {
    const namespace = dig(values, ["pack", "namespace"]) ?? pack.namespace;
    assert.equal(namespace, pack.namespace);
  }
  if (pack.source.kind === "helm" || pack.source.kind === "oci") {
    assert.ok(pack.namespace, "a chart needs a namespace");
    const charts = Object.keys((dig(values, ["charts"]) as object | undefined) ?? {});
    for (const chart of charts) {
      assert.ok(pack.source.charts.includes(chart), `values for ${chart}, which is no chart of the pack`);
    }
    for (const { path } of pack.hints) {
      const [top, chart] = path.split(".");
      assert.ok(top !== "charts" || pack.source.charts.includes(chart ?? ""), path);
    }
  }
  const groups = new Set(pack.presets.map((preset) => `${preset.group}:${preset.name}`));
  assert.equal(groups.size, pack.presets.length, "a preset is there twice");
  for (const constraint of pack.constraints) {
    assert.ok(catalog.find(constraint.pack), constraint.pack);
  }
}
