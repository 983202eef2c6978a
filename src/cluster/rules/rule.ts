import type { Diagnostic } from "../../shared/diagnostic.ts";
import type { RequestView } from "../view.ts";

export type Finding = Omit<Diagnostic, "code">;

/** One rule of cluster requests; its page is docs/rules/<code>.md. */
export interface Rule {
  readonly code: string;
  /** Finds every violation. Silent about what the shape check says: values of the wrong kind. */
  check(request: RequestView): Iterable<Finding>;
}
