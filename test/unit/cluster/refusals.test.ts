import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CLOUDS } from "../../../src/cluster/clouds/all.ts";
import type { Cloud } from "../../../src/cluster/clouds/cloud.ts";
import type { FieldSchema } from "../../../src/cluster/clouds/fields.ts";
import type { ClusterRequest, MachinePool } from "../../../src/cluster/model.ts";
import { explainRefusal, type RefusedObject } from "../../../src/cluster/refusals.ts";
import type { ErrorCode } from "../../../src/shared/errors.ts";

const leaf = (path: string): FieldSchema => ({ type: "string", "x-path": path });
const CLOUD: Cloud = {
  id: "skies",
  title: "Skies",
  fields: {
    cluster: {
      type: "object",
      properties: {
        region: leaf("SkyCluster:spec.region"),
        vpcId: leaf("SkyCluster:spec.network.vpc.id"),
        subnets: {
          type: "array",
          items: { type: "object", properties: { id: leaf("SkyCluster:spec.network.subnets[].id") } },
        },
        tags: { type: "object", "x-path": "SkyCluster:spec.additionalTags" },
      },
    },
    pool: {
      type: "object",
      properties: {
        instanceType: leaf("SkyMachineTemplate:spec.template.spec.instanceType"),
        azs: { type: "array", items: leaf("MachineDeployment:spec.template.spec.failureDomain") },
      },
    },
  },
  provider: { name: "skies", title: "", version: "1.0.0", kinds: [] },
  identities: [],
  distributions: ["kubeadm"],
  notes: [],
  render: () => [],
};

const pool = (name: string, isControlPlane = false): MachinePool => ({
  name,
  isControlPlane,
  size: 1,
  additionalLabels: {},
  taints: [],
  useControlPlaneAsWorker: false,
  architecture: "amd64",
  cloudConfig: {},
});
const REQUEST: ClusterRequest = {
  name: "web",
  namespace: "team-a",
  labels: {},
  annotations: {},
  cloudType: "skies",
  cloudConfig: {},
  profiles: [{ name: "base", version: "1.0.0" }],
  machinePools: [pool("control-plane", true), pool("workers"), pool("gpu")],
};

interface Case {
  readonly kind: string;
  readonly pool?: string;
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly engine?: string;
  readonly causes?: RefusedObject["causes"];
  readonly next?: string;
}

function explain({
  kind,
  pool: name,
  code = "Refused",
  message = "mgmt refused",
  engine,
  causes,
  next,
}: Case) {
  return explainRefusal(
    {
      object: {
        apiVersion: "x/v1",
        kind,
        metadata: {
          name: "web-1",
          namespace: "team-a",
          labels: name === undefined ? {} : { "palette-onboarding/pool": name },
        },
      },
      error: { code, message, engine, next },
      ...(causes === undefined ? {} : { causes }),
    },
    REQUEST,
    CLOUD,
    "mgmt",
  );
}

