import { entriesOf, type MapNode, resolve, type ScalarNode, type YamlNode } from "../profile/syntax/nodes.ts";
import type { Span } from "../shared/diagnostic.ts";

/** A key that is written, and what stands there. */
export interface Field {
  readonly key: ScalarNode;
  readonly value: YamlNode | undefined;
  /** What is written there, an alias or a null itself. */
  readonly written: YamlNode | undefined;
  /** A scalar as text; empty where there is nothing or a collection. */
  readonly text: string;
  /** The place to mark: the value, or the key where there is none. */
  readonly span: Span;
}

/** The fields of a map, or of an item of a list; anything may be absent. */
export interface Fields {
  /** The place to mark for what it lacks. */
  readonly span: Span;
  get(name: string): Field | undefined;
}

export interface ProfileView {
  readonly span: Span;
  readonly file: Field | undefined;
  readonly name: Field | undefined;
  readonly version: Field | undefined;
  readonly variables: readonly Fields[];
  readonly packValues: readonly Fields[];
}

export interface PoolView {
  /** The place to mark for what the pool lacks. */
  readonly span: Span;
  readonly name: Field | undefined;
  readonly isControlPlane: Field | undefined;
  readonly size: Field | undefined;
  readonly minSize: Field | undefined;
  readonly maxSize: Field | undefined;
  readonly additionalLabels: Field | undefined;
  readonly taints: readonly Fields[];
  readonly updateStrategy: Field | undefined;
  readonly useControlPlaneAsWorker: Field | undefined;
  readonly machinePoolProperties: Field | undefined;
  readonly cloudConfig: Field | undefined;
}

/** The parts of a request that rules speak of, each with its place; anything may be absent. */
export interface RequestView {
  /** The whole document, for fixes. */
  readonly text: string;
  readonly root: MapNode;
  /** The first key, for what the whole document lacks. */
  readonly start: Span;
  readonly apiVersion: Field | undefined;
  readonly kind: Field | undefined;
  readonly metadata: Field | undefined;
  readonly name: Field | undefined;
  readonly namespace: Field | undefined;
  readonly labels: Field | undefined;
  readonly annotations: Field | undefined;
  readonly spec: Field | undefined;
  readonly cloudType: Field | undefined;
  readonly cloudAccount: Field | undefined;
  readonly cloudConfig: Field | undefined;
  readonly profilesField: Field | undefined;
  readonly profiles: readonly ProfileView[];
  readonly poolsField: Field | undefined;
  readonly pools: readonly PoolView[];
}

/** Reads what is there; nothing is judged. */
export function viewOf(text: string, root: MapNode): RequestView {
  const top = fieldsOf(root);
  const metadata = fieldsOf(top.get("metadata")?.value);
  const spec = fieldsOf(top.get("spec")?.value);
  const profiles = spec.get("profiles");
  const pools = spec.get("machinePools");
  return {
    text,
    root,
    start: root.pairs[0]?.key.span ?? root.span,
    apiVersion: top.get("apiVersion"),
    kind: top.get("kind"),
    metadata: top.get("metadata"),
    name: metadata.get("name"),
    namespace: metadata.get("namespace"),
    labels: metadata.get("labels"),
    annotations: metadata.get("annotations"),
    spec: top.get("spec"),
    cloudType: spec.get("cloudType"),
    cloudAccount: spec.get("cloudAccount"),
    cloudConfig: spec.get("cloudConfig"),
    profilesField: profiles,
    profiles: itemsOf(profiles?.value).map((profile) => ({
      span: profile.span,
      file: profile.get("file"),
      name: profile.get("name"),
      version: profile.get("version"),
      variables: itemsOf(profile.get("variables")?.value),
      packValues: itemsOf(profile.get("packValues")?.value),
    })),
    poolsField: pools,
    pools: itemsOf(pools?.value).map((pool) => {
      const wrapper = pool.get("poolConfig");
      const config = fieldsOf(wrapper?.value);
      return {
        span: wrapper?.key.span ?? pool.span,
        name: config.get("name"),
        isControlPlane: config.get("isControlPlane"),
        size: config.get("size"),
        minSize: config.get("minSize"),
        maxSize: config.get("maxSize"),
        additionalLabels: config.get("additionalLabels"),
        taints: itemsOf(config.get("taints")?.value),
        updateStrategy: config.get("updateStrategy"),
        useControlPlaneAsWorker: config.get("useControlPlaneAsWorker"),
        machinePoolProperties: config.get("machinePoolProperties"),
        cloudConfig: pool.get("cloudConfig"),
      };
    }),
  };
}

/** The keys of a map by name; nothing where it is none. */
export function fieldsOf(node: YamlNode | undefined): Map<string, Field> {
  const map = resolve(node);
  if (map?.kind !== "map") {
    return new Map();
  }
  const fields = new Map<string, Field>();
  for (const entry of entriesOf(map).values()) {
    const { key, value, written } = entry;
    const empty = value === undefined || (value.kind === "scalar" && value.value === null);
    fields.set(entry.name, {
      key,
      value: empty ? undefined : value,
      written,
      text: value?.kind === "scalar" && !empty ? value.text : "",
      span: (empty ? key : (written ?? key)).span,
    });
  }
  return fields;
}

/** A map of texts, as labels are. */
export function textsOf(field: Field | undefined): Record<string, string> {
  return Object.fromEntries([...fieldsOf(field?.value)].map(([name, { text }]) => [name, text]));
}

function itemsOf(node: YamlNode | undefined): Fields[] {
  const list = resolve(node);
  if (list?.kind !== "seq") {
    return [];
  }
  return list.items.flatMap((item): Fields[] => {
    const value = resolve(item);
    if (item === undefined || value?.kind !== "map") {
      return [];
    }
    const fields = fieldsOf(value);
    return [{ span: value.pairs[0]?.key.span ?? item.span, get: (name) => fields.get(name) }];
  });
}
