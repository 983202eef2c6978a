import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkProfile, newProfile, parseProfile, profileOf } from "../../../src/profile/index.ts";
import { PROFILE_TYPES } from "../../../src/profile/model.ts";

const CLOUDS = [
  "docker",
  "in-memory",
  "aws",
  "azure",
  "gcp",
  "vsphere",
  "openstack",
  "maas",
  "edge-native",
  "eks",
  "aks",
  "gke",
  "nutanix",
];

describe("newProfile", () => {
  for (const type of PROFILE_TYPES) {
    for (const cloudType of type === "cluster" || type === "infra" ? CLOUDS : [...CLOUDS, "all"]) {
      it(`is valid: ${type} on ${cloudType}`, () => {
        const document = parseProfile(newProfile({ name: "demo", type, cloudType }));
        const found = checkProfile(document).filter(({ severity }) => severity !== "hint");
        assert.deepEqual(found, []);
        const profile = profileOf(document);
        assert.equal(profile?.name, "demo");
        assert.equal(profile?.version, "1.0.0");
        assert.deepEqual(
          profile?.layers.map(({ layer }) => layer),
          type === "cluster" || type === "infra" ? ["os", "k8s", "cni", "csi"] : ["addon"],
        );
      });
    }
  }

  it("takes the Kubernetes version", () => {
    const text = newProfile({ name: "a", type: "cluster", cloudType: "aws", kubernetesVersion: "1.35.8" });
    const layer = profileOf(parseProfile(text))?.layers[1];
    assert.equal(layer?.tag, "1.35.8");
    assert.equal(layer?.version, "1.35.8");
  });

  for (const name of ["true", "ML Ops: Herbs", "1.0", "#x", "日本"]) {
    it(`writes the name ${name} so that it is read again`, () => {
      const text = newProfile({ name, type: "cluster", cloudType: "aws" });
      assert.equal(profileOf(parseProfile(text))?.name, name);
    });
  }

  it("does not fall for names of object prototypes", () => {
    const text = newProfile({ name: "a", type: "cluster", cloudType: "constructor" });
    assert.equal(profileOf(parseProfile(text))?.layers.length, 4);
  });
});
