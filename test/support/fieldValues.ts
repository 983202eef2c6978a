import fc from "fast-check";
import type { FieldFormat, FieldSchema } from "../../src/cluster/clouds/fields.ts";

/** Which pool the fields are for; absent for the fields of the cluster. */
export type Role = "control-plane" | "worker" | undefined;

export type Value = string | number | boolean | readonly Value[] | { readonly [field: string]: Value };

const LARGE = 5_000;
/** Values in a row that may miss what a field wants. */
const MOST_MISSES = 2_000;
const MOST_ITEMS = 3;

/** Any value that a field takes: by its type, bounds, pattern, format, choices and suggestions. */
export function fieldValue(schema: FieldSchema, role: Role): fc.Arbitrary<Value> {
  if (schema.enum !== undefined) {
    return fc.constantFrom(...schema.enum);
  }
  switch (schema.type) {
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return numbers(schema);
    case "array":
      return lists(schema, role);
    case "object":
      return schema.properties === undefined ? maps(schema, role) : fields(schema, role);
    case "string":
      return texts(schema);
  }
}

function numbers({ type, minimum = 0, maximum, examples = [] }: FieldSchema): fc.Arbitrary<number> {
  const max = maximum ?? Math.max(minimum, 0) + LARGE;
  const any =
    type === "integer"
      ? fc.integer({ min: Math.ceil(minimum), max: Math.floor(max) })
      : fc.integer({ min: Math.ceil(minimum * 100), max: Math.floor(max * 100) }).map((value) => value / 100);
  return examples.length === 0 ? any : fc.oneof(any, fc.constantFrom(...examples.map(Number)));
}

function texts(schema: FieldSchema): fc.Arbitrary<string> {
  const { pattern, format, minLength = 1, maxLength = Number.POSITIVE_INFINITY, examples = [] } = schema;
  const wanted = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const fits = (text: string): boolean =>
    text.length >= minLength && text.length <= maxLength && wanted?.test(text) !== false;
  const sources: fc.Arbitrary<string>[] = [];
  if (format !== undefined) {
    sources.push(FORMATS[format]);
  } else if (pattern !== undefined) {
    sources.push(matching(pattern));
  } else {
    sources.push(NAMES, NAMES, ODD);
  }
  if (examples.length > 0) {
    sources.push(fc.constantFrom(...examples.map(String)));
  }
  return only(fc.oneof(...sources), fits, JSON.stringify(schema));
}

/** Only values that fit; an error, and not a wait without end, where hardly any does. */
export function only<T>(values: fc.Arbitrary<T>, fits: (value: T) => boolean, what: string): fc.Arbitrary<T> {
  let misses = 0;
  return values.filter((value) => {
    if (fits(value)) {
      misses = 0;
      return true;
    }
    misses += 1;
    if (misses > MOST_MISSES) {
      throw new Error(`Hardly any value fits ${what}: ${JSON.stringify(value)}`);
    }
    return false;
  });
}

/** Letters and digits that a YAML 1.2 reader keeps as text once they are quoted. */
const NAMES = fc.stringMatching(/^[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,8}){0,2}$/);
/** What people paste: blanks inside, punctuation, other scripts. */
const ODD = fc
  .tuple(
    fc.constantFrom("A", "z", "7", "ü"),
    fc.string({ unit: fc.constantFrom(..."aB9 -_./:@#'\"{}é"), maxLength: 16 }),
    fc.constantFrom("A", "z", "7"),
  )
  .map((parts) => parts.join(""));

const OCTET = fc.integer({ min: 0, max: 255 });
const IP = fc
  .tuple(fc.constant(10), OCTET, OCTET, fc.integer({ min: 1, max: 254 }))
  .map((parts) => parts.join("."));
/** Host bits are zero, and not the ranges that pods and services have by default; one that holds all the others. */
const CIDR = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 79 }), OCTET, fc.integer({ min: 16, max: 24 }))
      .map(([second, third, prefix]) => `10.${second}.${third & (256 - 2 ** (24 - prefix))}.0/${prefix}`),
  },
  { weight: 1, arbitrary: fc.constant("10.0.0.0/8") },
);
const HOST = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z]([a-z0-9-]{0,8}[a-z0-9])?){1,2}$/);

