import { entriesOf, resolve, type YamlNode } from "../profile/syntax/nodes.ts";
import type { FieldSchema } from "./clouds/fields.ts";
import type { CloudConfig, ConfigValue } from "./model.ts";

/** Deeper is nothing that a cloud asks for: aliases can make a tree that never ends. */
const MAX_DEPTH = 20;

/**
 * The values of a `cloudConfig` as its schema means them: a plain scalar is a text where the schema wants one, so that
 * a version `1.36` or a name `on` need no quotes. What holds nothing is absent.
 */
export function configIn(node: YamlNode | undefined, schema: FieldSchema | undefined): CloudConfig {
  const value = valueIn(node, schema, 0);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as CloudConfig) : {};
}

function valueIn(
  written: YamlNode | undefined,
  schema: FieldSchema | undefined,
  depth: number,
): ConfigValue | undefined {
  const node = resolve(written);
  if (node === undefined || depth > MAX_DEPTH) {
    return undefined;
  }
  switch (node.kind) {
    case "scalar":
      if (node.value === null) {
        return undefined;
      }
      return schema?.type === "string" || typeof node.value === "bigint" ? node.text : node.value;
    case "seq":
      return node.items.flatMap((item) => valueIn(item, schema?.items, depth + 1) ?? []);
    case "map": {
      const fields = [...entriesOf(node)].flatMap(([name, { written: value }]) => {
        const below = schemaAt(schema, name);
        const read = valueIn(value, below, depth + 1);
        return read === undefined ? [] : [[name, read] as const];
      });
      return Object.fromEntries(fields);
    }
  }
}

/** The schema of a field of an object. */
export function schemaAt(schema: FieldSchema | undefined, name: string): FieldSchema | undefined {
  const { properties, additionalProperties } = schema ?? {};
  if (properties !== undefined && Object.hasOwn(properties, name)) {
    return properties[name];
  }
  return additionalProperties === false ? undefined : additionalProperties;
}
