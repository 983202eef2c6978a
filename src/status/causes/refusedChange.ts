import type { KnownCause } from "./cause.ts";
import { errorLike } from "./words.ts";

const SKIPPED = /version.{0,120}(?:skip|increment|more than one minor)|cannot update Kubernetes version/i;
const REFUSED = /field is immutable|is immutable|admission webhook .* denied the request/i;

/** A webhook refuses what a controller writes: an immutable template, a version that skips minors, a policy. */
export const refusedChange: KnownCause = {
  id: "refused-change",
  find(facts) {
    const skipped = errorLike(facts, SKIPPED);
    const cause = skipped ?? errorLike(facts, REFUSED);
    if (cause === undefined) {
      return undefined;
    }
    const webhook = /admission webhook "([^"]+)"/.exec(cause.condition.message)?.[1];
    const immutable = /immutable/i.test(cause.condition.message);
    return {
      headline:
        skipped !== undefined
          ? "The management cluster refuses the Kubernetes version: it skips a minor"
          : immutable
            ? "The management cluster refuses a change: the field cannot change once it is written"
            : `The management cluster refuses an object${webhook === undefined ? "" : `: webhook ${webhook} denies it`}`,
      health: "bad",
      cause,
      todo:
        skipped !== undefined
          ? [{ text: "Go up one minor at a time, the control plane first." }]
          : immutable
            ? [{ text: "Make a new machine template with a new name, and let the pool refer to it." }]
            : [
                {
                  text: "Ask whoever runs the management cluster about this policy, or change what it objects to.",
                },
              ],
    };
  },
};
