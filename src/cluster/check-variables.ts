import type { Profile, Variable } from "../profile/model.ts";
import { compileRegex, FORMAT_WORDS, fitsFormat } from "../profile/variable-formats.ts";
import { nearest } from "../shared/nearest.ts";
import type { FitProblem } from "./fit.ts";
import type { ClusterRequest, VariableValue } from "./model.ts";

/** What is wrong with the values of a profile's variables (palette.md 2.6, cluster side). */
export function checkVariables({ profiles: [ref] }: ClusterRequest, profile: Profile): FitProblem[] {
  const given = ref?.variables ?? [];
  const root = ["spec", "profiles", 0] as const;
  const problems: FitProblem[] = [];
  for (const [i, value] of given.entries()) {
    const variable = profile.variables.find(({ name }) => name === value.name);
    const path = [...root, "variables", i];
    if (variable === undefined) {
      const meant = nearest(
        value.name,
        profile.variables.map(({ name }) => name),
      );
      problems.push({
        path: [...path, "name"],
        message: `Profile ${profile.name} has no variable ${value.name}`,
        next: meant === undefined ? "Remove it." : `Did you mean ${meant}?`,
      });
    } else {
      problems.push(...valueProblems(value, variable, path));
    }
  }
  for (const variable of profile.variables) {
    const own = given.find(({ name }) => name === variable.name);
    if (variable.required && variable.defaultValue === undefined && own === undefined) {
      problems.push({
        path: [...root],
        message: `Variable ${variable.name} needs a value: ${variable.displayName}`,
        next: "Add it to the variables of the profile.",
      });
    }
  }
  return problems;
}

/** What is wrong with one value; nothing where it comes from elsewhere. */
function* valueProblems(
  given: VariableValue,
  variable: Variable,
  path: readonly (string | number)[],
): Iterable<FitProblem> {
  const place = [...path, "value" in given ? "value" : "valueFrom"];
  if (variable.immutable) {
    yield {
      path: place,
      message: `Variable ${variable.name} is read-only`,
      next: "Remove it: the value of the profile holds.",
    };
    return;
  }
  if (!("value" in given)) {
    return;
  }
  if (variable.isSensitive) {
    yield {
      path: place,
      message: `Variable ${variable.name} is masked, so its value is not written into a request`,
      next: "Take it from a Secret with valueFrom.",
    };
    return;
  }
  const problem = variableProblem(variable, given.value);
  if (problem !== undefined) {
    yield { path: place, message: problem, next: "Correct the value." };
  }
}

/** What is wrong with a text as the value of a variable, without a full stop; nothing where it fits. */
export function variableProblem(variable: Variable, text: string): string | undefined {
  const { name, format, options, inputType, regex, required } = variable;
  if (text === "") {
    return required ? `Variable ${name} needs a value` : undefined;
  }
  if (!fitsFormat(format, text)) {
    return `Variable ${name} must be ${FORMAT_WORDS[format]}`;
  }
  if (inputType === "dropdown" && !options.some(({ value }) => value === text)) {
    return `Variable ${name} must be one of ${options.map(({ value }) => value).join(", ")}`;
  }
  const compiled = regex === undefined ? undefined : compileRegex(regex);
  if (compiled !== undefined && "matches" in compiled && !compiled.matches(text)) {
    return `Variable ${name} must match ${regex}`;
  }
  return undefined;
}
