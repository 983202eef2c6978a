import type { FieldSchema } from "../../cluster/clouds/fields.ts";
import { CLOUDS, cloudOf } from "../../cluster/clouds/index.ts";
import { type FieldShape, REQUEST_SHAPE } from "../../cluster/fields.ts";
import { REQUEST_API_VERSION, REQUEST_KIND } from "../../cluster/model.ts";

/** The whole file for one cloud: its fields stand where `cloudConfig` does. */
export function requestShape(cloudType: string): FieldShape {
  const cloud = cloudOf(cloudType);
  const shape = withField(REQUEST_SHAPE, ["apiVersion"], { values: [REQUEST_API_VERSION] });
  const known = withField(shape, ["kind"], { values: [REQUEST_KIND] });
  const clouds = withField(known, ["spec", "cloudType"], { values: CLOUDS.map(({ id }) => id) });
  if (cloud === undefined) {
    return clouds;
  }
  const { cluster, pool } = cloud.fields;
  return withField(
    withField(clouds, ["spec", "cloudConfig"], shapeOf(cluster)),
    ["spec", "machinePools", "cloudConfig"],
    shapeOf(pool),
  );
}

/** The field that a path of keys leads to; items of lists have no step of their own. */
export function shapeAt(shape: FieldShape, path: readonly string[]): FieldShape | undefined {
  let at: FieldShape | undefined = shape;
  for (const step of path.filter((each) => each !== "[]")) {
    at = at?.fields?.[step];
  }
  return at;
}

const KINDS: Readonly<Record<FieldSchema["type"], FieldShape["kind"]>> = {
  string: "text",
  integer: "number",
  number: "number",
  boolean: "boolean",
  object: "object",
  array: "list",
};

/** A field of a cloud as one of the file. */
function shapeOf(schema: FieldSchema): FieldShape {
  const item = schema.type === "array" ? schema.items : schema;
  const { properties } = item ?? {};
  const doc = [schema.title, schema.description].filter((text) => text !== undefined);
  return {
    kind: schema.type === "object" && properties === undefined ? "map" : KINDS[schema.type],
    ...(doc.length === 0 ? {} : { doc: doc.map((text) => text.replace(/([^.])$/, "$1.")).join(" ") }),
    ...(item?.enum === undefined ? {} : { values: item.enum.map(String) }),
    ...(item?.examples === undefined ? {} : { suggestions: item.examples.map(String) }),
    ...(properties === undefined
      ? {}
      : {
          fields: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, shapeOf(field)]),
          ),
        }),
  };
}

function withField(shape: FieldShape, path: readonly string[], change: Partial<FieldShape>): FieldShape {
  const [step, ...rest] = path;
  if (step === undefined) {
    return { ...shape, ...change };
  }
  const below = shape.fields?.[step];
  return below === undefined
    ? shape
    : { ...shape, fields: { ...shape.fields, [step]: withField(below, rest, change) } };
}
