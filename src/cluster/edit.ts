import { isCollection, isMap, isScalar, isSeq, parseDocument } from "yaml";

/** A change of a request: what a field is to hold, or `undefined` where it is to go. */
export interface RequestEdit {
  /** From the document's root; maps and lists on the way are made where they are missing. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * The text of a request with some fields changed. Comments, order and everything else stay; a map or list that a
 * removal leaves empty goes too, except machine pools and profiles. Throws `SyntaxError` where the text is no YAML:
 * the form keeps its last state then.
 */
export function editRequest(text: string, edits: readonly RequestEdit[]): string {
  const document = parseDocument(text, { keepSourceTokens: false });
  const [problem] = document.errors;
  if (problem !== undefined) {
    throw new SyntaxError(problem.message);
  }
  for (const { path, value } of edits) {
    if (value === undefined) {
      // The library throws where even the holder is absent.
      if (document.hasIn(path)) {
        document.deleteIn(path);
        removeEmpty(document, path.slice(0, -1));
      }
    } else {
      makeWay(document, path);
      const node = document.getIn(path, true);
      if (isScalar(node) && (typeof value !== "object" || value === null)) {
        node.value = value; // In place, so that its comment stays.
      } else {
        document.setIn(path, document.createNode(value, { aliasDuplicateObjects: false }));
      }
    }
  }
  return document.toString({ lineWidth: 0 });
}

type Doc = ReturnType<typeof parseDocument>;

/** A scalar or nothing on the way gives place to what the path needs there. */
function makeWay(document: Doc, path: readonly (string | number)[]): void {
  for (let length = 1; length < path.length; length++) {
    const at = path.slice(0, length);
    const next = path[length];
    const node = document.getIn(at, true);
    const fits = typeof next === "number" ? isSeq(node) : isMap(node);
    if (!fits) {
      document.setIn(at, document.createNode(typeof next === "number" ? [] : {}));
    }
  }
}

const KEPT: readonly string[] = ["metadata", "spec", "profiles", "machinePools", "poolConfig"];

function removeEmpty(document: Doc, path: readonly (string | number)[]): void {
  const last = path.at(-1);
  const node = document.getIn(path, true);
  if (typeof last === "string" && !KEPT.includes(last) && isCollection(node) && node.items.length === 0) {
    document.deleteIn(path);
    removeEmpty(document, path.slice(0, -1));
  }
}
