import { describeError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { WatchHandlers } from "./management.ts";

/** The objects of one kind as they were seen last, and since when nothing is heard of them. */
export interface Part {
  objects: readonly KubeObject[] | undefined;
  lost: { readonly since: string; readonly message: string; readonly nextTry: string } | undefined;
}

export function newPart(): Part {
  return { objects: undefined, lost: undefined };
}

/** Has a watch write down in `part` whether it has a connection, and tells `changed` so. */
export function followConnection(part: Part, changed: () => void): Pick<WatchHandlers, "onLost" | "onLive"> {
  return {
    onLost: (error, retryMs) => {
      part.lost = {
        since: part.lost?.since ?? new Date().toISOString(),
        message: describeError(error),
        nextTry: new Date(Date.now() + retryMs).toISOString(),
      };
      changed();
    },
    onLive: () => {
      part.lost = undefined;
      changed();
    },
  };
}
