import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { CreationPlan, ManagementCluster } from "../../../kube/index.ts";
import { describeError } from "../../../shared/errors.ts";
import type { FieldPath } from "../../../shared/form.ts";
import type { App } from "../../commands/command.ts";
import { isCancelled } from "../../errors.ts";
import type { Failure, Phase, Room, Validation } from "./model.ts";
import { sayFailure, sayWritten } from "./outcome.ts";
import { isBelow } from "./problems.ts";
import { type RequestedInput, validate, write } from "./writing.ts";

const LIMIT_MS = 60_000;

/** What the management cluster would take. */
export interface Validated {
  readonly management: ManagementCluster;
  readonly plan: CreationPlan;
}

/** The request that is tried, as its session has it. */
export interface Trial {
  readonly name: string;
  /** Ends once everything that was begun to change it is in it. */
  settled(): Promise<void>;
  /** What is asked about; nothing where something is wrong with it. */
  input(): { readonly requested: RequestedInput; readonly cloud: Cloud } | undefined;
}

/** What ends a try, and what becomes of what it has written then. */
interface Stop {
  readonly abort: AbortController;
  keep: boolean;
}

type AttemptApp = Pick<App, "connection" | "registries" | "log">;

/** One request on its way to the management cluster: how far it is, and what came of the last try. */
export class Attempt {
  readonly #app: AttemptApp;
  readonly #room: Room;
  readonly #onChange: () => void;
  #phase: Phase = { kind: "editing" };
  #validation: Validation | undefined;
  #failure: Failure | undefined;
  /** Of the try that is under way. */
  #stop: Stop | undefined;
  /** Counts what has changed, so that it is known of an answer whether it is to what is there now. */
  #edition = 0;
  #isUnseen = false;

