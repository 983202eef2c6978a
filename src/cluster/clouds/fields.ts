/**
 * One field of a cloud: JSON Schema as Kubernetes' own CRDs and ClusterClass variables have it, and what a form
 * needs besides. Forms, completion, hover, checks, the command line and the documentation are made of it.
 */
export interface FieldSchema {
  readonly type: "string" | "integer" | "number" | "boolean" | "object" | "array";
  /** What people call it, sentence case, without a full stop. */
  readonly title?: string;
  /** One or two sentences of help. */
  readonly description?: string;
  /** Suggestions. Any other value may be typed, unless there is an `enum`. */
  readonly examples?: readonly (string | number)[];
  readonly enum?: readonly (string | number)[];
  /** What happens where nothing is written; never written into the request. */
  readonly default?: unknown;
  readonly pattern?: string;
  readonly format?: FieldFormat;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: FieldSchema;
  /** In the order of the form. */
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  /** The values of a free map, or `false` where only `properties` may be written. */
  readonly additionalProperties?: FieldSchema | false;
  /** What the pattern wants, as the end of a sentence: "must be <this>". */
  readonly "x-pattern"?: string;
  /** Heading that the form puts it under; without one it stands with the field before. */
  readonly "x-group"?: string;
  /** Rarely needed: folded away. */
  readonly "x-advanced"?: true;
  /** Shown behind the input, for example `GiB`. */
  readonly "x-unit"?: string;
  /** Asked for only while a field beside it has one of these values. */
  readonly "x-when"?: { readonly field: string; readonly in: readonly (string | number | boolean)[] };
  /** Pools that it is for; both without it. */
  readonly "x-pools"?: "control-plane" | "worker";
  /** Where it goes, `Kind:path.of.field`: a refusal of that path is shown at this field. */
  readonly "x-path"?: string | readonly string[];
  /** Format `cidr` only: machines live in the range, so it may not overlap with pods and services. */
  readonly "x-network"?: true;
  /** Masked while typed and sent to the cluster only; allowed in cloud accounts, never in requests. */
  readonly "x-secret"?: true;
}

/** Formats that a text may have besides its pattern. */
export type FieldFormat =
  | "cidr"
  | "ip"
  | "hostname"
  | "uri"
  | "ssh-public-key"
  /** Several lines, for example a certificate. */
  | "multiline";

/** What one cloud asks for: `spec.cloudConfig`, and `cloudConfig` of each machine pool. */
export interface CloudFields {
  readonly cluster: FieldSchema;
  readonly pool: FieldSchema;
}

/** A cloud's `fields.json` as its type: TypeScript reads the words of a JSON file as any text. */
export function cloudFields(json: { readonly cluster: object; readonly pool: object }): CloudFields {
  return json as CloudFields;
}
