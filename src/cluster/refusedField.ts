import type { KubeObject } from "../shared/kubernetes.ts";
import type { Cloud } from "./clouds/cloud.ts";
import type { FieldSchema } from "./clouds/fields.ts";
import { POOL_LABEL } from "./machines/objects.ts";
import type { ClusterRequest } from "./model.ts";

/** What a form field is written to: its place in the request, its place in objects of a kind. */
interface Target {
  readonly kind: string;
  /** Steps in the object; `*` is any index. */
  readonly object: readonly string[];
  /** Steps from `cloudConfig`; `*` is an index. */
  readonly field: readonly string[];
  readonly ofPool: boolean;
}

/**
 * Where in the request a field of an object comes from, from the root: by the `x-path` of the cloud's fields, else by
 * what is known of Cluster API's own kinds. Nothing where no field of the request leads there.
 */
export function fieldOf(
  field: string,
  object: KubeObject,
  request: ClusterRequest,
  cloud: Cloud,
): readonly (string | number)[] | undefined {
  const steps = stepsOf(field);
  const pool = poolOf(object, request) ?? poolInTopology(steps, request);
  const fitting = targetsOf(cloud)
    .filter(({ kind, ofPool }) => kind === object.kind && (!ofPool || pool !== undefined))
    .flatMap((target) => {
      const found = closeness(target.object, steps);
      return found === undefined ? [] : [{ target, ...found }];
    });
  const most = Math.max(...fitting.map(({ score }) => score));
  const paths = fitting
    .filter(({ score }) => score === most)
    .map(({ target, indexes }) => {
      const root = target.ofPool ? ["machinePools", pool ?? 0, "cloudConfig"] : ["cloudConfig"];
      return ["spec", ...root, ...withIndexes(target.field, indexes)];
    });
  // Several fields can go to one place, for example one of the pool and one for all pools: what is written is meant.
  const path = paths.find((each) => isWritten(request, each.slice(1))) ?? paths[0];
  if (path !== undefined) {
    return path;
  }
  return ofClusterApi(steps.join("."), object, pool, request);
}

/**
 * How well a field's place fits a refused one: the same, above it (the field is the whole list or map), or below it
 * (what is refused holds the field). Nothing where they part. An index that the field's place does not have is read
 * over: each pool is an item of a list then. Gives the indexes of the place too.
 */
function closeness(
  target: readonly string[],
  steps: readonly string[],
): { readonly score: number; readonly indexes: readonly number[] } | undefined {
  const indexes: number[] = [];
  let at = 0;
  for (const step of steps) {
    const wanted = target[at];
    if (wanted === undefined) {
      break;
    }
    if (wanted === "*" && isIndex(step)) {
      indexes.push(Number(step));
      at++;
    } else if (wanted === step) {
      at++;
    } else if (!isIndex(step)) {
      return undefined;
    }
  }
  if (at === target.length) {
    return { score: 1_000 + at, indexes };
  }
  // Only what is close: not the first field of all for a refusal of the whole spec.
  return at >= 2 ? { score: 100 + at - target.length, indexes } : undefined;
}

/** What Cluster API's own kinds take from the request and its profile (src/cluster/machines). */
function ofClusterApi(
  field: string,
  { kind }: KubeObject,
  pool: number | undefined,
  request: ClusterRequest,
): readonly (string | number)[] | undefined {
  if (field === "metadata.namespace") {
    return ["metadata", "namespace"];
  }
  const ofPool = (...steps: string[]): readonly (string | number)[] | undefined =>
    pool === undefined ? undefined : ["spec", "machinePools", pool, "poolConfig", ...steps];
  if (field === "metadata.name") {
    return ofPool("name") ?? ["metadata", "name"];
  }
  if (/^metadata\.labels\b/.test(field)) {
    return ["metadata", "labels"];
  }
  if (/^metadata\.annotations\b/.test(field)) {
    return (
      ofPool(request.machinePools[pool ?? 0]?.autoscaling === undefined ? "name" : "minSize") ?? [
        "metadata",
        "annotations",
      ]
    );
  }
  if (/^spec\.replicas$/.test(field)) {
    return ofPool("size") ?? controlPlaneSize(request);
  }
  if (/^spec\.rollout\b/.test(field)) {
    return ofPool("updateStrategy");
  }
  if (/\bnodeRegistration\.taints\b|\bnodeTaints\b/i.test(field)) {
    return ofPool("taints");
  }
  if (/\bnodeRegistration\.kubeletExtraArgs\b|\bnodeLabels\b/i.test(field)) {
    return ofPool("additionalLabels");
  }
  // Version, address ranges and kubeadm's settings are those of the profile.
  const fromProfile =
    kind === "ConfigMap" ||
    /^spec\.(?:version|clusterNetwork|kubeadmConfigSpec|agentConfig|serverConfig|template\.spec\.version)\b/.test(
      field,
    );
  return fromProfile ? ["spec", "profiles", 0] : undefined;
}

