import { format, type OutputUnit, Validator } from "@cfworker/json-schema";
import ipaddr from "ipaddr.js";
import { renameKey } from "../profile/edits.ts";
import { entriesOf, resolve, type ScalarNode, type YamlNode } from "../profile/syntax/nodes.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import { nearest } from "../shared/nearest.ts";
import type { Cloud } from "./clouds/cloud.ts";
import type { CloudFields, FieldFormat, FieldSchema } from "./clouds/fields.ts";
import { configIn, schemaAt } from "./config.ts";
import type { Field, RequestView } from "./view.ts";

const CODE = "C13";

/** What a format wants, as the end of a sentence. */
const FORMAT_WORDS: Readonly<Record<FieldFormat, string>> = {
  cidr: "an address range such as 10.0.0.0/16",
  ip: "an IP address",
  hostname: "a host name or an IP address",
  uri: "an address such as https://example.com",
  "ssh-public-key": "a public key such as ssh-ed25519 AAAA…",
  multiline: "a text",
};

// The library knows the formats of JSON Schema; these are ours.
Object.assign(format, {
  cidr: (text: string) => ipaddr.isValidCIDR(text),
  ip: (text: string) => ipaddr.isValid(text),
  "ssh-public-key": (text: string) =>
    text === "" || /^(?:ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/=]+(?: .*)?$/.test(text.trim()),
  multiline: () => true,
} satisfies Record<Exclude<FieldFormat, "hostname" | "uri">, (text: string) => boolean>);

/** What the fields of a cloud say about a request: C13 for values, C12 for fields that it does not have. */
export function checkCloud(
  { cloudConfig, pools, spec, start }: RequestView,
  cloud: Cloud,
  { cluster, pool: poolFields }: CloudFields,
): Diagnostic[] {
  return [
    ...checkConfig(cloudConfig, cluster, cloud, spec?.key.span ?? start),
    ...pools.flatMap((pool) => checkConfig(pool.cloudConfig, poolFields, cloud, pool.span)),
  ];
}

function checkConfig(
  field: Field | undefined,
  schema: FieldSchema,
  cloud: Cloud,
  absent: Diagnostic["span"],
): Diagnostic[] {
  if (field?.value !== undefined && resolve(field.value)?.kind !== "map") {
    return []; // The shape check says it.
  }
  const value = configIn(field?.value, schema);
  const found = validator(schema)
    .validate(value)
    .errors.flatMap((unit): Diagnostic[] => {
      const path = pathOf(unit.instanceLocation);
      const place = placeOf(field?.value, path);
      return problemOf(unit, schema, path, place, cloud).map((problem) => ({
        severity: "error",
        code: CODE,
        span: place?.span ?? field?.key.span ?? absent,
        ...problem,
      }));
    });
  return withoutEchoes(found);
}

const validators = new WeakMap<FieldSchema, Validator>();

function validator(schema: FieldSchema): Validator {
  const known = validators.get(schema) ?? new Validator(schema as object, "2019-09", false);
  validators.set(schema, known);
  return known;
}

type Problem = Partial<Diagnostic> & { readonly message: string };

