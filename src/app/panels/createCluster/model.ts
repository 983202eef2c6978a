import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type * as ClusterRoom from "../../../cluster/index.ts";
import type { ClusterRequest } from "../../../cluster/model.ts";
import type { CloudAccounts, Finding } from "../../../kube/index.ts";
import type { Profile } from "../../../profile/model.ts";
import type { Option, OptionGroup } from "../../../shared/form.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { ProfileStack } from "../../../shared/profileStack.ts";
import type { FieldProblem } from "./problems.ts";

export type Room = typeof ClusterRoom;

/** The profile that the request names, as far as it was found. */
export type ChosenProfile =
  | { readonly kind: "none" }
  | { readonly kind: "loading" }
  | {
      readonly kind: "usable";
      /** Value of its option. */
      readonly choice: string;
      readonly profile: Profile;
      readonly text: string;
      readonly stack: ProfileStack | undefined;
      /** Whether there is a file that *Open Profile* can open for writing. */
      readonly isFile: boolean;
    }
  | {
      readonly kind: "unusable";
      readonly choice: string;
      /** What it is called, and what is wrong with it, whole sentences. */
      readonly problem: string;
      readonly stack: ProfileStack | undefined;
      readonly isFile: boolean;
    };

/** Something that takes a while, and what came of it. */
export type Answer<T> =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "failed"; readonly message: string };

/** What the management cluster said to every object of the request. */
export interface Validation {
  /** When, ready to read. */
  readonly at: string;
  readonly count: number;
  readonly refused: readonly RefusedObject[];
  /** Whether the request was changed since. */
  readonly outdated: boolean;
}

export interface RefusedObject {
  readonly kind: string;
  readonly name: string;
  readonly reasons: readonly {
    readonly path: readonly (string | number)[] | undefined;
    readonly message: string;
    readonly next: string | undefined;
  }[];
}

/** What is going on with the request. */
export type Phase =
  | { readonly kind: "editing" }
  | { readonly kind: "validating"; readonly step: string }
  | {
      readonly kind: "creating";
      readonly step: string;
      readonly done: number;
      readonly total: number;
      /** What becomes of what was written, once the user stopped it. */
      readonly stopping: "undo" | "leave" | undefined;
    }
  | { readonly kind: "done" };

/** What ended a try to create or validate, where no field is to blame. */
export interface Failure {
  readonly title: string;
  readonly text: string;
  readonly tone: "error" | "info";
}

/** Everything that the form is drawn from. */
export interface FormModel {
  readonly room: Room;
  /** The text that the form shows: the document's, or the last that could be read. */
  readonly text: string;
  /** Set while the document cannot be read. */
  readonly broken: { readonly line: number; readonly message: string } | undefined;
  readonly file: string;
  readonly request: ClusterRequest;
  readonly cloud: Cloud | undefined;
  readonly profile: ChosenProfile;
  readonly profileChoices: readonly OptionGroup[];
  /** The add-on profiles of the request, in its order, as far as they were found. */
  readonly addOns: readonly ChosenProfile[];
  readonly addOnChoices: readonly Option[];
  readonly management: { readonly name: string; readonly isSandbox: boolean } | undefined;
  /** Why there is none. */
  readonly unconnected: string;
  /** Whether one may be there any moment. */
  readonly connecting: boolean;
  readonly namespaces: readonly string[];
  /** Clusters of the management cluster. */
  readonly taken: readonly { readonly name: string; readonly namespace: string }[];
  readonly accounts: Answer<CloudAccounts>;
  readonly environment: Answer<readonly Finding[]>;
  /** Masked variables whose value is known to this window. */
  readonly secrets: ReadonlySet<string>;
  /** Values that layers have for this cluster, as paths. */
  readonly changedValues: ReadonlyMap<string, readonly string[]>;
  readonly objects: readonly KubeObject[];
  /** How many of them, from the first on, other clusters have too. */
  readonly shared: number;
  /** Problems that only the form knows. */
  readonly problems: readonly FieldProblem[];
  readonly validation: Validation | undefined;
  readonly failure: Failure | undefined;
  readonly phase: Phase;
  readonly seq: number;
  readonly showAll: boolean;
  readonly summaryId: number;
}
