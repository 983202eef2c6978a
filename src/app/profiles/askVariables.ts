import type { Variable } from "../../profile/model.ts";
import { loadClusterRoom } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { ask, BACK, type Back, pick, type StepPlace } from "../quickFlow.ts";

type Values = Readonly<Record<string, string>>;

/** Asks for variables of a profile, with what is `given` or their default to begin with. Throws `Cancelled`. */
export async function askVariables(
  title: string,
  variables: readonly Variable[],
  given: Values = {},
): Promise<Values> {
  const { variableProblem } = await loadClusterRoom();
  const values: Record<string, string> = { ...given };
  for (const [i, variable] of variables.entries()) {
    const place = { title, step: i + 1, totalSteps: variables.length, canGoBack: false };
    const before = given[variable.name] ?? variable.defaultValue ?? "";
    const value = await askVariable(place, variable, before, (text) => {
      const problem = variableProblem(variable, text);
      // A pattern says less than what its author wrote for people.
      return problem && [problem, variable.description].filter(Boolean).join(". ");
    });
    if (value === BACK) {
      throw cancelled();
    }
    values[variable.name] = value;
  }
  return values;
}

function askVariable(
  place: StepPlace,
  variable: Variable,
  value: string,
  validate: (text: string) => string | undefined,
): Promise<string | Back> {
  const prompt = [variable.displayName || variable.name, variable.description].filter(Boolean).join(". ");
  return variable.inputType === "dropdown"
    ? pick(place, {
        placeholder: prompt,
        choices: variable.options.map((option) => ({
          label: option.label,
          description: option.value === option.label ? "" : option.value,
          value: option.value,
        })),
        active: (each) => each === value,
      })
    : ask(place, { prompt, value, password: variable.isSensitive, validate });
}