/** What one finding of the library means in our words; findings about what holds another one say nothing. */
function problemOf(
  { keyword, error, keywordLocation }: OutputUnit,
  root: FieldSchema,
  path: readonly string[],
  place: Place | undefined,
  cloud: Cloud,
): Problem[] {
  const schema = fieldAt(root, path);
  const name = nameOf(schema, path);
  switch (keyword) {
    case "properties":
    case "items":
    case "additionalProperties":
      return [];
    case "false": {
      if (schema !== undefined) {
        return []; // A known field whose value is wrong, which is said already.
      }
      const written = path.at(-1) ?? "";
      const fields = Object.keys(fieldAt(root, path.slice(0, -1))?.properties ?? {});
      const free = fields.filter((each) => place?.siblings?.has(each) !== true);
      const meant = nearest(written, free);
      return [
        {
          code: "C12",
          severity: "warning",
          message: `${written} is not a field of ${cloud.title}. ${meant === undefined ? "It has no effect." : `Did you mean ${meant}?`}`,
          ...(place?.key === undefined ? {} : { span: place.key.span }),
          ...(meant === undefined || place?.key === undefined
            ? {}
            : { fixes: [renameKey(place.key, meant)] }),
        },
      ];
    }
    case "required": {
      const lacks = /"([^"]+)"/.exec(error)?.[1] ?? "";
      const title = schemaAt(schema, lacks)?.title ?? lacks;
      return [
        {
          message: `${lacks} is missing: ${title}.`,
          ...(place === undefined ? {} : { span: place.key?.span ?? place.span }),
        },
      ];
    }
    case "enum":
      return [{ message: `${name} must be ${either((schema?.enum ?? []).map(String))}.` }];
    case "type":
      return [{ message: `${name} must be ${TYPE_WORDS[schema?.type ?? "string"]}.` }];
    case "pattern":
      return [
        { message: `${name} must be ${schema?.["x-pattern"] ?? `a text like ${schema?.pattern ?? ""}`}.` },
      ];
    case "format":
      return [{ message: `${name} must be ${FORMAT_WORDS[schema?.format ?? "multiline"]}.` }];
    case "minimum":
      return [{ message: `${name} must be at least ${schema?.minimum}${unit(schema)}.` }];
    case "maximum":
      return [{ message: `${name} must be at most ${schema?.maximum}${unit(schema)}.` }];
    case "minLength":
      return [{ message: `${name} needs a value.` }];
    case "maxLength":
      return [{ message: `${name} must have at most ${schema?.maxLength} characters.` }];
    case "minItems":
      return [{ message: `${name} needs at least ${schema?.minItems}.` }];
    case "maxItems":
      return [{ message: `${name} takes at most ${schema?.maxItems}.` }];
    default:
      return [{ message: `${name} is not valid: ${error} (${keywordLocation})` }];
  }
}

const TYPE_WORDS: Readonly<Record<FieldSchema["type"], string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "a map",
  array: "a list",
};

function unit(schema: FieldSchema | undefined): string {
  return schema?.["x-unit"] === undefined ? "" : ` ${schema["x-unit"]}`;
}

function nameOf(schema: FieldSchema | undefined, path: readonly string[]): string {
  return schema?.title ?? path.findLast((step) => !/^\d+$/.test(step)) ?? "The value";
}

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

interface Place {
  readonly span: Diagnostic["span"];
  readonly key?: ScalarNode;
  /** The keys of the map that holds it. */
  readonly siblings?: ReadonlyMap<string, unknown>;
}

/** Where a path leads in the text, or the last part of it that is written. */
function placeOf(root: YamlNode | undefined, path: readonly string[]): Place | undefined {
  let at: YamlNode | undefined = root;
  let place: Place | undefined;
  for (const step of path) {
    const node = resolve(at);
    if (node?.kind === "map") {
      const siblings = entriesOf(node);
      const entry = siblings.get(step);
      if (entry === undefined) {
        return place;
      }
      at = entry.written;
      place = { span: (entry.written ?? entry.key).span, key: entry.key, siblings };
    } else if (node?.kind === "seq") {
      at = node.items[Number(step)];
      place = at === undefined ? place : { span: at.span };
    } else {
      return place;
    }
  }
  return place;
}

function fieldAt(schema: FieldSchema, path: readonly string[]): FieldSchema | undefined {
  let at: FieldSchema | undefined = schema;
  for (const step of path) {
    at = at?.type === "array" ? at.items : schemaAt(at, step);
  }
  return at;
}

/** The steps of a JSON pointer such as `#/azs/0`. */
function pathOf(pointer: string): string[] {
  return pointer
    .replace(/^#\/?/, "")
    .split("/")
    .filter((step) => step !== "")
    .map((step) => decodeURIComponent(step.replaceAll("~1", "/").replaceAll("~0", "~")));
}

/** One problem a place: a text that is no number need not be compared with the least one. */
function withoutEchoes(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return problems.filter(({ span, message }) => {
    const key = /is missing:/.test(message) ? `${span.start} ${message}` : String(span.start);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}