  constructor(app: AttemptApp, room: Room, onChange: () => void) {
    this.#app = app;
    this.#room = room;
    this.#onChange = onChange;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get validation(): Validation | undefined {
    return this.#validation;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether the request can still be changed. */
  get isOpen(): boolean {
    return this.#phase.kind === "editing" || this.#phase.kind === "validating";
  }

  /** The request cannot be changed, or tried, for a reason that is no field's. */
  fail(title: string, error: unknown): void {
    this.#end(failureOf(title, error));
  }

  /** A field is being changed: what ended the last try is read, and what was refused there is solved until the next says otherwise. */
  touch(path: FieldPath): void {
    this.#edition += 1;
    this.#failure = undefined;
    if (this.#validation !== undefined) {
      const refused = this.#validation.refused.flatMap((object) => {
        const reasons = object.reasons.filter(
          (reason) =>
            reason.path === undefined || !(isBelow(reason.path, path) || isBelow(path, reason.path)),
        );
        return reasons.length === 0 ? [] : [{ ...object, reasons }];
      });
      this.#validation = { ...this.#validation, refused, outdated: true };
    }
  }

  /** The request, or what it is made with, is another one than what was judged. */
  outdate(): void {
    this.#edition += 1;
    if (this.#validation !== undefined) {
      this.#validation = { ...this.#validation, outdated: true };
    }
  }

  /** The request is of another cluster than what was judged, or for another management cluster. */
  forgetValidation(): void {
    this.#edition += 1;
    this.#validation = undefined;
  }

  /**
   * One try, from its first question to its last object, with one way to stop it. Gives false at once where the request
   * cannot be tried now.
   */
  async run(work: () => Promise<boolean>): Promise<boolean> {
    if (this.#isUnseen || this.#stop !== undefined || this.#phase.kind !== "editing") {
      return false;
    }
    this.#stop = { abort: new AbortController(), keep: false };
    this.#failure = undefined;
    try {
      return await work();
    } finally {
      this.#stop = undefined;
      this.#enter(this.phase.kind === "done" ? this.phase : { kind: "editing" });
    }
  }

  /**
   * Within a try: has the management cluster judge every object. `wrong` is what it refuses, and what cannot be asked
   * about; why it could not be asked, and that the request is another one by now, is said.
   */
  async validate({ name, settled, input }: Trial): Promise<Validated | "wrong" | "failed"> {
    const { signal } = this.#current.abort;
    try {
      await settled();
      const management = await this.#app.connection.get();
      signal.throwIfAborted();
      this.#enter({ kind: "validating", step: `Asking ${management.name} about every object.` });
      const edition = this.#edition;
      const asked = input();
      if (asked === undefined) {
        return "wrong";
      }
      const { plan, validation } = await validate(
        management,
        {
          ...asked.requested,
          sources: await this.#app.registries.sources(),
          logins: await this.#app.registries.logins(),
        },
        asked.cloud,
        this.#room,
        AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
      );
      await settled();
      signal.throwIfAborted();
      const outdated = edition !== this.#edition;
      this.#validation = { ...validation, outdated };
      if (validation.refused.length > 0) {
        return "wrong";
      }
      if (outdated) {
        this.#end(changedMeanwhile(name));
        return "failed";
      }
      return { management, plan };
    } catch (error) {
      if (!isCancelled(error)) {
        this.fail(`Cluster ${name} was not validated`, error);
      }
      return "failed";
    }
  }

  /** Within a try: writes what was validated. Gives whether the cluster is written; what became of it is said otherwise. */
  async write({ management, plan }: Validated): Promise<boolean> {
    const { name } = plan.cluster;
    const stop = this.#current;
    // Only where it came so far that something was there to leave.
    let isLeft = false;
    const total = plan.logins.length + plan.shared.length + plan.objects.length + 1;
    const say = (step: string, done: number) =>
      this.#enter({ kind: "creating", step, done, total, stopping: stopOf(stop) });
    say("Beginning", 0);
    try {
      await write(management, plan, {
        signal: stop.abort.signal,
        onProgress: ({ step, done }) => say(step, done),
        shouldUndo: () => {
          isLeft = stop.keep;
          return !isLeft;
        },
      });
      this.#phase = { kind: "done" };
      this.#app.log.info(`Cluster ${name} is written to ${management.name}.`);
      if (this.#isUnseen) {
        void sayWritten(plan.cluster);
      }
      return true;
    } catch (error) {
      const failure = isCancelled(error)
        ? stopped(name, isLeft)
        : failureOf(`Cluster ${name} was not created`, error);
      this.#end(failure);
      if (this.#isUnseen) {
        void sayFailure(failure, this.#app.log);
      }
      return false;
    }
  }

  /**
   * Ends the try. Where it is writing, it undoes what was written, or leaves it to be gone on with; what was said first
   * counts.
   */
  stop(keep: boolean): void {
    const stop = this.#stop;
    if (stop !== undefined && !stop.abort.signal.aborted) {
      stop.keep = keep;
      stop.abort.abort();
      if (this.#phase.kind === "creating") {
        this.#enter({ ...this.#phase, stopping: stopOf(stop) });
      }
    }
  }

  /** Nobody sees the form any more: what only asks ends. What is being written goes on, and what comes of it is said. */
  dispose(): void {
    this.#isUnseen = true;
    if (this.#phase.kind !== "creating") {
      this.#stop?.abort.abort();
    }
  }

  get #current(): Stop {
    if (this.#stop === undefined) {
      throw new Error("Only a try validates and writes");
    }
    return this.#stop;
  }

  #end(failure: Failure): void {
    this.#failure = failure;
    const line = `${failure.title}: ${failure.text}`;
    if (failure.tone === "error") {
      this.#app.log.error(line);
    } else {
      this.#app.log.info(line);
    }
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#onChange();
  }
}

function stopOf({ abort, keep }: Stop): "undo" | "leave" | undefined {
  return abort.signal.aborted ? (keep ? "leave" : "undo") : undefined;
}

function failureOf(title: string, error: unknown): Failure {
  return { title, text: describeError(error), tone: "error" };
}

function changedMeanwhile(name: string): Failure {
  return {
    title: `Cluster ${name} was changed while it was validated`,
    text: "The request, its profile or the management cluster is another one now. Nothing was written. Validate or create it again.",
    tone: "info",
  };
}

function stopped(name: string, isLeft: boolean): Failure {
  return isLeft
    ? {
        title: `Cluster ${name} is left unfinished`,
        text: "What was written runs nothing. Create it again to complete it, or delete it in the Clusters view.",
        tone: "info",
      }
    : {
        title: `Cluster ${name} was not created, everything is undone`,
        text: "Nothing that was only for it is left. The published profile stays.",
        tone: "info",
      };
}
