import {
  type FieldMessage,
  type FieldPath,
  type FormButton,
  type FormField,
  type FormItem,
  type FormSection,
  isFieldPath,
  isFieldValue,
} from "./form.ts";
import type { MessageShape } from "./messages.ts";

/** Everything that a button of the form can do. */
const CREATE_ACTIONS = [
  "addLayer",
  "changeManagementCluster",
  "checkEnvironment",
  "create",
  "editLayer",
  "editYaml",
  "firstProblem",
  "fixProfile",
  "installProvider",
  "newCloudAccount",
  "newProfile",
  "openObject",
  "openObjects",
  "openProfile",
  "copyText",
  "saveFile",
  "showLog",
  "showProgress",
  "stop",
  "validate",
] as const;
export type CreateAction = (typeof CREATE_ACTIONS)[number];
export type CreateButton = FormButton<CreateAction>;

type Tone = "pass" | "error" | "warning" | "info" | "sync";

/** What concerns the whole page, on top of it. */
export interface CreateNotice {
  readonly tone: Exclude<Tone, "pass">;
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly CreateButton[];
  readonly progress: { readonly done: number; readonly total: number } | null;
}

/** What hinders creating, each with the field that can solve it; `id` grows with each one that is new. */
export interface CreateSummary {
  readonly id: number;
  readonly title: string;
  readonly items: readonly {
    readonly path: FieldPath | null;
    readonly label: string;
    readonly text: string;
  }[];
}

/** What was found out about the management cluster before anything is typed. */
export interface CreateEnvironment {
  readonly tone: Tone;
  readonly text: string;
  readonly checks: readonly { readonly tone: Tone; readonly text: string }[];
  readonly buttons: readonly CreateButton[];
}

/** One row of the table of machine pools. */
export interface CreatePool {
  readonly path: FieldPath;
  readonly name: FormField;
  readonly size: FormField;
  /** Bounds, or why there are none. */
  readonly autoscaling: { readonly min: FormField; readonly max: FormField } | string;
  /** One cell for each column of the cloud; null where the pool has no such field. */
  readonly cells: readonly (FormField | null)[];
  readonly more: readonly FormItem[];
  /** Messages that belong to the pool as a whole. */
  readonly messages: readonly FieldMessage[];
  readonly title: string;
  /** Why it cannot be cloned and removed. */
  readonly fixed: string | null;
}

export interface CreatePools {
  readonly columns: readonly string[];
  readonly rows: readonly CreatePool[];
  readonly notes: readonly FormItem[];
  readonly messages: readonly FieldMessage[];
}

/** One layer whose values may differ for this cluster. */
export interface CreateLayer {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** Paths that are changed here, as text; empty where nothing is. */
  readonly changed: readonly string[];
}

export interface CreatePreview {
  /** What the document is called. */
  readonly file: string;
  readonly text: string;
  /** Numbers of lines with a problem, from 1. */
  readonly hits: readonly number[];
  readonly objects: readonly {
    readonly kind: string;
    readonly name: string;
    readonly note: string;
    readonly tone: Tone | null;
    readonly state: string;
  }[];
  /** Why there are no objects yet. */
  readonly noObjects: string;
  /** Shown in the badge of the tab. */
  readonly badge: string;
}

/** The form as the page draws it, in words that are ready to read. */
export interface CreateClusterForm {
  /** The last edit of the page that is in it. */
  readonly seq: number;
  readonly title: string;
  readonly facts: readonly string[];
  readonly headButtons: readonly CreateButton[];
  readonly notice: CreateNotice | null;
  readonly summary: CreateSummary | null;
  readonly environment: CreateEnvironment | null;
  readonly sections: readonly FormSection[];
  readonly pools: CreatePools | null;
  readonly sectionsAfter: readonly FormSection[];
  readonly layers: readonly CreateLayer[];
  readonly policies: FormSection | null;
  readonly preview: CreatePreview;
  readonly phase: "editing" | "validating" | "creating" | "stopping" | "done";
  /** Whether every problem is shown, also of fields that nobody touched. */
  readonly showAll: boolean;
  /** Whether *Create Cluster* can go ahead; the reason stands in the status. */
  readonly canCreate: boolean;
  readonly status: { readonly tone: Tone | null; readonly text: string };
}

/** What outlasts the window: no secret is in it. */
export interface KeptForm {
  readonly uri: string | null;
  readonly text: string;
}

export type CreateToView =
  | { readonly type: "show"; readonly form: CreateClusterForm; readonly keep: KeptForm }
  /** Goes to a field, unfolds what hides it. */
  | { readonly type: "focus"; readonly path: FieldPath };

export type CreateToHost =
  | { readonly type: "ready" }
  | {
      readonly type: "edit";
      readonly seq: number;
      readonly path: FieldPath;
      readonly value: string | boolean;
    }
  /** One more at the end of a list. */
  | { readonly type: "add"; readonly path: FieldPath }
  | { readonly type: "clone"; readonly path: FieldPath }
  | { readonly type: "remove"; readonly path: FieldPath }
  | { readonly type: "act"; readonly action: CreateAction; readonly argument: string | null };

/** What the host accepts from the page. */
export const CREATE_TO_HOST: MessageShape<CreateToHost> = {
  ready: {},
  edit: {
    seq: (value) => Number.isSafeInteger(value) && (value as number) > 0,
    path: isFieldPath,
    value: isFieldValue,
  },
  add: { path: isFieldPath },
  clone: { path: isFieldPath },
  remove: { path: isFieldPath },
  act: {
    action: (value) => (CREATE_ACTIONS as readonly unknown[]).includes(value),
    argument: (value) => value === null || (typeof value === "string" && value.length <= 500),
  },
};
