import { nearest } from "../../shared/nearest.ts";

/** What scripts/kubernetes.ts makes of the API of Kubernetes. */
export interface SchemaData {
  /** The minor release, `1.36`. */
  readonly release: string;
  /** Id of the type by `apiVersion/kind`; empty where only the kind is known. */
  readonly kinds: Readonly<Record<string, string>>;
  /** By id: a field a line, with name (and ! where it is required), type, values and what it means, apart by tabs. */
  readonly types: Readonly<Record<string, string>>;
}

/** What a field holds. `either` is a number or a text, `quantity` is `500m` or `2`. */
export type ManifestType =
  | { readonly kind: "text" | "integer" | "number" | "boolean" | "either" | "quantity" | "any" }
  | { readonly kind: "object"; readonly id: string }
  | { readonly kind: "list" | "map"; readonly item: ManifestType };

export interface ManifestField {
  readonly name: string;
  readonly type: ManifestType;
  /** One sentence, where the API has one. */
  readonly doc: string;
  /** All that it takes; of a list, what each item takes. Empty where anything goes. */
  readonly values: readonly string[];
  readonly required: boolean;
}

type Fields = ReadonlyMap<string, ManifestField>;

/** What a kind of object is to Kubernetes. */
export type KindState =
  /** An object with known fields. */
  | { readonly state: "known"; readonly type: ManifestType }
  /** Of another API, or one whose fields are not known here. */
  | { readonly state: "foreign" }
  /** The API has it elsewhere, or has one that is called alike. */
  | { readonly state: "absent"; readonly apiVersion?: string; readonly kind?: string };

/** Groups of Kubernetes' own that are gone. */
const REMOVED_GROUPS = new Set(["extensions"]);

const LETTERS: Readonly<Record<string, ManifestType>> = {
  s: { kind: "text" },
  i: { kind: "integer" },
  n: { kind: "number" },
  b: { kind: "boolean" },
  e: { kind: "either" },
  q: { kind: "quantity" },
  "*": { kind: "any" },
};

/** The kinds and fields of Kubernetes' own API. Types are read when somebody asks for them. */
export class KubernetesSchemas {
  readonly release: string;
  readonly #data: SchemaData;
  readonly #fields = new Map<string, Fields>();
  readonly #kinds: readonly { readonly apiVersion: string; readonly kind: string; readonly id: string }[];
  readonly #groups: ReadonlySet<string>;

  constructor(data: SchemaData) {
    this.release = data.release;
    this.#data = data;
    this.#kinds = Object.entries(data.kinds).map(([key, id]) => {
      const cut = key.lastIndexOf("/");
      return { apiVersion: key.slice(0, cut), kind: key.slice(cut + 1), id };
    });
    this.#groups = new Set([...REMOVED_GROUPS, ...this.#kinds.map(({ apiVersion }) => groupOf(apiVersion))]);
  }

  /** What an object says it is. */
  find(apiVersion: string, kind: string): KindState {
    const id = Object.hasOwn(this.#data.kinds, `${apiVersion}/${kind}`)
      ? this.#data.kinds[`${apiVersion}/${kind}`]
      : undefined;
    if (id !== undefined) {
      return id === "" ? { state: "foreign" } : { state: "known", type: { kind: "object", id } };
    }
    if (!this.#groups.has(groupOf(apiVersion)) || kind.endsWith("List")) {
      return { state: "foreign" };
    }
    const elsewhere = this.#kinds
      .filter((each) => each.kind === kind)
      .toSorted((a, b) => a.apiVersion.length - b.apiVersion.length);
    const best = elsewhere.find((each) => groupOf(each.apiVersion) === groupOf(apiVersion)) ?? elsewhere[0];
    if (best !== undefined) {
      return { state: "absent", apiVersion: best.apiVersion };
    }
    const meant = nearest(kind, this.kindsOf(apiVersion));
    return { state: "absent", ...(meant === undefined ? {} : { kind: meant }) };
  }

  /** Those whose fields are known. */
  apiVersions(): string[] {
    return [...new Set(this.#kinds.filter(({ id }) => id !== "").map(({ apiVersion }) => apiVersion))];
  }

  /** The kinds of an API version, or of all. */
  kindsOf(apiVersion: string | undefined): string[] {
    const found = this.#kinds.filter((each) => apiVersion === undefined || each.apiVersion === apiVersion);
    return [...new Set(found.filter(({ id }) => id !== "").map(({ kind }) => kind))];
  }

  /** The API versions that have a kind, the stable ones. */
  apiVersionsOf(kind: string): string[] {
    return this.#kinds.filter((each) => each.kind === kind && each.id !== "").map((each) => each.apiVersion);
  }

  /** The fields of an object; none of what is no object. */
  fieldsOf(type: ManifestType | undefined): Fields {
    if (type?.kind !== "object") {
      return new Map();
    }
    let fields = this.#fields.get(type.id);
    if (fields === undefined) {
      const lines = (this.#data.types[type.id] ?? "").split("\n").filter((line) => line !== "");
      fields = new Map(lines.map(fieldOf).map((field) => [field.name, field]));
      this.#fields.set(type.id, fields);
    }
    return fields;
  }

  /**
   * The type below a type, and the field that has it.
   * @param path keys; indexes and `[]` stand for items of a list
   */
  at(
    root: ManifestType,
    path: readonly (string | number)[],
  ): { readonly type: ManifestType | undefined; readonly field: ManifestField | undefined } {
    let type: ManifestType | undefined = root;
    let field: ManifestField | undefined;
    for (const step of path) {
      if (typeof step === "number" || step === "[]") {
        type = type?.kind === "list" ? type.item : undefined;
      } else if (type?.kind === "map") {
        type = type.item;
        field = undefined;
      } else {
        field = this.fieldsOf(type).get(step);
        type = field?.type;
      }
    }
    return { type, field };
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

function fieldOf(line: string): ManifestField {
  const [name = "", type = "", values = "", doc = ""] = line.split("\t");
  return {
    name: name.replace("!", ""),
    type: readType(type),
    doc,
    values: values === "" ? [] : values.split("|"),
    required: name.endsWith("!"),
  };
}

function readType(text: string): ManifestType {
  if (text.startsWith("[]")) {
    return { kind: "list", item: readType(text.slice(2)) };
  }
  if (text.startsWith("{}")) {
    return { kind: "map", item: readType(text.slice(2)) };
  }
  return text.startsWith("@") ? { kind: "object", id: text.slice(1) } : (LETTERS[text] ?? { kind: "any" });
}
