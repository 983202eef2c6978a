import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { parseAllDocuments } from "yaml";
import { UsageError } from "../../../../src/cli/command.ts";
import { render } from "../../../../src/cli/commands/render.ts";
import { newProfile } from "../../../../src/profile/index.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { OWN_CHARTS, withOwnChart } from "../../../ownChart.ts";
import { temporaryIo } from "./support.ts";

const REQUEST = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
spec:
  cloudType: docker
  profiles:
    - file: base.profile.yaml
  machinePools:
    - poolConfig: {name: control-plane, isControlPlane: true, size: 1}
`;

describe("palette render", () => {
  let place: ReturnType<typeof temporaryIo>;

  beforeEach(async () => {
    place = temporaryIo();
    const text = newProfile({
      name: "base",
      type: "cluster",
      cloudType: "docker",
      kubernetesVersion: "1.36.4",
    });
    await writeFile(join(place.io.cwd, "base.profile.yaml"), text);
    await write(REQUEST);
  });
  afterEach(() => place.remove());
  const write = (text: string) => writeFile(join(place.io.cwd, "demo.cluster.yaml"), text);

  it("prints the same objects as YAML and as JSON, every time", async () => {
    assert.equal(await render.run(["demo.cluster.yaml"], place.io), 0);
    assert.equal(await render.run(["demo.cluster.yaml", "--output", "json"], place.io), 0);
    assert.equal(await render.run(["demo.cluster.yaml"], place.io), 0);
    const [yaml = "", json = "", again] = place.output;
    assert.equal(again, yaml);
    const objects = parseAllDocuments(yaml).map((document) => document.toJS() as KubeObject);
    assert.deepEqual(objects, JSON.parse(json));
    const kinds = objects.map(({ kind }) => kind);
    // The published profile, its layers, then the cluster.
    const start = kinds.indexOf("Cluster");
    assert.deepEqual(new Set(kinds.slice(0, start)), new Set(["ConfigMap", "Profile"]));
    assert.deepEqual(kinds.slice(start), [
      "Cluster",
      "DevCluster",
      "DevMachineTemplate",
      "KubeadmControlPlane",
    ]);
  });

  it("finds the profile beside the request", async () => {
    await write(REQUEST.replace("file: base", "file: ./base"));
    assert.equal(await render.run([join(place.io.cwd, "demo.cluster.yaml")], place.io), 0);
  });

  it("says every error of the request with its place, and warns of the rest", async () => {
    await write(REQUEST.replace("size: 1", "size: 2").replace("name: demo", "name: Demo"));
    await assert.rejects(
      render.run(["demo.cluster.yaml"], place.io),
      /No cluster can be made from demo\.cluster\.yaml/,
    );
    assert.deepEqual(
      place.errors.map((line) => line.split(": ").slice(0, 2).join(": ")),
      ["demo.cluster.yaml:4:9: error C02", "demo.cluster.yaml:10:69: error C07"],
    );
    place.errors.length = 0;
    await write(REQUEST.replace("cloudType: docker", "cloudType: docker\n  cloudAccount: mine"));
    assert.equal(await render.run(["demo.cluster.yaml"], place.io), 0);
    assert.match(place.errors[0] ?? "", /demo\.cluster\.yaml:7:3: warning C17: Docker has no cloud accounts/);
  });

  it("makes nothing of a profile with errors, and names the missing layer", async () => {
    const text = newProfile({
      name: "base",
      type: "cluster",
      cloudType: "docker",
      kubernetesVersion: "1.36.4",
    });
    const withoutStorage = text.slice(0, text.search(/^ *# Storage/m));
    await writeFile(join(place.io.cwd, "base.profile.yaml"), withoutStorage);
    await assert.rejects(
      render.run(["demo.cluster.yaml"], place.io),
      /Profile .*base\.profile\.yaml has errors/,
    );
    assert.match(place.errors.join("\n"), /error P02: .*storage/i);
    assert.deepEqual(place.output, []);
  });

  it("does not mix clouds", async () => {
    const text = newProfile({ name: "base", type: "cluster", cloudType: "aws", kubernetesVersion: "1.36.4" });
    await writeFile(join(place.io.cwd, "base.profile.yaml"), text);
    assert.equal(await render.run(["demo.cluster.yaml"], place.io), 1);
    assert.match(place.errors.join("\n"), /is for aws, and the cluster is to be made on docker/);
  });

  it("prints nothing of a cluster whose layers would break it", async () => {
    const file = join(place.io.cwd, "base.profile.yaml");
    const pool = "mode: cluster-pool\n                operator: {clusterPoolIPv4PodCIDRList: [10.7.0.0/16]}";
    await writeFile(file, (await readFile(file, "utf8")).replace('mode: "kubernetes"', pool));
    assert.equal(await render.run(["demo.cluster.yaml"], place.io), 1);
    assert.deepEqual(place.output, []);
    assert.deepEqual(place.errors, [
      "Layer cni-cilium-oss gives pods addresses of 10.7.0.0/16, and the cluster has 192.168.0.0/16 for pods. Write the same range in the network layer and in pack.podCIDR of the Kubernetes layer.",
    ]);
  });

  it("takes charts from registries of the user's own that --registry names", async () => {
    const file = join(place.io.cwd, "base.profile.yaml");
    await writeFile(file, withOwnChart(await readFile(file, "utf8")));
    const args = ["demo.cluster.yaml", "--registry", `our-charts=${OWN_CHARTS}`];
    assert.equal(await render.run(args, place.io), 0);
    assert.match(place.output[0] ?? "", new RegExp(`repositoryURL: ${OWN_CHARTS}$`, "m"));
    assert.doesNotMatch(place.errors.join("\n"), /corner-shop/);
    assert.equal(await render.run(["demo.cluster.yaml"], place.io), 0);
    assert.ok(!place.output[1]?.includes(OWN_CHARTS));
    assert.match(place.errors.join("\n"), /corner-shop is of registry our-charts, which is not known here/);
  });

  it("takes charts of the catalog from mirrors that --chart-mirror names", async () => {
    const args = ["demo.cluster.yaml", "--chart-mirror", "https://=https://mirror.example.com/helm"];
    assert.equal(await render.run(args, place.io), 0);
    assert.match(place.output[0] ?? "", /repositoryURL: https:\/\/mirror\.example\.com\/helm\/\S/);
    assert.doesNotMatch(place.output[0] ?? "", /repositoryURL: https:\/\/(?!mirror)/);
    const wrong = ["demo.cluster.yaml", "--chart-mirror", "https://=http://mirror.example.com"];
    await assert.rejects(render.run(wrong, place.io), /mirror of https:\/\/ cannot be used.*not https/);
  });

  it("puts add-on profiles of the request on the cluster too, and no other profile beside the first", async () => {
    const more = newProfile({ name: "more", type: "add-on", cloudType: "all" });
    await writeFile(join(place.io.cwd, "more.profile.yaml"), withOwnChart(more));
    await write(REQUEST.replace("- file: base.profile.yaml", "$&\n    - file: more.profile.yaml"));
    const args = ["demo.cluster.yaml", "--output", "json"];
    assert.equal(await render.run([...args, "--registry", `our-charts=${OWN_CHARTS}`], place.io), 0);
    const objects = JSON.parse(place.output[0] ?? "") as KubeObject[];
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    assert.ok(names.includes("ConfigMap profile-base-1.0.0"), names.join());
    assert.ok(names.includes("ConfigMap profile-more-1.0.0"), names.join());
    const labels = objects.find(({ kind }) => kind === "Cluster")?.metadata.labels ?? {};
    assert.equal(labels["profile.palette-onboarding/more"], "1.0.0");
    await write(REQUEST.replace("- file: base.profile.yaml", "$&\n    - file: ./base.profile.yaml"));
    assert.equal(await render.run(args, place.io), 1);
    assert.match(place.errors.join("\n"), /base is a full profile, and only add-on profiles come beside/);
  });

  it("needs the file of the profile", async () => {
    await write(REQUEST.replace("file: base.profile.yaml", 'name: base\n      version: "1.0.0"'));
    await assert.rejects(render.run(["demo.cluster.yaml"], place.io), /which only a management cluster has/);
    await assert.rejects(render.run(["missing.cluster.yaml"], place.io), /There is no file missing/);
  });

  it("is used in one way", async () => {
    for (const args of [
      [],
      ["a", "b"],
      ["a", "--output", "xml"],
      ["a", "--registry", "https://no.name"],
      ["--wrong"],
    ]) {
      await assert.rejects(render.run(args, place.io), UsageError);
    }
  });
});
