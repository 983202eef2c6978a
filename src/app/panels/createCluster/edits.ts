import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { RequestEdit } from "../../../cluster/index.ts";
import type { ClusterRequest, MachinePool, ProfileRef } from "../../../cluster/model.ts";
import type { Profile } from "../../../profile/model.ts";
import type { FieldPath } from "../../../shared/form.ts";
import { schemaOf } from "./fields.ts";
import type { Room } from "./model.ts";
import { numberOr, pairsOf, readValue, taintsOf } from "./values.ts";

const POOLS = ["spec", "machinePools"] as const;
const VARIABLES = ["spec", "profiles", 0, "variables"] as const;
const PACK_VALUES = ["spec", "profiles", 0, "packValues"] as const;
const TEXT = { type: "string" } as const;

/** What the request is to hold once a field of it holds `value`; nothing for a path that is no field. */
export function editsFor(
  path: FieldPath,
  value: string | boolean,
  request: ClusterRequest,
  cloud: Cloud | undefined,
  room: Room,
): RequestEdit[] {
  const text = String(value);
  const [top, second, third] = path;
  if (top === "metadata" && path.length === 2) {
    switch (second) {
      case "name":
        return renameEdits(text.trim(), request, room);
      case "namespace":
        return [{ path, value: text.trim() }];
      case "labels":
        return [{ path, value: pairsOf(text, TEXT) }];
    }
  }
  if (top !== "spec") {
    return [];
  }
  if (second === "cloudAccount" && path.length === 2) {
    return [{ path, value: text.trim() === "" ? undefined : text.trim() }];
  }
  if (second === "cloudConfig") {
    const schema = schemaOf(cloud?.fields.cluster, path.slice(2));
    return schema === undefined ? [] : [{ path, value: readValue(value, schema) }];
  }
  if (second === "machinePools" && typeof third === "number" && request.machinePools[third] !== undefined) {
    return poolEdits(path, value, cloud);
  }
  return [];
}

function poolEdits(path: FieldPath, value: string | boolean, cloud: Cloud | undefined): RequestEdit[] {
  const text = String(value).trim();
  const field = path.slice(4).join(".");
  if (path[3] === "cloudConfig") {
    const schema = schemaOf(cloud?.fields.pool, path.slice(4));
    return schema === undefined ? [] : [{ path, value: readValue(value, schema) }];
  }
  if (path[3] !== "poolConfig") {
    return [];
  }
  switch (field) {
    case "name":
      return [{ path, value: text }];
    case "size":
    case "minSize":
    case "maxSize":
      return [{ path, value: text === "" ? undefined : numberOr(text) }];
    case "additionalLabels":
      return [{ path, value: pairsOf(text, TEXT) }];
    case "taints":
      return [{ path, value: taintsOf(text) }];
    case "updateStrategy.type":
      return text === ""
        ? [{ path: path.slice(0, -1), value: undefined }]
        : [{ path: path.slice(0, -1), value: { type: text } }];
    case "updateStrategy.maxSurge":
    case "updateStrategy.maxUnavailable":
      return [{ path, value: text === "" ? undefined : text }];
    case "machinePoolProperties.archType":
      return [{ path, value: text === "" ? undefined : text }];
    case "useControlPlaneAsWorker":
      return [{ path, value: value === true ? true : undefined }];
    default:
      return [];
  }
}

/** A new name goes along with the Secret that is named after the cluster. */
function renameEdits(name: string, request: ClusterRequest, room: Room): RequestEdit[] {
  const references = (request.profiles[0]?.variables ?? []).flatMap((variable, index): RequestEdit[] =>
    "valueFrom" in variable &&
    "secretKeyRef" in variable.valueFrom &&
    variable.valueFrom.secretKeyRef.name === room.variablesSecretName(request.name)
      ? [
          {
            path: [...VARIABLES, index, "valueFrom", "secretKeyRef", "name"],
            value: room.variablesSecretName(name),
          },
        ]
      : [],
  );
  return [{ path: ["metadata", "name"], value: name }, ...references];
}

