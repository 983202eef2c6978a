import type { MessageShape } from "./messages.ts";

/** What a state looks like; the word beside it says the same. */
export type ProgressTone = "ok" | "busy" | "warning" | "error" | "waiting" | "none" | "stale";

/** A time that the page counts from, ISO 8601; null where it is not known. */
type Since = string | null;

/** One headline: what it is doing, or what stops it. */
export interface ProgressNotice {
  readonly tone: "busy" | "warning" | "error";
  readonly headline: string;
  readonly since: Since;
  /** What follows the time, whole sentences; may be empty. */
  readonly text: string;
  readonly todo: readonly { readonly text: string; readonly link: string | null }[];
  /** Where the headline comes from, and in which words. */
  readonly source: {
    readonly title: string;
    readonly kind: string;
    readonly name: string;
    readonly text: string;
  } | null;
}

export interface ProgressStep {
  readonly title: string;
  readonly tone: ProgressTone;
  /** Whether it is the one to look at. */
  readonly isCurrent: boolean;
  /** For screen readers and beside the detail, where the icon alone would say it: "Done", "Blocked". */
  readonly word: string;
  /** Runs while the step does; a step that is done has seconds. */
  readonly since: Since;
  readonly seconds: number | null;
  readonly detail: string;
}

interface ProgressMachine {
  readonly name: string;
  /** Empty where its cloud has no zones. */
  readonly zone: string;
  readonly tone: ProgressTone;
  readonly state: string;
  readonly since: Since;
}

export interface ProgressPool {
  readonly name: string;
  readonly detail: string;
  readonly tone: ProgressTone;
  readonly state: string;
  readonly machines: readonly ProgressMachine[];
}

export interface ProgressLayer {
  readonly name: string;
  readonly kind: string;
  readonly tone: ProgressTone;
  readonly state: string;
  readonly version: string;
}

export interface ProgressEvent {
  readonly time: string;
  readonly isWarning: boolean;
  readonly text: string;
  readonly object: string;
}

/** The connection is gone: what is shown is the last known state. */
export interface ProgressStale {
  readonly management: string;
  readonly since: Since;
  readonly nextTry: Since;
}

/** One fact of a cluster that runs; `date` comes before `value` where it is not null. */
export interface ProgressFact {
  readonly title: string;
  readonly date: Since;
  readonly value: string;
}

/** A cluster as its panel shows it. */
export interface ClusterProgress {
  readonly name: string;
  readonly phase: "creating" | "running" | "deleting";
  /** The management cluster's clock, which all times are of. */
  readonly now: string;
  readonly status: { readonly tone: ProgressTone; readonly text: string; readonly since: Since };
  readonly facts: readonly string[];
  readonly stale: ProgressStale | null;
  readonly notice: ProgressNotice | null;
  /** Spoken when `key` changes, not when a number in the text does. */
  readonly spoken: { readonly key: string; readonly text: string };
  readonly steps: readonly ProgressStep[];
  readonly overview: readonly ProgressFact[];
  /** Whether add-on profiles can be attached: something runs on its machines. */
  readonly takesLayers: boolean;
  readonly pools: readonly ProgressPool[];
  readonly layers: readonly ProgressLayer[];
  readonly events: readonly ProgressEvent[];
}

/** There is nothing to show, and why. */
export interface ProgressEmpty {
  readonly title: string;
  readonly text: string;
  readonly actions: readonly ("retry" | "showLog" | "close")[];
}

/** What the host tells the page. */
export type ProgressToView =
  | { readonly type: "show"; readonly progress: ClusterProgress; readonly keep: unknown }
  | { readonly type: "empty"; readonly empty: ProgressEmpty; readonly keep: unknown };

/** What the page asks of the host. */
export type ProgressToHost =
  | { readonly type: "ready" }
  | {
      readonly type: "act";
      readonly action:
        | "attachProfile"
        | "copyDiagnostics"
        | "copyMessage"
        | "openYaml"
        | "openSource"
        | "openKubeconfig"
        | "deleteCluster"
        | "retry"
        | "showLog"
        | "close";
    }
  /** Opens the link of one thing to do. */
  | { readonly type: "link"; readonly index: number }
  /** Opens a machine's object. */
  | { readonly type: "machine"; readonly name: string };

const ACTIONS: readonly string[] = [
  "attachProfile",
  "copyDiagnostics",
  "copyMessage",
  "openYaml",
  "openSource",
  "openKubeconfig",
  "deleteCluster",
  "retry",
  "showLog",
  "close",
];

/** What the host accepts from the page. */
export const PROGRESS_TO_HOST: MessageShape<ProgressToHost> = {
  ready: {},
  act: { action: (value) => typeof value === "string" && ACTIONS.includes(value) },
  link: { index: (value) => Number.isSafeInteger(value) && (value as number) >= 0 },
  machine: { name: (value) => typeof value === "string" && value.length <= 253 },
};
