import type { KubeObject } from "../shared/kubernetes.ts";
import { isMap, mapOf } from "../shared/records.ts";
import {
  type ClusterGroup,
  DEFAULT_ENDPOINT,
  DEFAULT_LIMITS,
  DEFAULT_OVERSUBSCRIPTION,
  ENDPOINT_TYPES,
  type VirtualResources,
} from "./model.ts";
import { GROUP_LABEL, groupObjectName } from "./names.ts";

const KEY = "group.json";
const VALUES = "values.yaml";

/** A group as it is kept on the management cluster: a labeled ConfigMap. */
export function groupObject({ name, namespace, values, ...settings }: ClusterGroup): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: groupObjectName(name), namespace, labels: { [GROUP_LABEL]: name } },
    data: {
      [KEY]: `${JSON.stringify(settings, undefined, 2)}\n`,
      ...(values === undefined ? {} : { [VALUES]: values }),
    },
  };
}

/** Reads a group, defaults where it says nothing; `undefined` for any other object. */
export function readGroup({ metadata, data }: KubeObject): ClusterGroup | undefined {
  const name = metadata.labels?.[GROUP_LABEL];
  if (name === undefined) {
    return undefined;
  }
  const { [KEY]: json, [VALUES]: values } = mapOf(data);
  const settings = parse(json);
  return {
    name,
    namespace: metadata.namespace ?? "default",
    hostLabels: Object.fromEntries(
      Object.entries(mapOf(settings.hostLabels)).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    ),
    limits: limitsOf(settings.limits),
    overSubscription:
      typeof settings.overSubscription === "number" ? settings.overSubscription : DEFAULT_OVERSUBSCRIPTION,
    endpointType: ENDPOINT_TYPES.find((each) => each === settings.endpointType) ?? DEFAULT_ENDPOINT,
    ...(typeof values === "string" ? { values } : {}),
  };
}

function parse(json: unknown): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = typeof json === "string" ? JSON.parse(json) : undefined;
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

function limitsOf(value: unknown): VirtualResources {
  const given = mapOf(value);
  const number = (key: keyof VirtualResources): number =>
    typeof given[key] === "number" ? given[key] : DEFAULT_LIMITS[key];
  return { cpu: number("cpu"), memoryMiB: number("memoryMiB"), storageGiB: number("storageGiB") };
}
