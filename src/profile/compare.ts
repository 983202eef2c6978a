import { catalog } from "../catalog/index.ts";
import type { ProfileDocument } from "./document.ts";
import { layerOf } from "./rules/known.ts";
import { entriesOf, nodeAt, resolve, type YamlNode } from "./syntax/nodes.ts";
import type { PackView } from "./view.ts";

/** One value that differs; what is absent on one side was added or removed. */
export interface ValueChange {
  /** Keys from the layer or the profile down, such as `values.pack.namespace`. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export interface LayerChange {
  readonly change: "added" | "removed" | "changed";
  readonly name: string;
  readonly layer: string;
  /** Whether clusters get new machines for it. */
  readonly replacesNodes: boolean;
  readonly values: readonly ValueChange[];
}

export interface ProfileComparison {
  /** Everything but the layers. */
  readonly profile: readonly ValueChange[];
  /** In the order of the newer version; removed ones at the end. */
  readonly layers: readonly LayerChange[];
}

/**
 * What differs between two versions of a profile, by layer and by value: blind to comments, quotes, styles, and the
 * order of keys, inside values and manifests too.
 */
export function compareProfiles(before: ProfileDocument, after: ProfileDocument): ProfileComparison {
  const old = new Map(layers(before).map((layer) => [layer.id, layer]));
  const young = layers(after);
  const changes: LayerChange[] = [];
  for (const layer of young) {
    const was = old.get(layer.id);
    old.delete(layer.id);
    const values = differences(was?.values ?? new Map(), layer.values);
    if (was === undefined || values.length > 0) {
      changes.push(
        described(layer, was === undefined ? "added" : "changed", was === undefined ? [] : values),
      );
    }
  }
  changes.push(...[...old.values()].map((layer) => described(layer, "removed", [])));
  return { profile: differences(profileValues(before), profileValues(after)), layers: changes };
}

/** Every value that `compareProfiles` compares, by its path and in an order of its own: two that are the same have the same. */
export function valuesOf(document: ProfileDocument): [path: string, value: string][] {
  const values = [...profileValues(document)];
  for (const { id, values: own } of layers(document)) {
    values.push(...[...own].map(([path, value]): [string, string] => [`${id}\n${path}`, value]));
  }
  return values.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}

interface ComparedLayer {
  /** Infrastructure layers are one of a kind, whatever pack fills them; add-ons go by name. */
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly replacesNodes: boolean;
  readonly values: ReadonlyMap<string, string>;
}

function described(
  { name, layer, replacesNodes }: ComparedLayer,
  change: LayerChange["change"],
  values: readonly ValueChange[],
): LayerChange {
  return { change, name, layer, replacesNodes, values };
}

function layers(document: ProfileDocument): ComparedLayer[] {
  const counts = new Map<string, number>();
  return (document.view?.packs ?? []).map((pack) => {
    const name = pack.name?.text ?? "";
    const kind = layerOf(pack);
    const key = kind === undefined || kind === "addon" ? `addon ${name}` : kind;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const known = catalog.find(name);
    return {
      id: `${key} ${count}`,
      name,
      layer: pack.layer?.text ?? "",
      replacesNodes: known?.replacesNodes ?? (kind === "os" || kind === "k8s"),
      values: layerValues(document, pack),
    };
  });
}

function layerValues(document: ProfileDocument, pack: PackView): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, { value }] of entriesOf(pack.node)) {
    if (name !== "values" && name !== "manifests") {
      flatten(value, name, values);
    }
  }
  const texts = document.embedded.filter((text) => text.pack === pack);
  for (const { kind, manifest, documents, text } of texts) {
    const path = kind === "values" ? "values" : `manifests.${manifest?.name?.text ?? ""}`;
    if (documents.some(({ problems }) => problems.length > 0)) {
      values.set(path, text);
      continue;
    }
    documents.forEach(({ root }, i) => {
      flatten(root, documents.length > 1 ? `${path}[${i}]` : path, values, text);
    });
  }
  return values;
}

function profileValues({ root }: ProfileDocument): Map<string, string> {
  const values = new Map<string, string>();
  flatten(nodeAt(root, "metadata")?.value, "metadata", values);
  const spec = nodeAt(root, "spec")?.value;
  for (const [name, { value }] of spec?.kind === "map" ? entriesOf(spec) : []) {
    if (name === "template" && value?.kind === "map") {
      for (const [inner, entry] of entriesOf(value)) {
        if (inner !== "packs") {
          flatten(entry.value, inner, values);
        }
      }
    } else if (name === "variables" && value?.kind === "seq") {
      for (const item of value.items) {
        const id = nodeAt(item, "name")?.value;
        flatten(item, `variables.${id?.kind === "scalar" ? id.text : ""}`, values);
      }
    } else {
      flatten(value, name, values);
    }
  }
  return values;
}

/** Every scalar by its path; a collection with nothing in it counts as a value. */
function flatten(
  written: YamlNode | undefined,
  path: string,
  into: Map<string, string>,
  source?: string,
): void {
  const node = resolve(written);
  if (node?.kind === "map" && node.pairs.length > 0) {
    for (const [name, entry] of entriesOf(node)) {
      flatten(entry.value, `${path}.${name}`, into, source);
    }
  } else if (node?.kind === "seq" && node.items.length > 0) {
    node.items.forEach((item, i) => {
      flatten(item, `${path}[${i}]`, into, source);
    });
  } else {
    into.set(path, leaf(node, source));
  }
}

function leaf(node: YamlNode | undefined, source: string | undefined): string {
  if (node?.kind !== "scalar") {
    return node === undefined ? "" : node.kind === "map" ? "{}" : "[]";
  }
  // What is parsed has its macros masked: what is written there has them.
  const written = source?.slice(node.span.start, node.span.end);
  return written?.includes("{{") === true ? written.replace(/^(["'])(.*)\1$/s, "$2") : node.text;
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ValueChange[] {
  const changes: ValueChange[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(path), after.get(path)];
    if (was !== is) {
      changes.push({
        path,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      });
    }
  }
  return changes;
}
