import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { catalog, compareVersions } from "../../../src/catalog/index.ts";
import { checkProfile, newProfile, parseProfile, profileOf } from "../../../src/profile/index.ts";
import type { Profile } from "../../../src/profile/model.ts";

const today = "2026-11-24";
const folder = fileURLToPath(new URL("../../../catalog/profiles/", import.meta.url));
const files = readdirSync(folder);

/** Machines of these clouds wait for a cloud controller (engines.md 3). */
const CLOUD_CONTROLLERS: Readonly<Record<string, string>> = {
  aws: "aws-cloud-controller-manager",
  azure: "cloud-provider-azure",
  gcp: "gcp-cloud-controller-manager",
  vsphere: "vsphere-cpi",
  openstack: "openstack-cloud-controller-manager",
  oci: "oci-cloud-controller-manager",
  hetzner: "hcloud-cloud-controller-manager",
  "apache-cloudstack": "cloudstack-kubernetes-provider",
};

function read(text: string): Profile {
  const profile = profileOf(parseProfile(text));
  assert.ok(profile, "the profile has errors");
  return profile;
}

/** Every layer but manifests is a pack of the catalog, at a version that fits the Kubernetes layer. */
function checkAgainstCatalog(profile: Profile): void {
  const kubernetes = profile.layers.find((layer) => layer.layer === "k8s")?.tag;
  const names = new Set(profile.layers.map((layer) => layer.name));
  for (const layer of profile.layers) {
    if (layer.type === "manifest") {
      continue;
    }
    const pack = catalog.find(layer.name);
    assert.ok(pack, `${layer.name} is in the catalog`);
    assert.equal(pack.layer, layer.layer, layer.name);
    assert.equal(pack.retired, undefined, layer.name);
    assert.ok(
      catalog.list({ layer: pack.layer, cloud: profile.cloudType }).includes(pack),
      `${layer.name} is for ${profile.cloudType}`,
    );
    const query = kubernetes === undefined ? { today } : { kubernetes, today };
    const version = catalog.versionsFor(pack, query).find((state) => state.version === layer.tag);
    assert.ok(version, `${layer.name} ${layer.tag} is in the catalog`);
    assert.equal(version.reason, undefined);
    assert.equal(version.ended, false, `${layer.name} ${layer.tag} has ended`);
    for (const { pack: other, type } of pack.constraints) {
      assert.ok(type !== "required" || names.has(other), `${layer.name} needs ${other}`);
      assert.ok(type !== "notSupported" || !names.has(other), `${layer.name} does not go with ${other}`);
    }
  }
}

describe("out-of-the-box profiles", () => {
  for (const file of files) {
    const text = readFileSync(folder + file, "utf8");
    it(`${file} has nothing but hints`, () => {
      const problems = checkProfile(parseProfile(text)).filter(({ severity }) => severity !== "hint");
      assert.deepEqual(
        problems.map(({ code, message }) => `${code} ${message}`),
        [],
      );
    });
    it(`${file} is made of packs that go together`, () => {
      const profile = read(text);
      assert.equal(`${profile.name}.profile.yaml`, file);
      checkAgainstCatalog(profile);
    });
  }

  for (const cloud of ["aws", "eks", "azure", "aks", "gcp", "gke", "vsphere", "maas", "edge-native"]) {
    it(`there is a development and a production profile for ${cloud}`, () => {
      assert.ok(files.includes(`${cloud}-development.profile.yaml`));
      assert.ok(files.includes(`${cloud}-production.profile.yaml`));
    });
  }

  for (const cloud of ["apache-cloudstack", "oci", "hetzner", "metal3", "tinkerbell"]) {
    it(`there is a development profile for ${cloud}`, () =>
      assert.ok(files.includes(`${cloud}-development.profile.yaml`)));
  }

  for (const [cloud, controller] of Object.entries(CLOUD_CONTROLLERS)) {
    for (const file of files.filter((name) => name.startsWith(`${cloud}-`))) {
      it(`${file} brings ${controller}, which installs before all other add-ons`, () => {
        const { layers } = read(readFileSync(folder + file, "utf8"));
        const layer = layers.find(({ name }) => name === controller);
        assert.match(layer?.values ?? "", /install-priority: "-100"/);
      });
    }
  }

  it("production profiles hold back nothing: every tag is an exact version", () => {
    for (const file of files.filter((name) => name.includes("production"))) {
      for (const { name, tag, version, type } of read(readFileSync(folder + file, "utf8")).layers) {
        assert.ok(
          type === "manifest" || (tag && version && compareVersions(tag, version) === 0),
          `${file}: ${name}`,
        );
      }
    }
  });
});

describe("what a new profile starts with", () => {
  const clouds = [
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
    "oci",
    "hetzner",
    "metal3",
    "tinkerbell",
    "edge-native",
    "docker",
    "in-memory",
  ];
  for (const cloudType of clouds) {
    it(`is in the catalog for ${cloudType}`, () =>
      checkAgainstCatalog(read(newProfile({ name: "new", type: "cluster", cloudType }))));
  }
  it("is in the catalog for an add-on profile", () =>
    checkAgainstCatalog(read(newProfile({ name: "new", type: "add-on", cloudType: "all" }))));
});
