import type { FieldSchema } from "./clouds/fields.ts";

/** A field that a new account asks for. */
export interface AccountField {
  readonly name: string;
  readonly schema: FieldSchema;
  /** Whether it must have a value. */
  readonly isNeeded: boolean;
}

/** The fields of an account that apply, given the values so far, in their order. */
export function accountFields(
  fields: FieldSchema,
  values: Readonly<Record<string, string>>,
): readonly AccountField[] {
  const properties = fields.properties ?? {};
  return Object.entries(properties).flatMap(([name, schema]): AccountField[] => {
    const when = schema["x-when"];
    if (when !== undefined) {
      const value = values[when.field] ?? properties[when.field]?.default;
      if (!when.in.some((each) => String(each) === String(value ?? ""))) {
        return [];
      }
    }
    // What is asked for in one case only cannot be required; there an empty value is refused instead.
    const isNeeded =
      fields.required?.includes(name) === true || (when !== undefined && (schema.minLength ?? 0) > 0);
    return [{ name, schema, isNeeded }];
  });
}

/** What is wrong with a value that was typed; whole sentences. */
export function accountFieldProblem(
  { schema, name, isNeeded }: AccountField,
  text: string,
): string | undefined {
  const title = schema.title ?? name;
  if (text === "") {
    return isNeeded ? `${title} needs a value.` : undefined;
  }
  if (schema.enum !== undefined && !schema.enum.some((each) => String(each) === text)) {
    return `${title} must be one of ${schema.enum.join(", ")}.`;
  }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(text)) {
    return `${title} must be ${schema["x-pattern"] ?? `a text like ${schema.pattern}`}.`;
  }
  if (schema.maxLength !== undefined && text.length > schema.maxLength) {
    return `${title} must have at most ${schema.maxLength} characters.`;
  }
  return schema.format === "uri" && !URL.canParse(text)
    ? `${title} must be an address such as https://example.com.`
    : undefined;
}

/** What hinders making an account of these values, one sentence for each field. */
export function accountProblems(fields: FieldSchema, values: Readonly<Record<string, string>>): string[] {
  const known = accountFields(fields, values);
  const unknown = Object.keys(values).filter((name) => !known.some((field) => field.name === name));
  return [
    ...known.flatMap((field) => accountFieldProblem(field, values[field.name] ?? "") ?? []),
    ...unknown.map((name) =>
      fields.properties?.[name] === undefined
        ? `${name} is not a field of this account. There are ${Object.keys(fields.properties ?? {}).join(", ")}.`
        : `${name} does not apply to the other values.`,
    ),
  ];
}
