import type { MessageShape } from "./messages.ts";

/** Codicons that the profile stack uses, by what they stand for (mocks/README.md, Icons). */
export type StackIcon =
  | "vm"
  | "server-process"
  | "globe"
  | "database"
  | "package"
  | "arrow-swap"
  | "key"
  | "pulse"
  | "output"
  | "shield"
  | "question";

export interface StackProblem {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Title of the change that removes the problem, where there is one. */
  readonly fix: string | null;
}

/** A layer that the profile has. */
export interface StackLayer {
  readonly kind: "layer";
  /** Its place in the list of packs. */
  readonly index: number;
  /** Lower numbers are installed first, equal ones at the same time; absent where the layer's kind is not known. */
  readonly order: number | null;
  readonly icon: StackIcon;
  readonly title: string;
  readonly details: string;
  readonly version: string;
  readonly mandatory: boolean;
  readonly problems: readonly StackProblem[];
}

/** A mandatory layer that is not there. */
export interface StackGap {
  readonly kind: "gap";
  readonly order: number;
  readonly icon: StackIcon;
  readonly title: string;
  readonly reason: string;
  /** Code of the rule that asks for the layer, and title of the fix that adds it. */
  readonly add: { readonly code: string; readonly fix: string } | null;
}

export interface StackSection {
  readonly title: string;
  /** How many there are, and whether they must be. */
  readonly note: string;
  /** From the top of the stack down. */
  readonly rows: readonly (StackLayer | StackGap)[];
  /** What to say where there are no rows. */
  readonly empty: string;
}

/** A profile as the view draws it, in words that are ready to read. */
export interface ProfileStack {
  readonly name: string;
  readonly facts: readonly string[];
  readonly status: {
    readonly icon: "pass" | "warning" | "error" | "history";
    readonly text: string;
    readonly canStep: boolean;
  };
  /** Whether a cluster can be made from it; `never` for profiles without infrastructure. */
  readonly cluster: "ready" | "blocked" | "never";
  /** Set while the text cannot be read; the rest is as it was before. */
  readonly stale: { readonly line: number; readonly message: string } | null;
  /** What is wrong with the profile and with none of its layers. */
  readonly problems: readonly StackProblem[];
  readonly sections: readonly StackSection[];
  readonly help: string;
}

/** What the host tells the view. */
export type StackToView =
  /** The profile to draw, or none. */
  | { readonly type: "show"; readonly stack: ProfileStack | null }
  /** The layer that holds the cursor. */
  | { readonly type: "current"; readonly index: number | null };

/** What the view asks of the host. Layers are named by their place in the list of packs. */
export type StackToHost =
  | { readonly type: "ready" }
  | { readonly type: "openLayer"; readonly index: number }
  | { readonly type: "openLine"; readonly line: number }
  | { readonly type: "nextProblem" }
  /** `index` is null for a problem of the profile. */
  | { readonly type: "fix"; readonly index: number | null; readonly code: string; readonly fix: string }
  | { readonly type: "addLayer" }
  | { readonly type: "createCluster" }
  | { readonly type: "newProfile" };

const isPlace = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isShortText = (value: unknown) => typeof value === "string" && value.length <= 500;

/** What the host accepts from the view. */
export const STACK_TO_HOST: MessageShape<StackToHost> = {
  ready: {},
  openLayer: { index: isPlace },
  openLine: { line: isPlace },
  nextProblem: {},
  fix: { index: (value) => value === null || isPlace(value), code: isShortText, fix: isShortText },
  addLayer: {},
  createCluster: {},
  newProfile: {},
};
