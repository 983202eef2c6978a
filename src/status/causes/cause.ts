import type { Cause, Source } from "../cause.ts";
import type { LayerStatus, TodoItem } from "../model.ts";
import type { Moment } from "../moment.ts";
import type { ClusterParts } from "../parts.ts";

/** Everything that a known cause can be told by. */
export interface Facts extends ClusterParts {
  /** What is not as it should be, what matters most first. */
  readonly lacking: readonly Cause[];
  /** Those of them that time alone does not remove. */
  readonly errors: readonly Cause[];
  readonly layers: readonly LayerStatus[] | undefined;
  readonly now: Moment;
}

/** A known cause that is the case. */
export interface Finding {
  /** One sentence that says what does not go on, and why. */
  readonly headline: string;
  /** What to do, first things first. */
  readonly todo: readonly TodoItem[];
  /** `attention` where it may still go on by itself. */
  readonly health: "bad" | "attention";
  /** The condition that says so; absent where no single one does. */
  readonly cause?: Source;
  /** Since when, where no condition says it. */
  readonly since?: string;
}

/** One thing that is known to stop clusters (engines.md 9): how to tell it, and what to do. */
export interface KnownCause {
  readonly id: string;
  /** It stops what is to come up: of a cluster that is being deleted it says nothing. */
  readonly ofCreation?: true;
  find(facts: Facts): Finding | undefined;
}
