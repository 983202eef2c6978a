import type { RequestProblem } from "../../../cluster/index.ts";
import type { FieldMessage, FieldPath } from "../../../shared/form.ts";

/** One problem on its way to the field that shows it. */
interface Open {
  readonly path: FieldPath;
  readonly message: FieldMessage;
  readonly code: string | undefined;
  taken: boolean;
}

/** Something that the management cluster, or the form itself, says about a field. */
export interface FieldProblem extends FieldMessage {
  readonly path: FieldPath;
}

/**
 * The problems of a request on their way to the fields of the form. Each is taken by the first field that stands where
 * it is, or holds it; what nobody takes is left for the form to say on its own.
 */
export class Problems {
  readonly #open: Open[];

  constructor(found: readonly RequestProblem[], others: readonly FieldProblem[]) {
    this.#open = [
      ...found
        .filter(({ severity }) => severity === "error" || severity === "warning")
        .map(({ path, severity, message, code }) => ({
          path,
          message: {
            severity: severity === "error" ? ("error" as const) : ("warning" as const),
            text: message,
            quote: null,
          },
          code,
          taken: false,
        })),
      ...others.map(({ path, severity, text, quote }) => ({
        path,
        message: { severity, text, quote },
        code: undefined,
        taken: false,
      })),
    ];
  }

  /** The problems of the field at `path` and of all below it. */
  take(path: FieldPath): FieldMessage[] {
    return this.#take((each) => isBelow(each.path, path));
  }

  /** The problems of exactly this place. */
  takeAt(path: FieldPath): FieldMessage[] {
    return this.#take((each) => each.path.length === path.length && isBelow(each.path, path));
  }

  /**
   * Drops what the rules say about the absent field at `path`, or about what should hold it: the form says it at each
   * field that is empty. Such a problem stands at what is there, which can be far above.
   */
  dropMissing(path: FieldPath): FieldMessage[] {
    return this.#take(({ path: at, message }) => {
      const name = /^(\S+) is missing: /.exec(message.text)?.[1];
      const place = at.at(-1) === "poolConfig" ? at.slice(0, -1) : at;
      return name !== undefined && path.includes(name) && (isBelow(place, path) || isBelow(path, place));
    });
  }

  /** Takes the problems that `wanted` picks by their text. */
  takeSaying(wanted: RegExp): FieldMessage[] {
    return this.#take(({ message }) => wanted.test(message.text));
  }

  /** What no field has taken. */
  rest(): FieldProblem[] {
    return this.#open.filter(({ taken }) => !taken).map(({ path, message }) => ({ path, ...message }));
  }

  #take(wanted: (open: Open) => boolean): FieldMessage[] {
    const found = this.#open.filter((each) => !each.taken && wanted(each));
    for (const each of found) {
      each.taken = true;
    }
    return found.map(({ message }) => message);
  }
}

/** Whether `path` is `holder` or inside it. */
export function isBelow(path: FieldPath, holder: FieldPath): boolean {
  return path.length >= holder.length && holder.every((part, index) => part === path[index]);
}
