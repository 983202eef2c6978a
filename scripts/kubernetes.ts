// Makes src/profile/kubernetes/schemas.json, what manifests are checked by: node scripts/run.mjs scripts/kubernetes.ts
//
// Fields and types come from the OpenAPI document of Kubernetes, enums from the Go sources of its API, which the document
// leaves out. Both are Go modules (Apache-2.0), read through the Go command.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The release that is offered first (src/profile/starter-packs.ts). */
const RELEASE = "36.3";

/** Groups whose objects people write; of the others only the kinds are known. */
const GROUPS = new Set([
  "/v1",
  "apps/v1",
  "batch/v1",
  "autoscaling/v1",
  "autoscaling/v2",
  "policy/v1",
  "networking.k8s.io/v1",
  "rbac.authorization.k8s.io/v1",
  "storage.k8s.io/v1",
  "apiextensions.k8s.io/v1",
  "scheduling.k8s.io/v1",
  "node.k8s.io/v1",
  "coordination.k8s.io/v1",
  "discovery.k8s.io/v1",
  "admissionregistration.k8s.io/v1",
  "apiregistration.k8s.io/v1",
  "certificates.k8s.io/v1",
]);

/** Long enough for most first sentences. */
const MAX_TEXT = 200;

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly "x-kubernetes-group-version-kind"?: readonly { group: string; version: string; kind: string }[];
}

type Definitions = Readonly<Record<string, Schema>>;

/** The folder of a Go module, downloaded where it is not there. */
function moduleFolder(name: string, version: string): string {
  const text = execFileSync("go", ["mod", "download", "-json", `${name}@${version}`], { encoding: "utf8" });
  return (JSON.parse(text) as { Dir: string }).Dir;
}

/** `io.k8s.api.core.v1.Container` is `core.v1.Container`. */
function shortId(id: string): string {
  return id.split(".").slice(-3).join(".");
}

function typeOf(schema: Schema, definitions: Definitions, used: Set<string>): string {
  if (schema.$ref !== undefined) {
    const id = schema.$ref.replace("#/definitions/", "");
    if (id.endsWith(".Quantity")) {
      return "q";
    }
    const target = definitions[id];
    if (target?.properties !== undefined) {
      used.add(id);
      return `@${shortId(id)}`;
    }
    return target === undefined ? "*" : typeOf(target, definitions, used);
  }
  switch (schema.type) {
    case "string":
      return schema.format === "int-or-string" ? "e" : "s";
    case "integer":
      return "i";
    case "number":
      return "n";
    case "boolean":
      return "b";
    case "array":
      return `[]${typeOf(schema.items ?? {}, definitions, used)}`;
    default:
      return schema.additionalProperties === undefined
        ? "*"
        : `{}${typeOf(schema.additionalProperties, definitions, used)}`;
  }
}

function firstSentence(text = ""): string {
  const line = text.replace(/\s+/g, " ").trim();
  const sentence = /^.*?[.:](?= [A-Z]|$)/.exec(line)?.[0] ?? line;
  return sentence.length > MAX_TEXT ? `${sentence.slice(0, MAX_TEXT - 1).trimEnd()}…` : sentence;
}

/** Values of fields by `<group>.<version>.<Type>.<field>`: those of Go types that are marked as enums. */
function enumsOf(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const values = new Map<string, string[]>();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /^[a-z]+\/v\d+\/types\.go$/.test(path))
    .map((path) => ({
      scope: path.split("/").slice(0, 2).join("."),
      text: readFileSync(join(folder, path), "utf8"),
    }));
  for (const { scope, text } of files) {
    const types = new Set(
      [...text.matchAll(/\/\/ \+enum\n(?:\/\/.*\n)*type (\w+) string/g)].map(([, name]) => name),
    );
    for (const [, type, value] of text.matchAll(/^\s*\w+\s+(\w+)\s+= "([^"]*)"/gm)) {
      if (types.has(type) && value !== undefined && value !== "") {
        const key = `${scope}.${type}`;
        values.set(key, [...(values.get(key) ?? []), value]);
      }
    }
  }
  for (const { scope, text } of files) {
    for (const [, struct, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
      for (const [, type, field] of (body ?? "").matchAll(
        /^\s*\w+\s+(?:\[\])?\*?([\w.]+)\s+`json:"(\w+)/gm,
      )) {
        const key = /^(?:core)?v1\./.test(type ?? "")
          ? `core.${type?.replace("core", "")}`
          : `${scope}.${type}`;
        const choices = values.get(key);
        if (choices !== undefined) {
          found.set(`${scope}.${struct}.${field}`, choices);
        }
      }
    }
  }
  return found;
}

const folder = moduleFolder("k8s.io/kubernetes", `v1.${RELEASE}`);
const enums = enumsOf(moduleFolder("k8s.io/api", `v0.${RELEASE}`));
const swagger = JSON.parse(readFileSync(join(folder, "api/openapi-spec/swagger.json"), "utf8")) as {
  definitions: Definitions;
};
const { definitions } = swagger;

const kinds: Record<string, string> = {};
const used = new Set<string>();
for (const [id, definition] of Object.entries(definitions)) {
  // Options of requests are said to be of every group.
  const [own, ...others] = definition["x-kubernetes-group-version-kind"] ?? [];
  if (own === undefined || others.length > 0 || own.kind.endsWith("List")) {
    continue;
  }
  const apiVersion = own.group === "" ? own.version : `${own.group}/${own.version}`;
  const isWritten =
    GROUPS.has(`${own.group}/${own.version}`) && definition.properties?.metadata !== undefined;
  kinds[`${apiVersion}/${own.kind}`] = isWritten ? shortId(id) : "";
  if (isWritten) {
    used.add(id);
  }
}

/** What the API server fills in, though its document says that it is required. */
const DEFAULTED = new Set(["rbac.v1.RoleRef.apiGroup"]);

/** By id, one field a line: name (with ! where it is required), type, values and what it means, apart by tabs. */
const types: Record<string, string> = {};
// A set gives what is added while it is walked too.
for (const id of used) {
  const definition = definitions[id];
  const isKind = definition?.["x-kubernetes-group-version-kind"] !== undefined;
  types[shortId(id)] = Object.entries(definition?.properties ?? {})
    .map(([name, schema]) => {
      // Nobody writes a status, or who manages which field.
      const isOpaque = (isKind && name === "status") || name === "managedFields";
      const type = isOpaque ? "*" : typeOf(schema, definitions, used);
      const values = enums.get(`${shortId(id)}.${name}`) ?? [];
      const isRequired =
        definition?.required?.includes(name) === true && !DEFAULTED.has(`${shortId(id)}.${name}`);
      const text = firstSentence(schema.description);
      return [isRequired ? `${name}!` : name, type, values.join("|"), text].join("\t");
    })
    .join("\n");
}

const sorted = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
const target = fileURLToPath(new URL("../src/profile/kubernetes/schemas.json", import.meta.url));
const release = `1.${RELEASE.split(".")[0]}`;
const text = JSON.stringify({ release, kinds: sorted(kinds), types: sorted(types) }, undefined, 1);
writeFileSync(target, `${text}\n`);
console.log(
  `${Object.keys(kinds).length} kinds, ${Object.keys(types).length} types, ${Math.round(text.length / 1000)} KB`,
);