/** The value of a variable; a masked one becomes a reference to the cluster's own Secret. */
export function variableEdits(
  name: string,
  value: string | boolean,
  request: ClusterRequest,
  profile: Profile,
  room: Room,
): RequestEdit[] {
  const variable = profile.variables.find((each) => each.name === name);
  if (variable === undefined || variable.immutable) {
    return [];
  }
  const given = request.profiles[0]?.variables ?? [];
  const index = given.findIndex((each) => each.name === name);
  const path = [...VARIABLES, index < 0 ? given.length : index];
  const text = String(value);
  const isDefault =
    text === "" || (typeof value === "boolean" && text === (variable.defaultValue ?? "false"));
  if (isDefault) {
    return index < 0 ? [] : [{ path, value: undefined }];
  }
  return [
    {
      path,
      value: variable.isSensitive
        ? { name, valueFrom: { secretKeyRef: { name: room.variablesSecretName(request.name), key: name } } }
        : { name, value: text },
    },
  ];
}

/** The values of a layer for this cluster; `undefined` takes those of the profile again. */
export function layerEdits(name: string, values: string | undefined, request: ClusterRequest): RequestEdit[] {
  const given = request.profiles[0]?.packValues ?? [];
  const index = given.findIndex((each) => each.name === name);
  if (values === undefined) {
    return index < 0 ? [] : [{ path: [...PACK_VALUES, index], value: undefined }];
  }
  return [{ path: [...PACK_VALUES, index < 0 ? given.length : index], value: { name, values } }];
}

/** One more pool, as small as it can be. */
export function addPoolEdits(request: ClusterRequest, room: Room, cloud: Cloud | undefined): RequestEdit[] {
  const lacksControlPlane =
    cloud !== undefined &&
    room.hasControlPlanePool(cloud) &&
    !request.machinePools.some(({ isControlPlane }) => isControlPlane);
  const poolConfig = lacksControlPlane
    ? { name: freePoolName("control-plane", request.machinePools), isControlPlane: true, size: 1 }
    : { name: freePoolName("workers", request.machinePools), size: 1 };
  return [{ path: [...POOLS, request.machinePools.length], value: { poolConfig } }];
}

/** The same pool again under a free name, at the end. */
export function clonePoolEdits(request: ClusterRequest, index: number): RequestEdit[] {
  const pool = request.machinePools[index];
  if (pool === undefined || pool.isControlPlane) {
    return [];
  }
  const { name, size, autoscaling, additionalLabels, taints, updateStrategy, architecture, cloudConfig } =
    pool;
  const poolConfig = {
    name: freePoolName(name, request.machinePools),
    size: Number.isNaN(size) ? 1 : size,
    ...autoscaling,
    ...(Object.keys(additionalLabels).length > 0 ? { additionalLabels } : {}),
    ...(taints.length > 0 ? { taints } : {}),
    ...(updateStrategy === undefined ? {} : { updateStrategy }),
    ...(architecture === "amd64" ? {} : { machinePoolProperties: { archType: architecture } }),
  };
  return [
    {
      path: [...POOLS, request.machinePools.length],
      value: { poolConfig, ...(Object.keys(cloudConfig).length > 0 ? { cloudConfig } : {}) },
    },
  ];
}

/** One more of a list of objects, with nothing in it yet. */
export function addItemEdits(path: FieldPath, request: ClusterRequest): RequestEdit[] {
  const list = valueAt(request, path);
  return [{ path: [...path, Array.isArray(list) ? list.length : 0], value: {} }];
}

