import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Cloud } from "../../../../src/cluster/clouds/cloud.ts";
import type { FieldSchema } from "../../../../src/cluster/clouds/fields.ts";
import {
  CLOUDS,
  checkAgainstProfile,
  checkRequest,
  firewallOf,
  formatObjects,
  parseRequest,
  renderCluster,
  requestOf,
} from "../../../../src/cluster/index.ts";
import type { CloudConfig, ClusterRequest } from "../../../../src/cluster/model.ts";
import { checkProfile, parseProfile, profileOf } from "../../../../src/profile/index.ts";
import type { Profile } from "../../../../src/profile/model.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";

const ROOT = join(import.meta.dirname, "../../../../src/cluster/clouds");
/** Kinds of Cluster API itself, its bootstrap and control plane providers; everything else is the cloud's. */
const CORE = /^(?:cluster|bootstrap\.cluster|controlplane\.cluster)\.x-k8s\.io\/v1beta2$/;

function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** One example of a cloud's folder: its request and the objects that it becomes. */
function example(
  folder: string,
  name: string,
): { request: ClusterRequest; profile: Profile; objects: KubeObject[] } {
  const document = parseRequest(read(join(folder, `${name}.cluster.yaml`)));
  assert.deepEqual(checkRequest(document), []);
  const request = requestOf(document);
  assert.ok(request !== undefined);
  const [ref] = request.profiles;
  assert.ok(ref !== undefined && "file" in ref, "examples name their profile by file");
  const text = read(join(folder, ref.file));
  const parsed = parseProfile(text);
  assert.deepEqual(
    checkProfile(parsed).filter(({ severity }) => severity === "error"),
    [],
  );
  const profile = profileOf(parsed);
  assert.ok(profile !== undefined);
  assert.deepEqual(checkAgainstProfile(request, profile), []);
  return { request, profile, objects: renderCluster(request, profile, text) };
}

/** The paths of all leaves that a schema has, and that a config writes. */
function leaves(schema: FieldSchema, prefix = ""): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = field.type === "array" ? field.items : field;
    return inner?.properties === undefined ? [`${prefix}${name}`] : leaves(inner, `${prefix}${name}.`);
  });
}

function written(config: unknown, prefix = ""): string[] {
  if (Array.isArray(config)) {
    return config.flatMap((item) => written(item, prefix));
  }
  return Object.entries(config as CloudConfig).flatMap(([name, value]) => [
    `${prefix}${name}`,
    ...(typeof value === "object" && value !== null ? written(value, `${prefix}${name}.`) : []),
  ]);
}

for (const cloud of CLOUDS) {
  const folder = join(ROOT, cloud.id, "examples");
  const names = existsSync(folder)
    ? readdirSync(folder).flatMap((file) => /^(.*)\.cluster\.yaml$/.exec(file)?.[1] ?? [])
    : [];
  describe(`on ${cloud.title}`, () => {
    it("there is a smallest and a fullest example", () => {
      assert.ok(names.includes("smallest"));
      assert.ok(names.includes("fullest"));
    });

    for (const name of names) {
      it(`the ${name} request becomes these objects`, () => {
        const { objects } = example(folder, name);
        const golden = join(folder, `${name}.objects.yaml`);
        const text = formatObjects(objects);
        if (process.env.UPDATE_GOLDEN !== undefined) {
          writeFileSync(golden, text);
        }
        assert.equal(text, read(golden));
      });

      it(`the ${name} request is said to open machines for the network layer where its objects do`, () => {
        const { request, profile, objects } = example(folder, name);
        const text = firewallOf(request, profile) ?? "";
        const written = JSON.stringify(objects);
        const opens = /"(?:Cilium|Calico|Flannel) \w+"|"Pod network"|"allowAllInClusterTraffic":true/;
        assert.equal(text !== "", opens.test(written), text);
        for (const [port] of text.matchAll(/\d+/g)) {
          assert.match(written, new RegExp(`:${port}\\b`), text);
        }
      });

      it(`the ${name} request needs no kinds but those that the environment check asks for`, () => {
        if (cloud.id === "custom") {
          return; // Its kinds are the template's.
        }
        const kinds = cloud.provider.kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
        const others = example(folder, name)
          .objects.filter(({ apiVersion }) => !CORE.test(apiVersion) && apiVersion !== "v1")
          .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)
          .filter((each) => !kinds.includes(each));
        assert.deepEqual(others, []);
      });
    }

    if (hasFields(cloud)) {
      it("the examples write every field, the fullest all that go together", () => {
        const requests = names.map((name) => example(folder, name).request);
        const all = new Set([
          ...requests.flatMap(({ cloudConfig }) => written(cloudConfig)).map((path) => `cluster ${path}`),
          ...requests
            .flatMap(({ machinePools }) => machinePools.flatMap((pool) => written(pool.cloudConfig)))
            .map((path) => `pool ${path}`),
        ]);
        const wanted = [
          ...leaves(cloud.fields.cluster).map((path) => `cluster ${path}`),
          ...leaves(cloud.fields.pool).map((path) => `pool ${path}`),
        ];
        assert.deepEqual(
          wanted.filter((path) => !all.has(path)),
          [],
        );
      });
    }
  });
}

function hasFields({ fields }: Cloud): boolean {
  return leaves(fields.cluster).length + leaves(fields.pool).length > 0;
}
