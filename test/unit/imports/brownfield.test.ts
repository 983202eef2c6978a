import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brownfieldProfile } from "../../../src/imports/brownfield.ts";
import type { Found } from "../../../src/imports/index.ts";
import { checkProfile, parseProfile, profileOf } from "../../../src/profile/index.ts";

const NOTHING: Found = {
  cloud: undefined,
  machines: 3,
  network: undefined,
  storage: [],
  releases: [],
  managedBy: [],
};
const BASE = { name: "shop-eu", cluster: "shop-eu", kubernetesVersion: "1.36.3-eks-abc" };

/** Errors of a profile; what it should have is none. */
function errorsOf(text: string): string[] {
  return checkProfile(parseProfile(text), { today: "2026-11-24" })
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

describe("a profile of what runs on a cluster", () => {
  test("of every cloud that is told is valid, and has its layers", () => {
    for (const id of [
      "eks",
      "aws",
      "aks",
      "azure",
      "gke",
      "gcp",
      "vsphere",
      "openstack",
      "maas",
      "metal3",
      "hetzner",
      "oci",
      "docker",
      "apache-cloudstack",
      "tinkerbell",
    ]) {
      const text = brownfieldProfile({
        ...BASE,
        kubernetesVersion: "1.36.4",
        found: { ...NOTHING, cloud: { id, title: id } },
      });
      assert.ok(text !== undefined);
      assert.deepEqual(errorsOf(text), [], id);
      const profile = profileOf(parseProfile(text));
      assert.deepEqual(
        profile?.layers.map(({ layer }) => layer),
        ["os", "k8s", "cni", "csi"],
        id,
      );
    }
  });

  test("takes network, storage and releases that were found, and names what it does not know", () => {
    const text = brownfieldProfile({
      ...BASE,
      kubernetesVersion: "1.36.4",
      found: {
        ...NOTHING,
        cloud: { id: "aws", title: "AWS" },
        network: { pack: "cni-cilium-oss", title: "Cilium" },
        storage: [{ pack: "csi-longhorn", title: "Longhorn" }],
        releases: [
          { name: "certs", namespace: "cert-manager", chart: "cert-manager", version: "1.21.1" },
          { name: "our-shop", namespace: "shop", chart: "our-shop", version: "3.2.1" },
        ],
      },
    });
    assert.ok(text !== undefined);
    assert.deepEqual(errorsOf(text), []);
    const layers = profileOf(parseProfile(text))?.layers.map(({ name }) => name);
    assert.deepEqual(layers?.slice(2, 4), ["cni-cilium-oss", "csi-longhorn"]);
    assert.equal(layers?.length, 5);
    assert.match(text, /^# Not in the catalog: our-shop 3\.2\.1\.$/m);
  });

  test("of an unknown cloud is an add-on profile, or nothing", () => {
    const releases = [{ name: "cert-manager", namespace: "x", chart: "cert-manager" }];
    const text = brownfieldProfile({ ...BASE, found: { ...NOTHING, releases } });
    assert.ok(text !== undefined);
    assert.deepEqual(errorsOf(text), []);
    assert.equal(profileOf(parseProfile(text))?.type, "add-on");
    assert.equal(brownfieldProfile({ ...BASE, found: NOTHING }), undefined);
  });
});
