import { entriesOf, resolve } from "../profile/syntax/nodes.ts";
import type { Span } from "../shared/diagnostic.ts";
import type { RequestDocument } from "./document.ts";

/**
 * Where the field at a path stands in the text of a request; what holds it where it is not written. Nothing where even
 * the root is absent.
 */
export function placeInRequest(
  { root }: RequestDocument,
  path: readonly (string | number)[],
): Span | undefined {
  let at = resolve(root);
  let span = root?.span;
  for (const step of path) {
    if (at?.kind === "map") {
      const entry = entriesOf(at).get(String(step));
      if (entry === undefined) {
        return span;
      }
      span = { start: entry.key.span.start, end: (entry.written ?? entry.key).span.end };
      at = resolve(entry.written);
    } else if (at?.kind === "seq") {
      const item = at.items[Number(step)];
      span = item?.span ?? span;
      at = resolve(item);
    } else {
      return span;
    }
  }
  return span;
}
