import { entriesOf, type MapNode, resolve, type ScalarNode, type YamlNode } from "../profile/syntax/nodes.ts";
import type { Span } from "../shared/diagnostic.ts";

/** A key that is written, and what stands there. */
export interface Field {
  readonly key: ScalarNode;
  readonly value: YamlNode | undefined;
  /** A scalar as text; empty where there is nothing or a collection. */
  readonly text: string;
  /** The place to mark: the value, or the key where there is none. */
  readonly span: Span;
}

export interface ProfileView {
  readonly span: Span;
  readonly file: Field | undefined;
  readonly name: Field | undefined;
  readonly version: Field | undefined;
}

interface PoolView {
  /** The place to mark for what the pool lacks. */
  readonly span: Span;
  readonly name: Field | undefined;
  readonly isControlPlane: Field | undefined;
  readonly size: Field | undefined;
  readonly additionalLabels: Field | undefined;
}

/** The parts of a request that rules speak of, each with its place; anything may be absent. */
export interface RequestView {
  /** The first key, for what the whole document lacks. */
  readonly start: Span;
  readonly apiVersion: Field | undefined;
  readonly kind: Field | undefined;
  readonly metadata: Field | undefined;
  readonly name: Field | undefined;
  readonly namespace: Field | undefined;
  readonly labels: Field | undefined;
  readonly spec: Field | undefined;
  readonly cloudType: Field | undefined;
  readonly profilesField: Field | undefined;
  readonly profiles: readonly ProfileView[];
  readonly poolsField: Field | undefined;
  readonly pools: readonly PoolView[];
}

/** Reads what is there; nothing is judged. */
export function viewOf(root: MapNode): RequestView {
  const top = fieldsOf(root);
  const metadata = fieldsOf(top.get("metadata")?.value);
  const spec = fieldsOf(top.get("spec")?.value);
  const profiles = spec.get("profiles");
  const pools = spec.get("machinePools");
  return {
    start: root.pairs[0]?.key.span ?? root.span,
    apiVersion: top.get("apiVersion"),
    kind: top.get("kind"),
    metadata: top.get("metadata"),
    name: metadata.get("name"),
    namespace: metadata.get("namespace"),
    labels: metadata.get("labels"),
    spec: top.get("spec"),
    cloudType: spec.get("cloudType"),
    profilesField: profiles,
    profiles: itemsOf(profiles?.value).map(({ fields, span }) => ({
      span,
      file: fields.get("file"),
      name: fields.get("name"),
      version: fields.get("version"),
    })),
    poolsField: pools,
    pools: itemsOf(pools?.value).map(({ fields, span }) => {
      const wrapper = fields.get("poolConfig");
      const config = fieldsOf(wrapper?.value);
      return {
        span: wrapper?.key.span ?? span,
        name: config.get("name"),
        isControlPlane: config.get("isControlPlane"),
        size: config.get("size"),
        additionalLabels: config.get("additionalLabels"),
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

function itemsOf(node: YamlNode | undefined): { fields: Map<string, Field>; span: Span }[] {
  const list = resolve(node);
  if (list?.kind !== "seq") {
    return [];
  }
  return list.items.flatMap((item) => {
    const value = resolve(item);
    if (item === undefined || value?.kind !== "map") {
      return [];
    }
    return [{ fields: fieldsOf(value), span: value.pairs[0]?.key.span ?? item.span }];
  });
}
