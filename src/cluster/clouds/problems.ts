import type { MachinePool } from "../model.ts";
import type { CloudProblem } from "./cloud.ts";

type Path = CloudProblem["path"];

/** Something that would be refused, or would not work. `message` is whole sentences. */
export function error(path: Path, message: string): CloudProblem {
  return { path, severity: "error", message };
}

/** Something that works, but hardly as it was meant. */
export function warning(path: Path, message: string): CloudProblem {
  return { path, severity: "warning", message };
}

/**
 * Values of a list at `path` that are there before; for example two zones of one name would be two pools of one name.
 * Items that are objects have the value in `field`.
 */
export function twice(
  values: readonly string[] | undefined,
  path: Path,
  what: string,
  field?: string,
): CloudProblem[] {
  return (values ?? []).flatMap((value, i, all) =>
    all.indexOf(value) < i
      ? [error([...path, i, ...(field === undefined ? [] : [field])], `${what} ${value} is there twice.`)]
      : [],
  );
}

/** The image follows from the instance type, so a wrong architecture shows only when software does not start. */
export function architectureProblems(
  { architecture }: MachinePool,
  instanceType: string,
  isArm: boolean,
  path: Path,
): CloudProblem[] {
  return isArm === (architecture === "arm64")
    ? []
    : [
        warning(
          [...path, "instanceType"],
          `${instanceType} looks like ${isArm ? "arm64" : "amd64"}, the pool is ${architecture}.`,
        ),
      ];
}