describe("an explained refusal", () => {
  const fields: readonly (readonly [string, Case, readonly (readonly (string | number)[])[]])[] = [
    [
      "a field of the cluster",
      { kind: "SkyCluster", causes: [{ field: "spec.region", message: "no" }] },
      [["spec", "cloudConfig", "region"]],
    ],
    [
      "several fields, each once",
      {
        kind: "SkyCluster",
        causes: [
          { field: "spec.region", message: "no" },
          { field: "spec.network.vpc.id", message: "no" },
          { field: "spec.region", message: "no" },
        ],
      },
      [
        ["spec", "cloudConfig", "region"],
        ["spec", "cloudConfig", "vpcId"],
      ],
    ],
    [
      "an item of a list",
      { kind: "SkyCluster", causes: [{ field: "spec.network.subnets[2].id" }] },
      [["spec", "cloudConfig", "subnets", 2, "id"]],
    ],
    [
      "an entry of a map, at the map",
      { kind: "SkyCluster", causes: [{ field: "spec.additionalTags[a.b/c]" }] },
      [["spec", "cloudConfig", "tags"]],
    ],
    [
      "what holds a field",
      { kind: "SkyCluster", causes: [{ field: "spec.network.vpc" }] },
      [["spec", "cloudConfig", "vpcId"]],
    ],
    [
      "a field of the second pool",
      { kind: "SkyMachineTemplate", pool: "gpu", causes: [{ field: "spec.template.spec.instanceType" }] },
      [["spec", "machinePools", 2, "cloudConfig", "instanceType"]],
    ],
    [
      "a zone, at the list of zones, since each is an object of its own",
      { kind: "MachineDeployment", pool: "workers", causes: [{ field: "spec.template.spec.failureDomain" }] },
      [["spec", "machinePools", 1, "cloudConfig", "azs"]],
    ],
    [
      "a webhook's words",
      {
        kind: "SkyCluster",
        engine:
          'admission webhook "validation.skycluster.example.com" denied the request: SkyCluster.infrastructure.cluster.x-k8s.io "web" is invalid: spec.region: Invalid value: "mars": no such region',
      },
      [["spec", "cloudConfig", "region"]],
    ],
    [
      "a webhook's list",
      {
        kind: "SkyCluster",
        engine:
          'SkyCluster "web" is invalid: [spec.region: Required value, spec.network.subnets[1].id: Invalid value: "a, b": must be one]',
      },
      [
        ["spec", "cloudConfig", "region"],
        ["spec", "cloudConfig", "subnets", 1, "id"],
      ],
    ],
    [
      "a field that the schema does not have",
      {
        kind: "SkyCluster",
        engine:
          "failed to create typed patch object (team-a/web; x/v1, Kind=SkyCluster): .spec.region: field not declared in schema",
      },
      [["spec", "cloudConfig", "region"]],
    ],
    [
      "replicas of a pool",
      { kind: "MachineDeployment", pool: "workers", causes: [{ field: "spec.replicas" }] },
      [["spec", "machinePools", 1, "poolConfig", "size"]],
    ],
    [
      "replicas of the control plane",
      { kind: "KubeadmControlPlane", causes: [{ field: "spec.replicas" }] },
      [["spec", "machinePools", 0, "poolConfig", "size"]],
    ],
    [
      "taints",
      {
        kind: "KubeadmConfigTemplate",
        pool: "gpu",
        causes: [{ field: "spec.template.spec.joinConfiguration.nodeRegistration.taints[0].key" }],
      },
      [["spec", "machinePools", 2, "poolConfig", "taints"]],
    ],
    [
      "the version, at the profile",
      { kind: "KubeadmControlPlane", causes: [{ field: "spec.version" }] },
      [["spec", "profiles", 0]],
    ],
    [
      "address ranges, at the profile",
      { kind: "Cluster", causes: [{ field: "spec.clusterNetwork.pods.cidrBlocks[0]" }] },
      [["spec", "profiles", 0]],
    ],
    [
      "a name that is taken",
      { kind: "Cluster", code: "AlreadyExists", message: "Cluster web exists in team-b" },
      [["metadata", "name"]],
    ],
    [
      "a name of a pool that is taken",
      { kind: "MachineDeployment", pool: "gpu", code: "AlreadyExists", message: "x" },
      [["spec", "machinePools", 2, "poolConfig", "name"]],
    ],
    [
      "a namespace that does not exist",
      { kind: "Cluster", code: "NotFound", message: "Namespace team-a does not exist on mgmt" },
      [["metadata", "namespace"]],
    ],
  ];
  for (const [title, refused, paths] of fields) {
    it(`leads to ${title}`, () => {
      const reasons = explain(refused);
      assert.deepEqual(
        reasons.map(({ path }) => path),
        paths,
      );
      assert.ok(reasons.every(({ beyond }) => beyond === undefined));
    });
  }

  it("leads to the field that is written, where several go to one place", () => {
    const cloud: Cloud = {
      ...CLOUD,
      fields: {
        cluster: {
          type: "object",
          properties: { image: leaf("SkyMachineTemplate:spec.template.spec.image") },
        },
        pool: {
          type: "object",
          properties: {
            imageFamily: leaf("SkyMachineTemplate:spec.template.spec.image"),
            imageName: leaf("SkyMachineTemplate:spec.template.spec.image"),
          },
        },
      },
    };
    const refused: RefusedObject = {
      object: {
        apiVersion: "x/v1",
        kind: "SkyMachineTemplate",
        metadata: { name: "web-gpu", labels: { "palette-onboarding/pool": "gpu" } },
      },
      error: { code: "Refused", message: "no", engine: undefined, next: undefined },
      causes: [{ field: "spec.template.spec.image" }],
    };
    const path = (request: ClusterRequest) => explainRefusal(refused, request, cloud, "mgmt")[0]?.path;
    const [control, workers] = REQUEST.machinePools;
    assert.ok(control && workers);
    const gpu: MachinePool = { ...workers, name: "gpu", cloudConfig: { imageName: "x" } };
    assert.deepEqual(path({ ...REQUEST, machinePools: [control, workers, gpu] }), [
      "spec",
      "machinePools",
      2,
      "cloudConfig",
      "imageName",
    ]);
    assert.deepEqual(path({ ...REQUEST, cloudConfig: { image: "x" } }), ["spec", "cloudConfig", "image"]);
  });

  it("leads to the pool of a topology that a refusal is about", () => {
    const cloud = CLOUDS.find(({ id }) => id === "cluster-class");
    assert.ok(cloud);
    const path = (field: string) =>
      explainRefusal(
        {
          object: { apiVersion: "x/v1", kind: "Cluster", metadata: { name: "web" } },
          error: { code: "Refused", message: "no", engine: undefined, next: undefined },
          causes: [{ field }],
        },
        REQUEST,
        cloud,
        "mgmt",
      )[0]?.path;
    assert.deepEqual(path("spec.topology.workers.machineDeployments[1].class"), [
      "spec",
      "machinePools",
      2,
      "cloudConfig",
      "class",
    ]);
    assert.deepEqual(path("spec.topology.variables[region].value"), ["spec", "cloudConfig", "variables"]);
    assert.deepEqual(path("spec.topology.classRef.name"), ["spec", "cloudConfig", "class"]);
  });

  it("keeps the server's words for each field", () => {
    const reasons = explain({
      kind: "SkyCluster",
      engine:
        'is invalid: [spec.region: Required value, spec.network.vpc.id: Invalid value: "a, b": must be one]',
    });
    assert.deepEqual(
      reasons.map(({ message }) => message),
      ["Required value", 'Invalid value: "a, b": must be one'],
    );
  });

  const beyond: readonly (readonly [Case, string, RegExp])[] = [
    [
      {
        kind: "SkyCluster",
        code: "Forbidden",
        message: "User ada may not create skyclusters",
        next: "Ask whoever runs mgmt for this permission.",
      },
      "permission",
      /^Ask whoever runs mgmt for this permission\.$/,
    ],
    [
      {
        kind: "Cluster",
        engine:
          'clusters "web" is forbidden: exceeded quota: team-clusters, requested: count/clusters=1, used: 3, limited: 3',
      },
      "quota",
      /ResourceQuota team-clusters/,
    ],
    [
      {
        kind: "SkyCluster",
        engine:
          "skyclusters \"web\" is forbidden: ValidatingAdmissionPolicy 'only-eu' with binding 'b' denied request: spec.region: not in Europe",
      },
      "policy",
      /about policy only-eu/,
    ],
    [
      {
        kind: "SkyCluster",
        engine:
          'admission webhook "validation.gatekeeper.sh" denied the request: [owners] label owner is missing',
      },
      "policy",
      /about webhook validation\.gatekeeper\.sh/,
    ],
    [
      {
        kind: "SkyCluster",
        engine: 'Internal error occurred: failed calling webhook "x": spec.region: connection refused',
      },
      "environment",
      /Check Environment/,
    ],
    [
      { kind: "SkyCluster", code: "Prerequisite", message: "mgmt has no kind SkyCluster" },
      "environment",
      /Check Environment/,
    ],
    [
      { kind: "SkyCluster", causes: [{ field: "spec.nobodyKnows", message: "no" }] },
      "unknown",
      /No field of the request/,
    ],
    [{ kind: "SkyCluster", engine: "the server is in a mood" }, "unknown", /^Ask whoever runs mgmt\.$/],
  ];
  for (const [refused, kind, next] of beyond) {
    it(`says that ${kind} is beyond any field: ${refused.engine ?? refused.message ?? refused.causes?.[0]?.field}`, () => {
      const [reason, ...others] = explain(refused);
      assert.equal(others.length, 0);
      assert.deepEqual([reason?.path, reason?.beyond], [undefined, kind]);
      assert.match(reason?.next ?? "", next);
    });
  }
});