const FORMATS: Readonly<Record<FieldFormat, fc.Arbitrary<string>>> = {
  cidr: CIDR,
  ip: IP,
  hostname: HOST,
  uri: fc
    .tuple(fc.constantFrom("https", "http"), HOST, fc.constantFrom("", "/path/image.img"))
    .map(([scheme, host, path]) => `${scheme}://${host}${path}`),
  "ssh-public-key": fc
    .tuple(
      fc.constantFrom("ssh-ed25519", "ssh-rsa"),
      fc.base64String({ minLength: 68, maxLength: 68 }),
      NAMES,
    )
    .map(([kind, , name]) => `${kind} ${SSH_BODY[kind as keyof typeof SSH_BODY]} ${name}`),
  multiline: fc.array(NAMES, { minLength: 1, maxLength: 3 }).map((lines) => `${lines.join("\n")}\n`),
};

/** Public halves of keys that nobody has. */
const SSH_BODY = {
  "ssh-ed25519": "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
  "ssh-rsa": `AAAAB3NzaC1yc2EAAAADAQABAAAA${"A".repeat(200)}`,
};

/** Texts that match a pattern; fast-check reads all of the syntax but looking around, which filters can do. */
function matching(pattern: string): fc.Arbitrary<string> {
  const plain = pattern.replaceAll(/\(\?[=!<][^()]*\)/g, "");
  const anchored = `${plain.startsWith("^") ? "" : "^"}${plain}${plain.endsWith("$") ? "" : "$"}`;
  return fc.stringMatching(new RegExp(anchored, "u"), { size: "small" });
}

function lists({ items, minItems = 0, maxItems }: FieldSchema, role: Role): fc.Arbitrary<Value[]> {
  if (items === undefined) {
    throw new TypeError("A list field says nothing about its items");
  }
  return fc.uniqueArray(fieldValue(items, role), {
    minLength: minItems,
    maxLength: Math.min(maxItems ?? Math.max(minItems, MOST_ITEMS), Math.max(minItems, MOST_ITEMS)),
    selector: identity,
  });
}

/** Items of a list are told apart by their name or key, else by all that they hold. */
function identity(item: Value): string {
  if (typeof item === "object" && !Array.isArray(item)) {
    const { name, key, id } = item as { readonly [field: string]: Value };
    return JSON.stringify(name ?? key ?? id ?? item);
  }
  return JSON.stringify(item);
}

function maps({ additionalProperties }: FieldSchema, role: Role): fc.Arbitrary<Value> {
  const value = typeof additionalProperties === "object" ? fieldValue(additionalProperties, role) : NAMES;
  return fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,12}$/), value, {
    maxKeys: MOST_ITEMS,
    noNullPrototype: true,
  });
}

/** Any selection of the fields of an object that `required`, `x-when` and `x-pools` allow. */
function fields(schema: FieldSchema, role: Role): fc.Arbitrary<Value> {
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([, field]) => role === undefined || field["x-pools"] === undefined || field["x-pools"] === role,
  );
  return fc
    .record(
      Object.fromEntries(
        properties.map(([name, field]) => [name, fc.tuple(fc.boolean(), fieldValue(field, role))]),
      ),
      { noNullPrototype: true },
    )
    .map((drawn) => {
      const wanted = (name: string): boolean =>
        schema.required?.includes(name) === true || drawn[name]?.[0] === true;
      const has = (name: string, depth = 0): boolean => {
        const field = schema.properties?.[name];
        return field !== undefined && depth < 5 && wanted(name) && isAsked(field, depth);
      };
      const isAsked = (field: FieldSchema, depth: number): boolean => {
        const when = field["x-when"];
        if (when === undefined) {
          return true;
        }
        const value = has(when.field, depth + 1)
          ? drawn[when.field]?.[1]
          : schema.properties?.[when.field]?.default;
        return when.in.includes(value as string);
      };
      return Object.fromEntries(
        properties.filter(([name]) => has(name)).map(([name]) => [name, drawn[name]?.[1] as Value]),
      );
    });
}
