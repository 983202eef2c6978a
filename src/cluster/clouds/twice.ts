import type { CloudProblem } from "./cloud.ts";

/** Values of a list at `path` that are there before; for example two zones of one name would be two pools of one name. */
export function twice(
  values: readonly string[] | undefined,
  path: CloudProblem["path"],
  what: string,
): CloudProblem[] {
  return (values ?? []).flatMap((value, i, all) =>
    all.indexOf(value) < i
      ? [{ path: [...path, i], severity: "error" as const, message: `${what} ${value} is there twice.` }]
      : [],
  );
}
