import type { CreateClusterForm, CreatePool } from "../../shared/createCluster.ts";
import type { Control, FieldPath, FormField, FormItem, FormList } from "../../shared/form.ts";

/** One line of the quick pick of *Create Cluster*: a part of the form that can be asked for. */
export type Entry =
  | { readonly kind: "field"; readonly section: string; readonly field: FormField }
  | { readonly kind: "list"; readonly section: string; readonly list: FormList }
  | { readonly kind: "pool"; readonly section: string; readonly pool: CreatePool }
  | {
      readonly kind: "more";
      readonly section: string;
      readonly title: string;
      readonly items: readonly FormItem[];
    }
  | { readonly kind: "note"; readonly section: string; readonly text: string };

/** Everything of a form that can be asked for, in its order; what is folded there is one line here. */
export function entriesOf(form: CreateClusterForm): Entry[] {
  return [
    ...form.sections.flatMap(({ title, items }) => entriesIn(items, title)),
    ...(form.pools?.rows ?? []).map((pool): Entry => ({ kind: "pool", section: "Machine pools", pool })),
    ...(form.pools?.notes ?? []).flatMap((item) => entriesIn([item], "Machine pools")),
    ...form.sectionsAfter.flatMap(({ title, items }) => entriesIn(items, title)),
  ];
}

/** The parts of some items of a form. */
export function entriesIn(items: readonly FormItem[], section: string): Entry[] {
  return items.flatMap((item): Entry[] => {
    switch (item.kind) {
      case "field":
        return [{ kind: "field", section, field: item }];
      case "list":
        return [{ kind: "list", section, list: item }];
      case "group":
        return item.folded
          ? [{ kind: "more", section, title: item.title, items: item.items }]
          : entriesIn(item.items, item.title === "" ? section : item.title);
      case "note":
        return [{ kind: "note", section, text: item.text }];
      default:
        return [];
    }
  });
}

/** What a machine pool asks for. */
export function poolItems({ name, size, autoscaling, cells, more }: CreatePool): FormItem[] {
  return [
    name,
    size,
    ...(typeof autoscaling === "string" ? [] : [autoscaling.min, autoscaling.max]),
    ...cells.filter((cell) => cell !== null),
    ...more,
  ];
}

/** Asked first, also where they have a value to begin with. */
const FIRST = [
  /^@profile$/,
  /^spec\.cloudType$/,
  /^metadata\.(?:name|namespace)$/,
  /^spec\.cloudAccount$/,
  /^spec\.machinePools\.\d+\.poolConfig\.size$/,
];

/**
 * The next field to ask for before the overview: what every cluster needs to be asked and what is wrong or missing, in
 * the order of the form; each once.
 */
export function nextField(form: CreateClusterForm, asked: ReadonlySet<string>): FormField | undefined {
  return fieldsOf(form).find(
    (field) =>
      !asked.has(keyOf(field.path)) &&
      (errorOf(field) !== undefined ||
        (FIRST.some((pattern) => pattern.test(keyOf(field.path))) && hasChoice(field.control))),
  );
}

/** Every field of a form, also the folded ones and those of lists and pools; labels say which pool. */
export function fieldsOf(form: CreateClusterForm): FormField[] {
  return [
    ...form.sections.flatMap(({ items }) => items.flatMap(fieldsIn)),
    ...(form.pools?.rows ?? []).flatMap((pool) =>
      poolItems(pool)
        .flatMap(fieldsIn)
        .map((field) => ({ ...field, label: `${field.label} of ${pool.title}` })),
    ),
    ...form.sectionsAfter.flatMap(({ items }) => items.flatMap(fieldsIn)),
  ];
}

function fieldsIn(item: FormItem): FormField[] {
  switch (item.kind) {
    case "field":
      return [item];
    case "group":
      return item.items.flatMap(fieldsIn);
    case "list":
      return item.rows.flatMap((row) => row.flatMap(fieldsIn));
    default:
      return [];
  }
}

/** Whether there is anything to decide. */
function hasChoice(control: Control): boolean {
  return control.type !== "select" || control.groups.flatMap(({ options }) => options).length > 1;
}

export function keyOf(path: FieldPath): string {
  return path.join(".");
}

/** The first error of a field, with the engine's words. */
export function errorOf({ messages }: Pick<FormField, "messages">): string | undefined {
  const found = messages.find(({ severity }) => severity === "error");
  return found === undefined ? undefined : [found.text, found.quote ?? ""].join(" ").trim();
}

/** The first error of anything in an entry. */
export function errorIn(entry: Entry): string | undefined {
  switch (entry.kind) {
    case "field":
      return errorOf(entry.field);
    case "list":
      return errorOf(entry.list) ?? entry.list.rows.flat().flatMap(fieldsIn).map(errorOf).find(isText);
    case "pool":
      return errorOf(entry.pool) ?? poolItems(entry.pool).flatMap(fieldsIn).map(errorOf).find(isText);
    case "more":
      return entry.items.flatMap(fieldsIn).map(errorOf).find(isText);
    case "note":
      return undefined;
  }
}

/** The value of a control as one line. */
export function shownValue(control: Control): string {
  switch (control.type) {
    case "checkbox":
      return control.value ? "yes" : "no";
    case "secret":
      return control.state === "given" ? "••••••••" : "";
    case "select": {
      const all = control.groups.flatMap(({ options }) => options);
      return all.find(({ value }) => value === control.value)?.label ?? control.value;
    }
    case "lines":
      return control.value.split("\n")[0] ?? "";
    default:
      return control.value === "" && control.placeholder !== ""
        ? `${control.placeholder} (default)`
        : control.value;
  }
}

/** A machine pool as one line: `3 machines, m5.large`. */
export function poolText({ size, cells }: CreatePool): string {
  const number = shownValue(size.control);
  const own = cells
    .flatMap((cell) => (cell === null ? [] : [shownValue(cell.control)]))
    .filter((text) => text !== "");
  return [`${number} ${number === "1" ? "machine" : "machines"}`, ...own].join(", ");
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}
