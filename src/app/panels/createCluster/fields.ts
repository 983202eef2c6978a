import type { FieldSchema } from "../../../cluster/clouds/fields.ts";
import type {
  Control,
  FieldMessage,
  FieldPath,
  FormField,
  FormGroup,
  FormItem,
  FormList,
  Option,
} from "../../../shared/form.ts";
import { isMap } from "../../../shared/records.ts";
import type { Problems } from "./problems.ts";
import { textOf } from "./values.ts";

/** What the fields of a cloud need to know besides their schema. */
export interface FieldContext {
  readonly problems: Problems;
  /** The whole value that the schema describes. */
  readonly values: unknown;
  /** Where that value stands in the request. */
  readonly path: FieldPath;
  /** The pool that is asked for, where it is one. */
  readonly pool?: "control-plane" | "worker" | undefined;
}

/** A field of a schema that has no fields of its own. */
export interface Leaf {
  readonly item: FormField | FormList;
  readonly schema: FieldSchema;
  readonly group: string;
  readonly advanced: boolean;
  /** Whether there must be a value. */
  readonly needed: boolean;
}

/** The fields of a schema that apply now, in order; objects within are opened up. */
export function leavesOf(schema: FieldSchema, context: FieldContext): Leaf[] {
  return collect(schema, context.values, context.path, { group: "", advanced: false, needed: true }, context);
}

/** The usual fields as they come, and the rare ones together in one fold, under their headings. */
export function arrange(leaves: readonly Leaf[], foldId: string): FormItem[] {
  const rare = leaves.filter(({ advanced }) => advanced);
  const groups = new Map<string, FormItem[]>();
  for (const { group, item } of rare) {
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  const names = [...groups.keys()].filter((name) => name !== "").map((name) => lowerFirst(name));
  const fold: FormGroup = {
    kind: "group",
    id: foldId,
    title: names.length === 0 ? "More settings" : `More settings: ${names.join(", ")}`,
    folded: true,
    items: [...groups].flatMap(([title, items]): FormItem[] =>
      title === "" || groups.size === 1
        ? items
        : [{ kind: "group", id: `${foldId}-${title}`, title, folded: false, items }],
    ),
  };
  return [
    ...leaves.filter(({ advanced }) => !advanced).map(({ item }) => item),
    ...(rare.length === 0 ? [] : [fold]),
  ];
}

interface Inherited {
  readonly group: string;
  readonly advanced: boolean;
  /** Whether everything above must be there. */
  readonly needed: boolean;
}

function collect(
  schema: FieldSchema,
  values: unknown,
  path: FieldPath,
  { group: above, advanced, needed }: Inherited,
  context: FieldContext,
): Leaf[] {
  const own = isMap(values) ? values : {};
  let group = above;
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    group = each["x-group"] ?? group;
    if (!applies(each, own, schema, context)) {
      return [];
    }
    const below = {
      group,
      advanced: advanced || each["x-advanced"] === true,
      needed: needed && schema.required?.includes(name) === true,
    };
    const at = [...path, name];
    const value = own[name];
    if (each.type === "object" && each.properties !== undefined) {
      // What is written of an optional object must be whole.
      return collect(each, value, at, { ...below, needed: below.needed || isMap(value) }, context);
    }
    const item = isListOfObjects(each)
      ? list(each, value, at, name, context)
      : field(each, value, at, name, below.needed, context);
    return item === undefined ? [] : [{ item, schema: each, ...below }];
  });
}

function applies(
  schema: FieldSchema,
  siblings: Readonly<Record<string, unknown>>,
  holder: FieldSchema,
  { pool }: FieldContext,
): boolean {
  const pools = schema["x-pools"];
  const when = schema["x-when"];
  if (pools !== undefined && pool !== undefined && pools !== pool) {
    return false;
  }
  if (when === undefined) {
    return true;
  }
  const value = siblings[when.field] ?? holder.properties?.[when.field]?.default;
  return when.in.some((each) => each === value);
}

/** The field of one value; nothing where only a text editor can hold it. */
function field(
  schema: FieldSchema,
  value: unknown,
  path: FieldPath,
  name: string,
  required: boolean,
  { problems }: FieldContext,
): FormField | undefined {
  const control = controlOf(schema, value, required);
  if (control === undefined) {
    return undefined;
  }
  const label = labelOf(schema, name);
  const isEmpty =
    required && value === undefined && schema.default === undefined && control.type !== "checkbox";
  return {
    kind: "field",
    path,
    label,
    help: helpOf(schema),
    optional: !required && control.type !== "checkbox" && control.type !== "select",
    control,
    messages: isEmpty ? [missing(problems, path, label)] : problems.take(path),
    wide: control.type === "lines",
    buttons: [],
  };
}

/** A field of a text that is not of the cloud. */
export function textField(
  path: FieldPath,
  label: string,
  value: string,
  problems: Problems,
  {
    required = false,
    help = "",
    suggestions: known = [],
  }: { readonly required?: boolean; readonly help?: string; readonly suggestions?: readonly Option[] },
): FormField {
  return {
    kind: "field",
    path,
    label,
    help,
    optional: !required,
    control: { type: "text", value, suggestions: known, placeholder: "" },
    messages: required && value === "" ? [missing(problems, path, label)] : problems.take(path),
    wide: false,
    buttons: [],
  };
}

