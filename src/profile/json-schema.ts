import { type FieldShape, PROFILE_SHAPE } from "./shape.ts";

/** The JSON Schema of profile files, for editors that know them as plain YAML: schemas/cluster-profile.schema.json. */
export function profileSchema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Cluster profile (Palette)",
    ...schemaOf(PROFILE_SHAPE),
  };
}

function schemaOf(shape: FieldShape): object {
  const described = { description: shape.doc };
  switch (shape.kind) {
    case "text":
      // Palette's import reads any scalar as text, so that a tag may be 22.04.
      return shape.values === undefined
        ? { ...described, type: ["string", "number", "boolean", "null"] }
        : { ...described, enum: shape.values };
    case "boolean":
      return { ...described, type: ["boolean", "null"] };
    case "map":
      return { ...described, type: ["object", "null"] };
    case "list":
      return {
        ...described,
        type: ["array", "null"],
        ...(shape.fields === undefined ? {} : { items: objectSchema(shape.fields) }),
      };
    case "object":
      return { ...described, ...objectSchema(shape.fields ?? {}) };
  }
}

/** Fields that nobody knows are allowed: only the language service says which of them are likely slips. */
function objectSchema(fields: Readonly<Record<string, FieldShape>>): object {
  const required = Object.keys(fields).filter((name) => fields[name]?.required === true);
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])),
    ...(required.length === 0 ? {} : { required }),
  };
}
