import { resolve, type YamlNode } from "../profile/syntax/nodes.ts";
import { parseYaml } from "../profile/syntax/parse.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import { checkRequest } from "./check.ts";
import type { Cloud } from "./clouds/cloud.ts";
import { cloudOf } from "./clouds/index.ts";
import { configIn } from "./config.ts";
import { ARCHITECTURES } from "./fields.ts";
import {
  type ClusterRequest,
  type MachinePool,
  type PackValues,
  type ProfileRef,
  TAINT_EFFECTS,
  type Taint,
  UPDATE_STRATEGIES,
  type UpdateStrategy,
  type VariableValue,
} from "./model.ts";
import {
  type Field,
  type Fields,
  fieldsOf,
  type PoolView,
  type ProfileView,
  type RequestView,
  textsOf,
  viewOf,
} from "./view.ts";

const DEFAULT_NAMESPACE = "default";

/** A parsed `*.cluster.yaml`. Everything else is derived from it. */
export interface RequestDocument {
  readonly text: string;
  readonly root: YamlNode | undefined;
  /** What hinders reading: code `YAML`, or `SHAPE` where the text holds no map. */
  readonly syntax: readonly Diagnostic[];
  /** Absent where the text holds no map. */
  readonly view: RequestView | undefined;
}

/** Parses a cluster request, YAML or JSON. Never throws. */
export function parseRequest(text: string): RequestDocument {
  const [first, next] = parseYaml(text);
  const root = first?.root;
  const top = resolve(root);
  const syntax: Diagnostic[] = [...(first?.problems ?? [])];
  if (syntax.length === 0 && top?.kind !== "map") {
    syntax.push({
      code: "SHAPE",
      severity: "error",
      message: "This cluster request is empty. It needs apiVersion, kind, metadata and spec.",
      span: top?.span ?? { start: 0, end: 0 },
    });
  }
  if (next !== undefined) {
    syntax.push({
      code: "YAML",
      severity: "warning",
      message: "A cluster request file holds one document. What follows is not read.",
      span: next.root?.span ?? { start: text.length, end: text.length },
    });
  }
  return { text, root, syntax, view: top?.kind === "map" ? viewOf(text, top) : undefined };
}

/** The request, if nothing about it is an error. */
export function requestOf(document: RequestDocument): ClusterRequest | undefined {
  const { view } = document;
  if (view === undefined || checkRequest(document).some(({ severity }) => severity === "error")) {
    return undefined;
  }
  return readRequest(view);
}

/** The request as far as it is written; what is absent or of the wrong kind has its default. Nothing is judged. */
export function readRequest(view: RequestView): ClusterRequest {
  const cloud = cloudOf(view.cloudType?.text ?? "");
  const account = view.cloudAccount?.text ?? "";
  return {
    name: view.name?.text ?? "",
    namespace: view.namespace?.text || DEFAULT_NAMESPACE,
    labels: textsOf(view.labels),
    annotations: textsOf(view.annotations),
    cloudType: view.cloudType?.text ?? "",
    ...(account === "" ? {} : { cloudAccount: account }),
    cloudConfig: configIn(view.cloudConfig?.value, cloud?.fields.cluster),
    profiles: view.profiles.map(profileRef),
    machinePools: view.pools.map((pool) => machinePool(pool, cloud)),
  };
}

function profileRef({ file, name, version, variables, packValues }: ProfileView): ProfileRef {
  const source =
    file === undefined ? { name: name?.text ?? "", version: version?.text ?? "" } : { file: file.text };
  return {
    ...source,
    ...(variables.length === 0 ? {} : { variables: variables.map(variableValue) }),
    ...(packValues.length === 0 ? {} : { packValues: packValues.map(layerValues) }),
  };
}

function variableValue(fields: Fields): VariableValue {
  const name = fields.get("name")?.text ?? "";
  const source = fieldsOf(fields.get("valueFrom")?.value);
  const key = fieldsOf(source.get("secretKeyRef")?.value);
  if (key.size > 0) {
    const secretKeyRef = { name: key.get("name")?.text ?? "", key: key.get("key")?.text ?? "" };
    return { name, valueFrom: { secretKeyRef } };
  }
  const env = source.get("env");
  return env === undefined
    ? { name, value: fields.get("value")?.text ?? "" }
    : { name, valueFrom: { env: env.text } };
}

function layerValues(fields: Fields): PackValues {
  return { name: fields.get("name")?.text ?? "", values: fields.get("values")?.text ?? "" };
}

function machinePool(pool: PoolView, cloud: Cloud | undefined): MachinePool {
  const count = (field: Field | undefined): number => Number(field?.text);
  const strategy = updateStrategy(pool.updateStrategy);
  const architecture = fieldsOf(pool.machinePoolProperties?.value).get("archType")?.text;
  return {
    name: pool.name?.text ?? "",
    isControlPlane: pool.isControlPlane?.text === "true",
    size: count(pool.size),
    ...(pool.minSize === undefined && pool.maxSize === undefined
      ? {}
      : { autoscaling: { minSize: count(pool.minSize), maxSize: count(pool.maxSize) } }),
    additionalLabels: textsOf(pool.additionalLabels),
    taints: pool.taints.map(taint),
    ...(strategy === undefined ? {} : { updateStrategy: strategy }),
    useControlPlaneAsWorker: pool.useControlPlaneAsWorker?.text === "true",
    architecture: ARCHITECTURES.find((each) => each === architecture) ?? "amd64",
    cloudConfig: configIn(pool.cloudConfig?.value, cloud?.fields.pool),
  };
}

function taint(fields: Fields): Taint {
  const effect = fields.get("effect")?.text;
  return {
    key: fields.get("key")?.text ?? "",
    value: fields.get("value")?.text ?? "",
    effect: TAINT_EFFECTS.find((each) => each === effect) ?? "NoSchedule",
  };
}

function updateStrategy(field: Field | undefined): UpdateStrategy | undefined {
  const fields = fieldsOf(field?.value);
  if (fields.size === 0) {
    return undefined;
  }
  const type = fields.get("type")?.text;
  const maxSurge = fields.get("maxSurge")?.text;
  const maxUnavailable = fields.get("maxUnavailable")?.text;
  return {
    type: UPDATE_STRATEGIES.find((each) => each === type) ?? UPDATE_STRATEGIES[0],
    ...(maxSurge === undefined ? {} : { maxSurge }),
    ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
  };
}
