import type { MessageShape } from "./messages.ts";

/** What a state looks like; the word beside it says the same. */
export type ImportTone = "pass" | "info" | "warning" | "error" | "sync" | "circle-large-outline" | "discard";

/** A state in words, with its look. */
export interface ImportState {
  readonly tone: ImportTone;
  readonly text: string;
}

/** One context that a kubeconfig has. */
export interface ImportContext {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly server: string;
  readonly chosen: boolean;
  /** Name of the cluster, and what is wrong with it. */
  readonly name: string;
  readonly nameError: string | null;
  readonly state: ImportState | null;
}

interface ImportCheckRow {
  readonly title: string;
  readonly here: ImportState;
  readonly there: ImportState;
}

/** An object that will be written. */
export interface ImportObject {
  readonly kind: string;
  readonly name: string;
  readonly note: string;
  readonly state: ImportState | null;
}

/** The panel as the page draws it, in words that are ready to read. */
export interface ImportForm {
  readonly management: string;
  readonly phase: "editing" | "checking" | "importing" | "done";
  readonly several: boolean;
  readonly contexts: readonly ImportContext[];
  /** Kubeconfig files that could not be read, with why. */
  readonly broken: readonly string[];
  readonly namespace: string;
  readonly namespaceError: string | null;
  readonly labels: string;
  readonly labelsError: string | null;
  readonly address: string;
  readonly addressError: string | null;
  readonly tlsServerName: string;
  readonly proxyUrl: string;
  readonly mode: "read-only" | "full";
  /** A program that the context runs to sign in, not allowed yet. */
  readonly consent: { readonly command: string; readonly file: string } | null;
  readonly checks: readonly ImportCheckRow[];
  /** What runs there, in one line and in pairs. */
  readonly found: {
    readonly summary: string;
    readonly facts: readonly (readonly [title: string, value: string])[];
  } | null;
  readonly onCluster: { readonly title: string; readonly objects: readonly ImportObject[] };
  readonly onManagement: { readonly title: string; readonly objects: readonly ImportObject[] };
  readonly progress: { readonly done: number; readonly total: number; readonly text: string } | null;
  readonly notice: {
    readonly tone: "pass" | "error";
    readonly title: string;
    readonly lines: readonly string[];
  } | null;
  /** Whether it can be imported; the reason why not stands in the status. */
  readonly canImport: boolean;
  readonly primary: string;
  readonly status: ImportState;
}

const IMPORT_FIELDS = ["namespace", "labels", "address", "tlsServerName", "proxyUrl", "mode"] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const IMPORT_ACTIONS = [
  "addKubeconfig",
  "several",
  "one",
  "allow",
  "check",
  "import",
  "stop",
  "again",
  "openYaml",
  "copyManifest",
  "createProfile",
  "showClusters",
  "changeManagementCluster",
] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

export interface ImportToView {
  readonly type: "show";
  readonly form: ImportForm;
}

export type ImportToHost =
  | { readonly type: "ready" }
  | { readonly type: "edit"; readonly field: ImportField; readonly value: string }
  | { readonly type: "choose"; readonly id: string; readonly on: boolean }
  | { readonly type: "rename"; readonly id: string; readonly name: string }
  | { readonly type: "act"; readonly action: ImportAction };

const isText = (value: unknown): boolean => typeof value === "string" && value.length <= 2000;

/** What the host accepts from the page. */
export const IMPORT_TO_HOST: MessageShape<ImportToHost> = {
  ready: {},
  edit: { field: (value) => (IMPORT_FIELDS as readonly unknown[]).includes(value), value: isText },
  choose: { id: isText, on: (value) => typeof value === "boolean" },
  rename: { id: isText, name: isText },
  act: { action: (value) => (IMPORT_ACTIONS as readonly unknown[]).includes(value) },
};