/** Another profile: values of variables and layers stay where it has them too. */
export function profileEdits(
  reference: ProfileRef,
  profile: Profile,
  request: ClusterRequest,
): RequestEdit[] {
  const [old] = request.profiles;
  const variables = (old?.variables ?? []).filter(({ name }) =>
    profile.variables.some((each) => each.name === name && !each.immutable),
  );
  const packValues = (old?.packValues ?? []).filter(({ name }) =>
    profile.layers.some((layer) => layer.name === name),
  );
  return [
    {
      path: ["spec", "profiles", 0],
      value: {
        ...reference,
        ...(variables.length > 0 ? { variables } : {}),
        ...(packValues.length > 0 ? { packValues } : {}),
      },
    },
  ];
}

/** What was filled in for a cloud, kept while another one is looked at. */
export interface CloudFilling {
  readonly cloudAccount: string | undefined;
  readonly cloudConfig: ClusterRequest["cloudConfig"];
  readonly pools: ReadonlyMap<string, MachinePool["cloudConfig"]>;
}

export function fillingOf({ cloudAccount, cloudConfig, machinePools }: ClusterRequest): CloudFilling {
  return {
    cloudAccount,
    cloudConfig,
    pools: new Map(machinePools.map((pool) => [pool.name, pool.cloudConfig])),
  };
}

/** Another cloud: its fields are others, so they begin empty, or as they were left before. */
export function cloudEdits(
  cloud: Cloud,
  request: ClusterRequest,
  room: Room,
  before: CloudFilling | undefined,
): RequestEdit[] {
  const orNothing = (config: object | undefined) =>
    config === undefined || Object.keys(config).length === 0 ? undefined : config;
  const wantsControlPlane = room.hasControlPlanePool(cloud);
  const hasOne = request.machinePools.some(({ isControlPlane }) => isControlPlane);
  const indexes = request.machinePools.map((_, index) => index).reverse();
  const gone = new Set(
    cloud.distributions.length === 0
      ? indexes
      : wantsControlPlane
        ? []
        : indexes.filter((index) => request.machinePools[index]?.isControlPlane),
  );
  const isBare = request.machinePools.length === 0 && cloud.distributions.length > 0;
  const fresh = isBare
    ? room.newRequest({ name: "new", namespace: "default", cloudType: cloud.id, profile: { file: "" } })
        .machinePools
    : wantsControlPlane && !hasOne
      ? [room.newPool("control-plane", true, 1)]
      : [];
  return [
    { path: ["spec", "cloudType"], value: cloud.id },
    { path: ["spec", "cloudAccount"], value: before?.cloudAccount },
    { path: ["spec", "cloudConfig"], value: orNothing(before?.cloudConfig) },
    ...indexes.map((index): RequestEdit => {
      const path = [...POOLS, index];
      return gone.has(index)
        ? { path, value: undefined }
        : {
            path: [...path, "cloudConfig"],
            value: orNothing(before?.pools.get(request.machinePools[index]?.name ?? "")),
          };
    }),
    ...fresh.map(
      ({ name, isControlPlane, size }, index): RequestEdit => ({
        path: [...POOLS, request.machinePools.length - gone.size + index],
        value: { poolConfig: { name, ...(isControlPlane ? { isControlPlane } : {}), size } },
      }),
    ),
  ];
}

function freePoolName(wanted: string, pools: readonly MachinePool[]): string {
  const taken = new Set(pools.map(({ name }) => name));
  const stem = wanted.replace(/-\d+$/, "") || "workers";
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(name)) {
      return name;
    }
  }
}

/** What stands at a path of the document, read from the request. */
function valueAt(request: ClusterRequest, path: FieldPath): unknown {
  const [, second, index, part] = path;
  const pool =
    second === "machinePools" && typeof index === "number" ? request.machinePools[index] : undefined;
  const [start, rest]: [unknown, FieldPath] =
    pool !== undefined && part === "cloudConfig"
      ? [pool.cloudConfig, path.slice(4)]
      : [request.cloudConfig, path.slice(2)];
  return rest.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined,
    start,
  );
}
