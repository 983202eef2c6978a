import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { catalog } from "../../../src/catalog/index.ts";
import { type AddOn, CLOUDS, cloudOf, newRequest } from "../../../src/cluster/index.ts";
import type { ClusterRequest } from "../../../src/cluster/model.ts";
import { clusterLayers } from "../../../src/layers/index.ts";
import { checkProfile, parseProfile, profileOf } from "../../../src/profile/index.ts";

const FOLDER = `${import.meta.dirname}/../../../catalog/profiles/`;

/** The layers of a cluster of a profile that ships. */
function layersFor(
  file: string,
  changes: Partial<ClusterRequest> = {},
  edit = (text: string) => text,
  addOns: readonly AddOn[] = [],
) {
  const profileText = edit(readFileSync(`${FOLDER}${file}.profile.yaml`, "utf8"));
  const profile = profileOf(parseProfile(profileText));
  assert.ok(profile !== undefined);
  const request: ClusterRequest = {
    ...newRequest({
      name: "shop",
      namespace: "team-a",
      cloudType: profile.cloudType,
      profile: { name: profile.name, version: profile.version },
    }),
    ...changes,
  };
  const cloud = cloudOf(request.cloudType);
  assert.ok(cloud !== undefined);
  return clusterLayers(
    { request, cloud, profile, profileText, addOns, secrets: {}, today: "2026-11-24" },
    { catalog, registries: [] },
  );
}

/** An add-on profile with one chart of the catalog. */
function addOn(name: string, pack: string, rest = ""): AddOn {
  const profileText = `metadata: { name: ${name} }
spec:
  version: 1.0.0
  template:
    type: add-on
    cloudType: all
    packs:
      - ${pack}
${rest}`;
  const profile = profileOf(parseProfile(profileText));
  assert.ok(profile !== undefined, JSON.stringify(checkProfile(parseProfile(profileText))));
  return { profile, profileText };
}

const CONFIG = `{ name: greeting, type: manifest, layer: addon, values: "pack: { namespace: default }", manifests: [{ name: a, content: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { of: '{{.spectro.system.cluster.name}}' } }" }] }`;

