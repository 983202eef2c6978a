import { type FieldShape, PROFILE_SHAPE } from "./shape.ts";

/** What the format says about a path of keys; `[]` and indexes stand for items of a list. */
export function fieldAt(
  path: readonly (string | number)[],
  shape: FieldShape = PROFILE_SHAPE,
): FieldShape | undefined {
  let at: FieldShape | undefined = shape;
  for (const step of path) {
    if (typeof step === "number" || step === "[]") {
      continue;
    }
    at = at?.fields !== undefined && Object.hasOwn(at.fields, step) ? at.fields[step] : undefined;
  }
  return at;
}
