import { LAYERS, PACK_TYPES, PROFILE_TYPES } from "./model.ts";

/** What a field holds. `text` takes any scalar, as Palette's import does; `map` is free-form. */
type FieldKind = "text" | "boolean" | "map" | "list" | "object";

/** One field of Palette's profile format: the one table behind shape checks, completion, hover and the JSON Schema. */
export interface FieldShape {
  readonly kind: FieldKind;
  /** One or two sentences: what it means to Palette. */
  readonly doc: string;
  /** The fields of an object, or of each item of a list. */
  readonly fields?: Readonly<Record<string, FieldShape>>;
  /** What one item of a list is called. */
  readonly item?: string;
  readonly values?: readonly string[];
  /** Without it nothing below can be judged: its absence is an error of the shape, not of a rule. */
  readonly required?: boolean;
  /** A rule reports its absence, so a misspelled name of it is an error. */
  readonly needed?: boolean;
  /** YAML inside text. */
  readonly yaml?: boolean;
  /** Written by Palette's API; accepted, but not offered. */
  readonly internal?: boolean;
}

export const VARIABLE_FORMATS = [
  "string",
  "number",
  "boolean",
  "ipv4",
  "ipv4cidr",
  "ipv6",
  "version",
  "base64",
] as const;
export const INPUT_TYPES = ["text", "dropdown", "multiline"] as const;
const REGISTRY_KINDS = ["pack", "helm", "oci"] as const;
const PROVIDER_TYPES = ["helm", "zarf", "pack"] as const;

const text = (doc: string): FieldShape => ({ kind: "text", doc });
const needed = (doc: string): FieldShape => ({ kind: "text", doc, needed: true });
const flag = (doc: string): FieldShape => ({ kind: "boolean", doc });
const internal = (kind: FieldKind, doc: string): FieldShape => ({ kind, doc, internal: true });

const MANIFEST: Readonly<Record<string, FieldShape>> = {
  name: text("Name of the manifest, unique in its layer."),
  content: {
    kind: "text",
    yaml: true,
    doc: "Kubernetes objects as YAML. An object without a namespace goes to `default`.",
  },
};

const REGISTRY: Readonly<Record<string, FieldShape>> = {
  metadata: {
    kind: "object",
    doc: "Which registry it is.",
    fields: {
      name: text("Name of the registry, for example `Public Repo`."),
      uid: text("Palette's id of the registry."),
      kind: { kind: "text", doc: "What the registry holds.", values: REGISTRY_KINDS },
      isPrivate: flag("Whether it asks for credentials."),
      providerType: { kind: "text", doc: "What an OCI registry serves.", values: ["", ...PROVIDER_TYPES] },
    },
  },
};

const PACK: Readonly<Record<string, FieldShape>> = {
  name: needed("Name of the pack, unique in the profile."),
  type: { kind: "text", doc: "Where the layer comes from; `spectro` if absent.", values: PACK_TYPES },
  layer: {
    kind: "text",
    doc: "The layer it fills: operating system, Kubernetes, network, storage or add-on.",
    values: LAYERS,
    needed: true,
  },
  version: text("Version of the pack."),
  tag: text("Exact version (`1.36.4`), or a train such as `1.36.x` that follows the newest release."),
  values: {
    kind: "text",
    yaml: true,
    doc: "The pack's values as YAML text: `pack`, `charts.<chart>`, `manifests.<manifest>`, `kubeadmconfig`.",
  },
  manifests: {
    kind: "list",
    item: "manifest",
    doc: "Kubernetes manifests that belong to the layer.",
    fields: MANIFEST,
  },
  registry: { kind: "object", doc: "The registry that the pack comes from.", fields: REGISTRY },
  uid: text("Palette's id of the pack; stands for name, tag and registry."),
  registryUid: text("Palette's id of the registry."),
  registryName: text("Name of the registry; not together with `registryUid`."),
  packUid: internal("text", "Palette's id of the pack in its own store."),
  server: internal("text", "Address of the registry."),
  digest: internal("text", "Digest of the pack."),
  logo: internal("text", "Path of the logo."),
  presets: internal("list", "Presets that the pack offers."),
  schema: internal("list", "Constraints of the pack's values."),
  params: internal("map", "Parameters passed at installation."),
  annotations: internal("map", "Annotations of the pack."),
  isInvalid: internal("boolean", "Whether the tag is gone from the registry."),
  inValidReason: internal("text", "Why the pack is invalid."),
};

const OPTION: Readonly<Record<string, FieldShape>> = {
  value: text("The value that is set."),
  label: text("What the user reads; the value if absent."),
  description: text("What choosing it means."),
  default: flag("Whether it is chosen at first."),
};

const VARIABLE: Readonly<Record<string, FieldShape>> = {
  name: needed("Name used in `{{.spectro.var.NAME}}`, unique in the profile."),
  displayName: text("What the user reads; unique in the profile."),
  description: text("What the variable is for."),
  format: { kind: "text", doc: "Format of the value; `string` if absent.", values: VARIABLE_FORMATS },
  inputType: { kind: "text", doc: "How it is asked; `text` if absent.", values: INPUT_TYPES },
  options: { kind: "list", item: "option", doc: "The choices of a dropdown.", fields: OPTION },
  defaultValue: text("Value where a cluster sets none."),
  regex: text("Pattern (RE2) that the value must match."),
  required: flag("Whether a value must be given."),
  immutable: flag("Read-only: a cluster cannot change the value. Needs a default."),
  isSensitive: flag("Masked: the value is shown nowhere and not exported."),
  hidden: flag("Not shown when a cluster is created. Needs a default if required."),
  isHidden: internal("boolean", "Another spelling of `hidden`."),
};

const TEMPLATE: Readonly<Record<string, FieldShape>> = {
  type: {
    kind: "text",
    values: PROFILE_TYPES,
    needed: true,
    doc: "`cluster` (full), `infra` (infrastructure), `add-on`, or `system`.",
  },
  cloudType: needed("The cloud this profile is for; `all` only for add-on and system profiles."),
  packs: {
    kind: "list",
    item: "layer",
    needed: true,
    doc: "The layers, from the bottom of the stack: operating system, Kubernetes, network, storage, then add-ons.",
    fields: PACK,
  },
};

/** The whole file: palette.md 2.7 and Appendix B. */
export const PROFILE_SHAPE: FieldShape = {
  kind: "object",
  doc: "A cluster profile in the format that Palette exports and imports.",
  fields: {
    metadata: {
      kind: "object",
      required: true,
      doc: "Name, description and labels of the profile.",
      fields: {
        name: needed("Name of the profile; its versions share it."),
        description: text("What the profile is for."),
        labels: { kind: "map", doc: "Labels of the profile." },
        uid: internal("text", "Palette's id of the profile."),
        annotations: internal("map", "Annotations of the profile."),
        creationTimestamp: internal("text", "When Palette stored it."),
        lastModifiedTimestamp: internal("text", "When Palette changed it last."),
      },
    },
    spec: {
      kind: "object",
      required: true,
      doc: "Version, layers and variables.",
      fields: {
        version: text("Version of the profile, strict semantic versioning; `1.0.0` if absent."),
        template: {
          kind: "object",
          required: true,
          doc: "Type, cloud and layers.",
          fields: TEMPLATE,
        },
        variables: {
          kind: "list",
          item: "variable",
          doc: "Variables that a cluster sets, used as `{{.spectro.var.NAME}}` in values.",
          fields: VARIABLE,
        },
      },
    },
  },
};
