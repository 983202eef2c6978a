/**
 * What went wrong, as a value that crosses bundles: the extension, the kube chunk and the CLI each carry
 * their own copy of this class, so tell errors apart by `code` (see `isPaletteError`), never by `instanceof`.
 */
export type ErrorCode =
  /** The user's document is wrong; `message` names the first cause. */
  | "InvalidDocument"
  /** A name is taken by something that this request does not own. */
  | "AlreadyExists"
  | "NotFound"
  /** The API server refused for lack of a permission. */
  | "Forbidden"
  /** The API server, a webhook or a policy refused the object. */
  | "Refused"
  /** No answer, or the connection was cut. */
  | "Unreachable"
  /** Something is missing on this machine or on the management cluster (a program, a CRD, a provider). */
  | "Prerequisite"
  /** The user cancelled: never shown as an error. `next` says what became of what was written, where that is to be told. */
  | "Cancelled";

export interface ErrorDetail {
  /** What to do next, one sentence. */
  readonly next?: string;
  /** The engine's own words, unchanged. */
  readonly engine?: string;
  readonly cause?: unknown;
}

export class PaletteError extends Error {
  override readonly name = "PaletteError";
  readonly code: ErrorCode;
  readonly next: string | undefined;
  readonly engine: string | undefined;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, { cause: detail.cause });
    this.code = code;
    this.next = detail.next;
    this.engine = detail.engine;
  }
}

/** Whether `error` is a `PaletteError` of any bundle, and of `code` where one is given. */
export function isPaletteError(error: unknown, code?: ErrorCode): error is PaletteError {
  return (
    error instanceof Error &&
    error.name === "PaletteError" &&
    (code === undefined || (error as PaletteError).code === code)
  );
}

/** One line for a terminal or a notification: what happened, the engine's words, what to do next. */
export function describeError(error: unknown): string {
  if (!isPaletteError(error)) {
    return error instanceof Error ? error.message : String(error);
  }
  const engine = error.engine === undefined ? "" : `: "${error.engine.replace(/\s+/g, " ").trim()}"`;
  const next = error.next === undefined ? "" : ` ${error.next}`;
  const what = `${error.message}${engine}`;
  return `${what}${/[.!?]"?$/.test(what) ? "" : "."}${next}`;
}
