import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  newPool,
  publishedProfile,
  readPublished,
  renderCluster,
  requestHash,
  slug,
} from "../../../src/cluster/index.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { anyRequest, PROFILE_TEXT, profileIn, request } from "./support.ts";

const profile = profileIn(PROFILE_TEXT);
const render = (changes = {}, text = PROFILE_TEXT): KubeObject[] =>
  renderCluster(request(changes), profileIn(text), text);
const find = (objects: readonly KubeObject[], kind: string) =>
  objects.filter((object) => object.kind === kind);
const name = ({ metadata }: KubeObject): string => metadata.name;

describe("the objects of a request", () => {
  it("are the Cluster first, then everything it refers to", () => {
    assert.deepEqual(
      render().map(({ kind }) => kind),
      [
        "Cluster",
        "DevCluster",
        "DevMachineTemplate",
        "KubeadmControlPlane",
        "DevMachineTemplate",
        "KubeadmConfigTemplate",
        "MachineDeployment",
      ],
    );
  });

  it("refer only to one another, and every reference has its object", () => {
    fc.assert(
      fc.property(anyRequest("docker"), (any) => {
        const objects = renderCluster(any, profile, PROFILE_TEXT);
        const there = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
        assert.equal(there.size, objects.length);
        const visit = (value: unknown): void => {
          if (typeof value !== "object" || value === null) {
            return;
          }
          const ref = value as { apiGroup?: string; kind?: string; name?: string };
          if (ref.apiGroup !== undefined) {
            assert.ok(there.has(`${ref.kind} ${ref.name}`), JSON.stringify(ref));
          }
          Object.values(value).forEach(visit);
        };
        objects.forEach(visit);
      }),
    );
  });

  it("have names and labels that Kubernetes takes, however long the request's own are", () => {
    fc.assert(
      fc.property(anyRequest("in-memory"), (any) => {
        for (const object of renderCluster(any, profile, PROFILE_TEXT)) {
          const { metadata, kind } = object;
          assert.match(metadata.name, /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
          // The name of a MachineDeployment is the value of a label.
          assert.ok(metadata.name.length <= (kind === "MachineDeployment" ? 63 : 253), metadata.name);
          for (const value of Object.values(metadata.labels ?? {})) {
            assert.match(value, /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);
          }
        }
      }),
    );
  });

  it("are the same for the same request, whatever order a map has", () => {
    const pool = (additionalLabels: Record<string, string>) => ({
      machinePools: [newPool("cp", true, 1), { ...newPool("w", false, 1), additionalLabels }],
    });
    assert.deepEqual(render(pool({ a: "1", b: "2" })), render(pool({ b: "2", a: "1" })));
    assert.equal(JSON.stringify(render()), JSON.stringify(render()));
  });

  it("carry the profile, the cloud and the cluster's name", () => {
    for (const { metadata } of render()) {
      assert.equal(metadata.labels?.["palette-onboarding/profile"], "team-base");
      assert.equal(metadata.labels?.["palette-onboarding/profile-version"], "1.0.0");
      assert.equal(metadata.labels?.["palette-onboarding/cloud-type"], "docker");
      assert.equal(metadata.labels?.["cluster.x-k8s.io/cluster-name"], "demo");
      assert.match(metadata.annotations?.["palette-onboarding/profile-hash"] ?? "", /^[0-9a-f]{64}$/);
    }
  });

  it("put the request's labels on the Cluster, and none of ours under them", () => {
    const [cluster, ...others] = render({ labels: { env: "test", "palette-onboarding/profile": "other" } });
    assert.equal(cluster?.metadata.labels?.env, "test");
    assert.equal(cluster?.metadata.labels?.["palette-onboarding/profile"], "team-base");
    assert.ok(others.every(({ metadata }) => metadata.labels?.env === undefined));
  });

  it("take version and addresses from the Kubernetes layer", () => {
    const text = PROFILE_TEXT.replace(/podCIDR: .*/, 'podCIDR: "10.1.0.0/16,fd00::/48"').replace(
      /serviceDomain: .*/,
      'serviceDomain: "corp.local"',
    );
    const objects = render({}, text);
    assert.deepEqual((objects[0]?.spec as { clusterNetwork?: unknown } | undefined)?.clusterNetwork, {
      pods: { cidrBlocks: ["10.1.0.0/16", "fd00::/48"] },
      services: { cidrBlocks: ["10.96.0.0/12"] },
      serviceDomain: "corp.local",
    });
    const [controlPlane] = find(objects, "KubeadmControlPlane");
    assert.equal((controlPlane?.spec as { version?: string } | undefined)?.version, "v1.36.4");
  });

  it("give another template another name, and the same one the same", () => {
    const labeled = {
      machinePools: request().machinePools.map((pool) => ({ ...pool, additionalLabels: { disk: "fast" } })),
    };
    const before = find(render(), "KubeadmConfigTemplate").map(name);
    assert.notDeepEqual(find(render(labeled), "KubeadmConfigTemplate").map(name), before);
    assert.deepEqual(find(render({ labels: { a: "b" } }), "KubeadmConfigTemplate").map(name), before);
  });

  it("always annotate the DevCluster, whose manager fails without", () => {
    for (const cloudType of ["docker", "in-memory"]) {
      const [infrastructure] = find(render({ cloudType }), "DevCluster");
      assert.ok(Object.keys(infrastructure?.metadata.annotations ?? {}).length > 0);
    }
  });

  it("have a hash that every part of the request and the profile changes", () => {
    const all = [
      requestHash(request(), PROFILE_TEXT),
      requestHash(request({ name: "other" }), PROFILE_TEXT),
      requestHash(request({ labels: { a: "b" } }), PROFILE_TEXT),
      requestHash(request(), `${PROFILE_TEXT}#`),
    ];
    assert.equal(new Set(all).size, all.length);
  });
});

describe("a published version", () => {
  it("is read as it was written, whatever its name", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (title, version) => {
        const object = publishedProfile(
          PROFILE_TEXT,
          { name: title, version, cloudType: "docker" },
          "default",
        );
        assert.match(
          object.metadata.name,
          /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
        );
        assert.ok(object.metadata.name.length <= 253);
        const read = readPublished(object);
        assert.deepEqual([read?.name, read?.version, read?.text], [title, version, PROFILE_TEXT]);
      }),
    );
  });

  it("cannot be changed", () => {
    assert.equal(
      publishedProfile("a: b", { name: "a", version: "1.0.0", cloudType: "all" }, "x").immutable,
      true,
    );
  });

  it("is no other ConfigMap", () => {
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a" },
      data: { "profile.yaml": "" },
    };
    assert.equal(readPublished(object), undefined);
  });
});

describe("a slug", () => {
  it("keeps what can be a name", () => {
    for (const text of ["a", "base", "1.2.3", "1.2.3-rc.1", "team-base-2"]) {
      assert.equal(slug(text), text);
    }
  });

  it("tells texts apart that would be one name", () => {
    const all = [
      "Base",
      "base!",
      "BASE",
      "ba se",
      "1.0.0+build",
      "1.0.0+other",
      "-",
      "ä",
      "x".repeat(80),
    ].map((text) => slug(text));
    assert.equal(new Set(all).size, all.length);
    for (const each of all) {
      assert.match(each, /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
      assert.ok(each.length <= 63);
    }
  });
});