describe("layers of a new cluster", () => {
  it("come with those of add-on profiles, as attaching them afterwards would put them on it", () => {
    const added = addOn("greetings", CONFIG);
    const ref = { name: "greetings", version: "1.0.0" };
    const base = { name: "vsphere-production", version: "1.0.0" };
    const alone = layersFor("vsphere-production");
    const { shared, own, labels, problems, conflicts } = layersFor(
      "vsphere-production",
      { profiles: [base, ref] },
      undefined,
      [added],
    );
    assert.deepEqual([problems, conflicts], [alone.problems, []]);
    assert.equal(labels["profile.palette-onboarding/greetings"], "1.0.0");
    assert.equal(labels["profile.palette-onboarding/vsphere-production"], "1.0.0");
    assert.ok(shared.length > alone.shared.length);
    const mine = own.filter(({ metadata }) => metadata.labels?.["palette-onboarding/values-of"] === "shop");
    assert.equal(mine.length, 1, "detaching it finds what the cluster has of its own");
    assert.match(JSON.stringify(mine[0]), /shop/);
  });

  it("are refused where an add-on profile has a layer that cannot be, or brings a release twice", () => {
    const refs = (name: string) => ({
      profiles: [
        { name: "vsphere-production", version: "1.0.0" },
        { name, version: "1.0.0" },
      ],
    });
    const unknown = addOn(
      "unknown",
      `{ name: corner-shop, type: helm, layer: addon, tag: 1.0.0, registry: { metadata: { name: ours } }, values: "pack: { namespace: a }" }`,
    );
    assert.match(
      layersFor("vsphere-production", refs("unknown"), undefined, [unknown]).conflicts[0]?.message ?? "",
      /corner-shop is of registry ours, which is not known here/,
    );
    const [chart] = layersFor("vsphere-production").layers.flatMap(({ name, charts }) =>
      charts.map(({ namespace, version }) => ({ name, namespace, version })),
    );
    assert.ok(chart !== undefined);
    const pack = catalog.find(chart.name);
    assert.ok(pack !== undefined);
    const twice = addOn(
      "twice",
      `{ name: ${chart.name}, type: spectro, layer: addon, tag: ${pack.versions[0]?.version}, registry: { metadata: { name: Public Repo } }, values: "pack: { namespace: ${chart.namespace} }" }`,
    );
    assert.match(
      layersFor("vsphere-production", refs("twice"), undefined, [twice]).conflicts[0]?.message ?? "",
      /both bring release/,
    );
  });

  it("leave out what the cloud's own service brings", () => {
    const { layers, problems } = layersFor("gke-development");
    assert.ok(!layers.some(({ name }) => name === "cni-vpc-native-gke"));
    assert.ok(
      !problems.some(({ layer }) => layer === "cni-vpc-native-gke" || layer === "gke-csi-gcp-driver"),
    );
  });

  it("have the cloud's controller, in the version of the cluster's minor, where the profile has none", () => {
    const without = (text: string): string => {
      const start = text.search(/^ *(?:#.*\n *)?- name: vsphere-cpi/m);
      const end = text.indexOf("      - name:", start + 20);
      const comment = text.lastIndexOf("      #", end);
      return text.slice(0, start) + text.slice(comment > start ? comment : end);
    };
    const { layers } = layersFor("vsphere-production", {}, without);
    const controller = layers.find(({ stage }) => stage === "cloud-controller");
    assert.equal(controller?.name, "vsphere-cpi");
    assert.match(controller?.charts[0]?.version ?? "", /^1\.36\./);
  });

  it("do not have it twice", () => {
    const { layers } = layersFor("vsphere-production");
    assert.equal(layers.filter(({ stage }) => stage === "cloud-controller").length, 1);
  });

  it("give the cluster labels that lead to the layers and to its own values", () => {
    const { labels, own } = layersFor("vsphere-production", {
      profiles: [
        {
          name: "vsphere-production",
          version: "1.0.0",
          packValues: [{ name: "metrics-server", values: "charts: { metrics-server: { replicas: 0 } }" }],
        },
      ],
    });
    assert.equal(labels["profile.palette-onboarding/vsphere-production"], "1.0.0");
    assert.equal(
      labels["values.palette-onboarding/vsphere-production-metrics-server-metrics-server"],
      "shop-vsphere-production-1-0-0-metrics-server-metrics-server",
    );
    const values = own.find(
      ({ metadata }) => metadata.name === "shop-vsphere-production-1-0-0-metrics-server-metrics-server",
    );
    assert.deepEqual(values?.data, { "values.yaml": "replicas: 0\n" });
  });

  it("are judged as this cluster has them: the range of its network is its own", () => {
    const ref = { name: "vsphere-production", version: "1.0.0" };
    const shared = (text: string) =>
      `${text.replaceAll("192.168.0.0/16", "{{.spectro.var.pods}}").trimEnd()}
    - name: pods
      displayName: Pods
      format: ipv4cidr
      defaultValue: 10.100.0.0/16
`;
    const variables = [{ name: "pods", value: "10.200.0.0/16" }];
    assert.deepEqual(
      layersFor("vsphere-production", { profiles: [{ ...ref, variables }] }, shared).conflicts,
      [],
    );
    const pool = (cidr: string) =>
      `charts: { tigera-operator: { installation: { calicoNetwork: { ipPools: [{ cidr: ${cidr} }] } } } }`;
    const packValues = [{ name: "cni-calico", values: pool("172.20.0.0/16") }];
    assert.deepEqual(
      layersFor("vsphere-production", { profiles: [{ ...ref, packValues }] }).conflicts.map(
        ({ message }) => message,
      ),
      ["Layer cni-calico gives pods addresses of 172.20.0.0/16, and the cluster has 192.168.0.0/16 for pods"],
    );
  });

  it("refuse the cluster where its own values are no YAML", () => {
    const packValues = [{ name: "metrics-server", values: "charts:\n  metrics-server:\n    a\n    b: 1\n" }];
    const ref = { name: "vsphere-production", version: "1.0.0", packValues };
    const { conflicts } = layersFor("vsphere-production", { profiles: [ref] });
    assert.equal(conflicts.length, 1);
    assert.match(conflicts[0]?.message ?? "", /The values of layer metrics-server are no YAML/);
  });

  it("of every profile that ships plan without a conflict on its own cloud", () => {
    const files = readdirSync(FOLDER).map((name) => name.replace(".profile.yaml", ""));
    const clouds = new Set(CLOUDS.map(({ id }) => id));
    let count = 0;
    for (const file of files) {
      const profile = profileOf(parseProfile(readFileSync(`${FOLDER}${file}.profile.yaml`, "utf8")));
      if (profile !== undefined && clouds.has(profile.cloudType) && profile.type === "cluster") {
        assert.deepEqual(layersFor(file).conflicts, [], file);
        count++;
      }
    }
    assert.ok(count > 15, `${count} profiles`);
  });
});
