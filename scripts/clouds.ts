// Lists the folders of src/cluster/clouds in all.ts and writes their pages of docs/clouds:
// node scripts/run.mjs scripts/clouds.ts
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CloudFields, FieldSchema } from "../src/cluster/clouds/fields.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "src/cluster/clouds");

/** Every file that is made of the folders of clouds, by its path from the root. */
export function cloudFiles(): Map<string, string> {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "index.ts")))
    .map(({ name }) => name)
    .sort();
  return new Map([
    ["src/cluster/clouds/all.ts", listOf(ids)],
    ...ids
      .filter((id) => existsSync(join(folder, id, "guide.md")))
      .map((id): [string, string] => [`docs/clouds/${id}.md`, pageOf(id)]),
  ]);
}

function listOf(ids: readonly string[]): string {
  const imports = [
    'import type { Cloud } from "./cloud.ts";',
    ...ids.map((id) => `import { cloud as ${camelCase(id)} } from "./${id}/index.ts";`),
  ];
  return [
    "// Written by scripts/clouds.ts from the folders beside it.",
    "",
    ...imports.sort((a, b) => orderOf(a).localeCompare(orderOf(b), "en")),
    "",
    "/** Every cloud that clusters can be made on. */",
    "export const CLOUDS: readonly Cloud[] = [",
    ...ids.map((id) => `  ${camelCase(id)},`),
    "];",
    "",
  ].join("\n");
}

/** The order in which the linter wants imports: by their path. */
function orderOf(line: string): string {
  return line.replace(/^.*"\.\/(.*)".*$/, "$1");
}

function camelCase(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The guide as its author wrote it, a request to begin with, and what every field means. */
function pageOf(id: string): string {
  const read = (name: string): string => readFileSync(join(folder, id, name), "utf8");
  const fields = JSON.parse(read("fields.json")) as CloudFields;
  const picture = `media/screenshots/create-${id}.png`;
  const tables = [
    ...tableOf("`spec.cloudConfig`", fields.cluster),
    ...tableOf("`cloudConfig` of a machine pool", fields.pool),
  ];
  return [
    `<!-- Written by scripts/clouds.ts from src/cluster/clouds/${id}. -->`,
    "",
    read("guide.md").trim(),
    "",
    ...(existsSync(join(root, picture)) ? [`![The form for this cloud](../../${picture})`, ""] : []),
    ...(existsSync(join(folder, id, "examples/smallest.cluster.yaml"))
      ? [
          "## A request to begin with",
          "",
          `Its profile is \`src/cluster/clouds/${id}/examples/smallest.profile.yaml\`.${
            existsSync(join(folder, id, "examples/fullest.cluster.yaml"))
              ? " `fullest.cluster.yaml` beside it sets all fields that go together."
              : ""
          }`,
          "",
          "```yaml",
          read("examples/smallest.cluster.yaml").trim(),
          "```",
          "",
        ]
      : []),
    ...(tables.length === 0 ? [] : ["## Fields", "", ...tables]),
  ].join("\n");
}

function tableOf(title: string, schema: FieldSchema): string[] {
  const rows = rowsOf(schema, "");
  if (rows.length === 0) {
    return [];
  }
  return [title, "", "| field | what it is |", "| --- | --- |", ...rows, ""];
}

function rowsOf(schema: FieldSchema, prefix: string): string[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = field.type === "array" ? field.items : field;
    const below = rowsOf(inner ?? field, `${path}${field.type === "array" ? "[]." : "."}`);
    const words = [field.title, field.description, ...limitsOf(inner ?? field)].filter(
      (text) => text !== undefined && text !== "",
    );
    const text = words.map((word) => `${word}`.replace(/([^.])$/, "$1.")).join(" ");
    const own = `| \`${path}\`${required.has(name) ? " (required)" : ""} | ${text.replaceAll("|", "\\|")} |`;
    return [own, ...below];
  });
}

function limitsOf({ enum: values, minimum, maximum, default: preset, ...more }: FieldSchema): string[] {
  const unit = more["x-unit"];
  return [
    ...(unit === undefined ? [] : [`In ${unit}`]),
    ...(values === undefined ? [] : [`One of ${values.map((value) => `\`${value}\``).join(", ")}`]),
    ...(minimum === undefined ? [] : [`At least ${minimum}`]),
    ...(maximum === undefined ? [] : [`At most ${maximum}`]),
    ...(preset === undefined || preset === ""
      ? []
      : [`Default \`${JSON.stringify(preset).replaceAll('"', "")}\``]),
  ];
}

if (import.meta.main) {
  mkdirSync(join(root, "docs/clouds"), { recursive: true });
  for (const [path, text] of cloudFiles()) {
    writeFileSync(join(root, path), text);
  }
}