describe("every field of every cloud", () => {
  for (const cloud of CLOUDS) {
    for (const part of ["cluster", "pool"] as const) {
      it(`of ${cloud.id}, ${part}, is found by the path that it is written to`, () => {
        const request = { ...REQUEST, cloudType: cloud.id };
        const all = [
          ...leaves(cloud.fields.cluster, ["spec", "cloudConfig"]),
          ...leaves(cloud.fields.pool, ["spec", "machinePools", "2", "cloudConfig"]),
        ];
        let count = 0;
        for (const [, xPath] of leaves(cloud.fields[part], [])) {
          const [kind = "", path = ""] = xPath.split(/:(.*)/s);
          const [reason] = explainRefusal(
            {
              object: {
                apiVersion: "x/v1",
                kind,
                metadata: { name: "web", labels: { "palette-onboarding/pool": "gpu" } },
              },
              error: { code: "Refused", message: "no", engine: undefined, next: undefined },
              causes: [{ field: path.replaceAll("[]", "[3]"), message: "no" }],
            },
            request,
            cloud,
            "mgmt",
          );
          const found = reason?.path?.join(".") ?? JSON.stringify(reason);
          // Where items of a list are objects of their own, the list is all that is known.
          const indexes = path.split("[]").length - 1;
          const wanted = all
            .filter(([, other]) => other === xPath)
            .map(([field]) =>
              field.split("*").length - 1 > indexes
                ? field.replace(/\.\*.*$/, "")
                : field.replaceAll("*", "3"),
            );
          assert.ok(wanted.includes(found), `${xPath} leads to ${found}, not to ${wanted.join(" or ")}`);
          count++;
        }
        // A template of the user's own is one text, whatever the server says of it.
        assert.ok(
          count > 0 || cloud.id === "custom" || Object.keys(cloud.fields[part].properties ?? {}).length === 0,
          "no field has an x-path",
        );
      });
    }
  }
});

function leaves(schema: FieldSchema, at: readonly string[]): [field: string, xPath: string][] {
  const paths = schema["x-path"] ?? [];
  return [
    ...(typeof paths === "string" ? [paths] : paths).map((path): [string, string] => [at.join("."), path]),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => leaves(each, [...at, name])),
    ...(schema.items === undefined ? [] : leaves(schema.items, [...at, "*"])),
  ];
}
