import type { Span } from "../shared/diagnostic.ts";
import {
  entriesOf,
  type MapNode,
  resolve,
  type ScalarNode,
  type SeqNode,
  type YamlNode,
} from "./syntax/nodes.ts";

/** A key that is written, and its value where that is a scalar. */
export interface Field {
  readonly key: ScalarNode;
  readonly value: ScalarNode | undefined;
  /** The value as text; empty where nothing is written. */
  readonly text: string;
  /** The place to mark: the value, or the key where there is none. */
  readonly span: Span;
}

export interface ManifestView {
  readonly node: MapNode;
  readonly name: Field | undefined;
  readonly content: Field | undefined;
}

export interface PackView {
  readonly node: MapNode;
  /** The item as written, the alias itself where it is one. */
  readonly span: Span;
  readonly name: Field | undefined;
  readonly type: Field | undefined;
  readonly layer: Field | undefined;
  readonly version: Field | undefined;
  readonly tag: Field | undefined;
  readonly uid: Field | undefined;
  readonly registryUid: Field | undefined;
  readonly registryName: Field | undefined;
  /** `registry.metadata`, however little it says. */
  readonly registry: { readonly key: ScalarNode; readonly map: MapNode | undefined } | undefined;
  readonly values: Field | undefined;
  readonly manifests: readonly ManifestView[];
}

export interface VariableView {
  readonly node: MapNode;
  readonly span: Span;
  readonly fields: ReadonlyMap<string, Field>;
  readonly options: readonly { readonly node: MapNode; readonly fields: ReadonlyMap<string, Field> }[];
  readonly optionsKey: ScalarNode | undefined;
}

/** The parts of a profile that rules and editor features speak of, each with its place; anything may be absent. */
export interface ProfileView {
  readonly root: MapNode;
  readonly metadataKey: ScalarNode | undefined;
  readonly name: Field | undefined;
  readonly description: Field | undefined;
  readonly specKey: ScalarNode | undefined;
  readonly version: Field | undefined;
  readonly templateKey: ScalarNode | undefined;
  readonly template: MapNode | undefined;
  readonly type: Field | undefined;
  readonly cloudType: Field | undefined;
  readonly packsKey: ScalarNode | undefined;
  readonly packsNode: SeqNode | undefined;
  readonly packs: readonly PackView[];
  readonly variablesKey: ScalarNode | undefined;
  readonly variables: readonly VariableView[];
}

type Entries = ReturnType<typeof entriesOf>;
const NO_ENTRIES: Entries = new Map();

/** Reads what is there; nothing is judged. */
export function viewOf(root: MapNode): ProfileView {
  const top = entriesOf(root);
  const metadata = mapEntries(top, "metadata");
  const spec = mapEntries(top, "spec");
  const templateNode = spec.get("template")?.value;
  const template = mapEntries(spec, "template");
  const packs = template.get("packs");
  const variables = spec.get("variables");
  return {
    root,
    metadataKey: top.get("metadata")?.key,
    name: field(metadata, "name"),
    description: field(metadata, "description"),
    specKey: top.get("spec")?.key,
    version: field(spec, "version"),
    templateKey: spec.get("template")?.key,
    template: templateNode?.kind === "map" ? templateNode : undefined,
    type: field(template, "type"),
    cloudType: field(template, "cloudType"),
    packsKey: packs?.key,
    packsNode: packs?.value?.kind === "seq" ? packs.value : undefined,
    packs: mapItems(packs?.value).map(({ node, span }) => packView(node, span)),
    variablesKey: variables?.key,
    variables: mapItems(variables?.value).map(({ node, span }) => variableView(node, span)),
  };
}

function packView(node: MapNode, span: Span): PackView {
  const entries = entriesOf(node);
  const registry = entries.get("registry");
  const registryMap = mapEntries(entries, "registry").get("metadata")?.value;
  return {
    node,
    span,
    name: field(entries, "name"),
    type: field(entries, "type"),
    layer: field(entries, "layer"),
    version: field(entries, "version"),
    tag: field(entries, "tag"),
    uid: field(entries, "uid"),
    registryUid: field(entries, "registryUid"),
    registryName: field(entries, "registryName"),
    registry:
      registry === undefined
        ? undefined
        : { key: registry.key, map: registryMap?.kind === "map" ? registryMap : undefined },
    values: field(entries, "values"),
    manifests: mapItems(entries.get("manifests")?.value).map(({ node: manifest }) => {
      const fields = entriesOf(manifest);
      return { node: manifest, name: field(fields, "name"), content: field(fields, "content") };
    }),
  };
}

function variableView(node: MapNode, span: Span): VariableView {
  const entries = entriesOf(node);
  const options = entries.get("options");
  return {
    node,
    span,
    fields: fieldsOf(entries),
    optionsKey: options?.key,
    options: mapItems(options?.value).map((option) => ({
      node: option.node,
      fields: fieldsOf(entriesOf(option.node)),
    })),
  };
}

function fieldsOf(entries: Entries): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const name of entries.keys()) {
    const found = field(entries, name);
    if (found !== undefined) {
      fields.set(name, found);
    }
  }
  return fields;
}

function mapEntries(entries: Entries, name: string): Entries {
  const value = entries.get(name)?.value;
  return value?.kind === "map" ? entriesOf(value) : NO_ENTRIES;
}

function mapItems(node: YamlNode | undefined): { node: MapNode; span: Span }[] {
  if (node?.kind !== "seq") {
    return [];
  }
  return node.items.flatMap((item) => {
    const map = resolve(item);
    return item !== undefined && map?.kind === "map" ? [{ node: map, span: item.span }] : [];
  });
}

/** A field with a scalar or with nothing; a field that holds a collection is the shape check's to report. */
function field(entries: Entries, name: string): Field | undefined {
  const entry = entries.get(name);
  if (entry === undefined || (entry.value !== undefined && entry.value.kind !== "scalar")) {
    return undefined;
  }
  const value = entry.value;
  const text = value === undefined || value.value === null ? "" : value.text;
  return { key: entry.key, value, text, span: (entry.written ?? entry.key).span };
}
