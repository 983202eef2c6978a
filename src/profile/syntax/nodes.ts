import type { Span } from "../../shared/diagnostic.ts";

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

export interface ScalarNode {
  readonly kind: "scalar";
  /** The scalar as it stands in the text, quotes and block header included, the last line end not. */
  readonly span: Span;
  readonly style: ScalarStyle;
  readonly value: string | number | bigint | boolean | null;
  /** What a string field reads: a plain scalar as it is written (`22.10` stays `22.10`), else the decoded text. */
  readonly text: string;
}

export interface Pair {
  readonly key: YamlNode;
  /** Absent where nothing is written behind the colon. */
  readonly value: YamlNode | undefined;
}

export interface MapNode {
  readonly kind: "map";
  readonly span: Span;
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
}

export interface SeqNode {
  readonly kind: "seq";
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly (YamlNode | undefined)[];
}

export interface AliasNode {
  readonly kind: "alias";
  readonly span: Span;
  readonly name: string;
  readonly target: YamlNode | undefined;
}

/** YAML as a tree with offsets, whatever library parsed it. */
export type YamlNode = ScalarNode | MapNode | SeqNode | AliasNode;

/** The node that an alias stands for. */
export function resolve(node: YamlNode | undefined): Exclude<YamlNode, AliasNode> | undefined {
  let at = node;
  for (let hops = 0; at?.kind === "alias"; hops++) {
    if (hops > 100) {
      return undefined;
    }
    at = at.target;
  }
  return at;
}

export function keyText(pair: Pair): string | undefined {
  return pair.key.kind === "scalar" ? pair.key.text : undefined;
}

/** One key of a map, its alias followed. */
export interface Entry {
  readonly name: string;
  readonly key: ScalarNode;
  readonly value: Exclude<YamlNode, AliasNode> | undefined;
  /** The value as it stands in this place, the alias itself where there is one. */
  readonly written: YamlNode | undefined;
}

/** Every rule asks for the same ones, and versions of a text share the maps that did not change. */
const entries = new WeakMap<MapNode, ReadonlyMap<string, Entry>>();

/**
 * The keys of a map by name, those of merged maps (`<<`) included and overridden as YAML says.
 * Each merged map is visited once, so that nested merges cost no more than they are long.
 */
export function entriesOf(map: MapNode): ReadonlyMap<string, Entry> {
  const known = entries.get(map);
  if (known !== undefined) {
    return known;
  }
  const found = new Map<string, Entry>();
  const seen = new Set<MapNode>();
  const collect = (from: MapNode): void => {
    if (seen.has(from)) {
      return;
    }
    seen.add(from);
    const merges: MapNode[] = [];
    for (const pair of from.pairs) {
      if (pair.key.kind !== "scalar") {
        continue;
      }
      if (pair.key.text === "<<" && pair.key.style === "plain") {
        const value = resolve(pair.value);
        for (const merged of value?.kind === "seq" ? value.items.map(resolve) : [value]) {
          if (merged?.kind === "map") {
            merges.push(merged);
          }
        }
      } else if (!found.has(pair.key.text)) {
        found.set(pair.key.text, {
          name: pair.key.text,
          key: pair.key,
          value: resolve(pair.value),
          written: pair.value,
        });
      }
    }
    merges.forEach(collect);
  };
  collect(map);
  entries.set(map, found);
  return found;
}

export type Path = readonly (string | number)[];

/**
 * Calls `visit` for each node of the tree as written: aliases are not followed. The path of a key is that of its
 * map.
 */
export function walk(
  node: YamlNode | undefined,
  visit: (node: YamlNode, path: Path) => void,
  path: Path = [],
): void {
  if (node === undefined) {
    return;
  }
  visit(node, path);
  if (node.kind === "map") {
    for (const pair of node.pairs) {
      walk(pair.key, visit, path);
      walk(pair.value, visit, [...path, keyText(pair) ?? ""]);
    }
  } else if (node.kind === "seq") {
    node.items.forEach((item, i) => {
      walk(item, visit, [...path, i]);
    });
  }
}

/** The node under a path of keys, aliases and merge keys followed. */
export function nodeAt(root: YamlNode | undefined, ...path: readonly string[]): Entry | undefined {
  let node = resolve(root);
  let entry: Entry | undefined;
  for (const name of path) {
    entry = node?.kind === "map" ? entriesOf(node).get(name) : undefined;
    node = entry?.value;
  }
  return entry;
}

export function describeKind(node: YamlNode): string {
  switch (node.kind) {
    case "map":
      return "a map";
    case "seq":
      return "a list";
    case "alias":
      return "an alias";
    case "scalar":
      if (typeof node.value === "boolean") {
        return "true or false";
      }
      return node.value === null ? "empty" : typeof node.value === "string" ? "a text" : "a number";
  }
}