function controlPlaneSize({ machinePools }: ClusterRequest): readonly (string | number)[] | undefined {
  const index = machinePools.findIndex(({ isControlPlane }) => isControlPlane);
  return index < 0 ? undefined : ["spec", "machinePools", index, "poolConfig", "size"];
}

/** The name that an object got its own from. */
export function nameOf(object: KubeObject, request: ClusterRequest): readonly (string | number)[] {
  const pool = poolOf(object, request);
  if (object.kind === "ConfigMap") {
    return ["spec", "profiles", 0];
  }
  return pool === undefined ? ["metadata", "name"] : ["spec", "machinePools", pool, "poolConfig", "name"];
}

/** The pool that a part of a Cluster with a topology is about: its workers are the worker pools in their order. */
function poolInTopology(steps: readonly string[], { machinePools }: ClusterRequest): number | undefined {
  const index = steps[steps.indexOf("machineDeployments") + 1];
  const workers = machinePools.flatMap(({ isControlPlane }, i) => (isControlPlane ? [] : [i]));
  return steps[1] !== "topology" || index === undefined || !isIndex(index)
    ? undefined
    : workers[Number(index)];
}

/** Index of the pool that an object was made for. */
function poolOf(
  { kind, metadata: { labels } }: KubeObject,
  { machinePools }: ClusterRequest,
): number | undefined {
  const name = labels?.[POOL_LABEL];
  const index = machinePools.findIndex((pool) =>
    name === undefined ? pool.isControlPlane && /ControlPlane$/.test(kind) : pool.name === name,
  );
  return index < 0 ? undefined : index;
}

const known = new WeakMap<Cloud, readonly Target[]>();

function targetsOf(cloud: Cloud): readonly Target[] {
  const found = known.get(cloud) ?? [
    ...collect(cloud.fields.cluster, [], false),
    ...collect(cloud.fields.pool, [], true),
  ];
  known.set(cloud, found);
  return found;
}

function collect(schema: FieldSchema, field: readonly string[], ofPool: boolean): Target[] {
  const paths = schema["x-path"] ?? [];
  const own = (typeof paths === "string" ? [paths] : paths).map((path): Target => {
    const colon = path.indexOf(":");
    return { kind: path.slice(0, colon), object: stepsOf(path.slice(colon + 1)), field, ofPool };
  });
  return [
    ...own,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      collect(each, [...field, name], ofPool),
    ),
    ...(schema.items === undefined ? [] : collect(schema.items, [...field, "*"], ofPool)),
  ];
}

/** `spec.subnets[0].id`, `spec.subnets[].id` and `spec.labels[a.b/c]` in steps; `[]` is any index. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inside, name]) =>
    name === undefined ? (inside === "" ? "*" : (inside ?? "").replace(/^"|"$/g, "")) : name,
  );
}

/**
 * A field's steps with its indexes in their places. A list whose items become objects of their own has no index in
 * them: the path ends at it.
 */
function withIndexes(field: readonly string[], indexes: readonly number[]): (string | number)[] {
  const unknown = field.filter((step) => step === "*").length - indexes.length;
  const known = unknown > 0 ? field.slice(0, field.indexOf("*")) : field;
  const left = [...indexes];
  return known.map((step) => (step === "*" ? (left.shift() ?? 0) : step));
}

function isWritten(request: ClusterRequest, path: readonly (string | number)[]): boolean {
  let at: unknown = request;
  for (const step of path) {
    at = typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return at !== undefined;
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}