/** What an empty field that is needed says. */
export function missing(problems: Problems, path: FieldPath, label: string): FieldMessage {
  problems.take(path);
  problems.dropMissing(path);
  return { severity: "error", text: `${label} is needed.`, quote: null };
}

function list(
  schema: FieldSchema,
  value: unknown,
  path: FieldPath,
  name: string,
  context: FieldContext,
): FormList {
  const items = schema.items ?? { type: "object" };
  const title = labelOf(schema, name);
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const rows = values.map((each, index) =>
    collect(items, each, [...path, index], { group: "", advanced: false, needed: true }, context).map(
      ({ item }) => item,
    ),
  );
  return {
    kind: "list",
    path,
    title,
    help: schema.description ?? "",
    item: singular(title),
    rows,
    messages: listMessages(context.problems, path),
  };
}

/** A list that needs items and has none says so itself. */
function listMessages(problems: Problems, path: FieldPath): FieldMessage[] {
  const lacking = problems.dropMissing(path);
  return lacking.length > 0
    ? [{ severity: "error", text: "At least one is needed.", quote: null }]
    : problems.take(path);
}

function controlOf(schema: FieldSchema, value: unknown, required: boolean): Control | undefined {
  const text = textOf(value, schema);
  const placeholder =
    schema.default === undefined || schema.default === "" ? "" : textOf(schema.default, schema);
  switch (schema.type) {
    case "boolean":
      return { type: "checkbox", value: value === undefined ? schema.default === true : value === true };
    case "integer":
    case "number":
      return schema.enum === undefined
        ? {
            type: "number",
            value: text,
            min: schema.minimum ?? null,
            max: schema.maximum ?? null,
            whole: schema.type === "integer",
            placeholder,
          }
        : choice(schema, text, required);
    case "string":
      if (schema.enum !== undefined) {
        return choice(schema, text, required);
      }
      return schema.format === "multiline"
        ? { type: "lines", value: text, placeholder }
        : { type: "text", value: text, suggestions: suggestions(schema), placeholder };
    case "array":
      if (schema.items === undefined || schema.items.type === "array" || schema.items.type === "object") {
        return undefined;
      }
      return schema.items.format === "ssh-public-key"
        ? { type: "lines", value: text, placeholder }
        : {
            type: "text",
            value: text,
            suggestions: text === "" ? suggestions(schema.items) : [],
            placeholder,
          };
    case "object":
      return isFlatMap(schema) ? { type: "text", value: text, suggestions: [], placeholder } : undefined;
  }
}

/** One of few. Where nothing need be chosen, the first choice is to leave it to the default. */
function choice(schema: FieldSchema, value: string, required: boolean): Control {
  const known = (schema.enum ?? []).map(String);
  const preset = schema.default === undefined ? undefined : String(schema.default);
  // A value that the schema does not know stays visible; the problem is said below.
  const all = value === "" || known.includes(value) ? known : [...known, value];
  const options = all
    .filter((each) => each !== preset || value === each)
    .map((each): Option => ({ value: each, label: each }));
  const none: Option =
    preset === undefined
      ? { value: "", label: required ? "Choose one" : "Not set" }
      : { value: "", label: `${preset} (default)` };
  return {
    type: "select",
    value,
    groups: [
      { label: "", options: required && preset === undefined && value !== "" ? options : [none, ...options] },
    ],
  };
}

function suggestions({ examples = [] }: FieldSchema): Option[] {
  return examples.map((each) => ({ value: String(each), label: "" }));
}

function helpOf(schema: FieldSchema): string {
  const pairs = schema.type === "object" ? ["Pairs like key=value, with commas between."] : [];
  const several =
    schema.type === "array" && schema.items?.type !== "object"
      ? [schema.items?.format === "ssh-public-key" ? "One in each line." : "Several with commas between."]
      : [];
  return [schema.description ?? "", ...pairs, ...several].filter((part) => part !== "").join(" ");
}

function labelOf(schema: FieldSchema, name: string): string {
  const title = schema.title ?? name;
  return schema["x-unit"] === undefined ? title : `${title}, ${schema["x-unit"]}`;
}

function isListOfObjects({ type, items }: FieldSchema): boolean {
  return type === "array" && items?.type === "object" && items.properties !== undefined;
}

function isFlatMap({ additionalProperties }: FieldSchema): boolean {
  return typeof additionalProperties === "object" && !["object", "array"].includes(additionalProperties.type);
}

/** `Subnets` are made of one `Subnet`. */
function singular(title: string): string {
  const [word = title] = title.replace(/^(More|Additional) /, "").split(" of ");
  const plain = word.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** Within a sentence; names such as `API`, `ClusterClass` and `vCenter` stay. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z-]*(?![A-Za-z])/.test(text) && !/^[A-Z](?![a-z])/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}

/** The schema of the field at a path below a schema, for reading what was typed there. */
export function schemaOf(schema: FieldSchema | undefined, path: FieldPath): FieldSchema | undefined {
  return path.reduce<FieldSchema | undefined>(
    (at, part) =>
      typeof part === "number"
        ? at?.items
        : (at?.properties?.[part] ??
          (at?.additionalProperties === false ? undefined : at?.additionalProperties)),
    schema,
  );
}
