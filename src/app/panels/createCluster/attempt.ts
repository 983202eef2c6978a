import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { CreationPlan, ManagementCluster } from "../../../kube/index.ts";
import { describeError } from "../../../shared/errors.ts";
import type { FieldPath } from "../../../shared/form.ts";
import type { App } from "../../commands/command.ts";
import { isCancelled } from "../../errors.ts";
import type { Failure, Phase, Room, Validation } from "./model.ts";
import { isBelow } from "./problems.ts";
import { type RequestedInput, validate, write } from "./writing.ts";

const LIMIT_MS = 60_000;

/** What the management cluster would take. */
export interface Validated {
  readonly management: ManagementCluster;
  readonly plan: CreationPlan;
}

/** One request on its way to the management cluster: how far it is, and what came of the last try. */
export class Attempt {
  readonly #app: Pick<App, "connection" | "registries">;
  readonly #room: Room;
  readonly #onChange: () => void;
  #phase: Phase = { kind: "editing" };
  #validation: Validation | undefined;
  #failure: Failure | undefined;
  #stop: { readonly abort: AbortController; keep: boolean } | undefined;

  constructor(app: Pick<App, "connection" | "registries">, room: Room, onChange: () => void) {
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

  get isBusy(): boolean {
    return this.#phase.kind === "creating" || this.#phase.kind === "validating";
  }

  /** Whether the request can still be changed. */
  get isOpen(): boolean {
    return this.#phase.kind === "editing" || this.#phase.kind === "validating";
  }

  /** The request cannot be changed, or tried, for a reason that is no field's. */
  fail(title: string, error: unknown): void {
    this.#failure = { title, text: describeError(error), tone: "error" };
  }

  /** A field is being changed: what ended the last try is read, and what was refused there is solved until the next says otherwise. */
  touch(path: FieldPath): void {
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

  /** The request is another one than what was judged. */
  outdate(): void {
    if (this.#validation !== undefined) {
      this.#validation = { ...this.#validation, outdated: true };
    }
  }

  /** The request is of another cluster than what was judged. */
  forgetValidation(): void {
    this.#validation = undefined;
  }

  /** Has the management cluster judge every object. What it refuses, or why it could not, is said then. */
  async validate(input: RequestedInput, cloud: Cloud): Promise<Validated | "refused" | "failed"> {
    this.#failure = undefined;
    try {
      const management = await this.#app.connection.get();
      this.#enter({ kind: "validating", step: `Asking ${management.name} about every object.` });
      const signal = AbortSignal.timeout(LIMIT_MS);
      const { plan, validation } = await validate(
        management,
        {
          ...input,
          sources: await this.#app.registries.sources(),
          logins: await this.#app.registries.logins(),
        },
        cloud,
        this.#room,
        signal,
      );
      this.#validation = validation;
      return validation.refused.length > 0 ? "refused" : { management, plan };
    } catch (error) {
      if (!isCancelled(error)) {
        this.fail(`Cluster ${input.request.name} was not validated`, error);
      }
      return "failed";
    } finally {
      this.#enter({ kind: "editing" });
    }
  }

  /** Writes what was validated. Gives whether the cluster is written; what became of it is said otherwise. */
  async write({ management, plan }: Validated): Promise<boolean> {
    const { name } = plan.cluster;
    const stop = { abort: new AbortController(), keep: false };
    this.#stop = stop;
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
      return true;
    } catch (error) {
      this.#phase = { kind: "editing" };
      if (isCancelled(error)) {
        this.#failure = stopped(name, isLeft);
      } else {
        this.fail(`Cluster ${name} was not created`, error);
      }
      return false;
    } finally {
      this.#stop = undefined;
      this.#onChange();
    }
  }

  /** Ends writing: undoes what was written, or leaves it to be gone on with. What was said first counts. */
  stop(keep: boolean): void {
    const stop = this.#stop;
    if (stop !== undefined && !stop.abort.signal.aborted && this.#phase.kind === "creating") {
      stop.keep = keep;
      stop.abort.abort();
      this.#enter({ ...this.#phase, stopping: stopOf(stop) });
    }
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#onChange();
  }
}

function stopOf({
  abort,
  keep,
}: {
  readonly abort: AbortController;
  readonly keep: boolean;
}): "undo" | "leave" | undefined {
  return abort.signal.aborted ? (keep ? "leave" : "undo") : undefined;
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
