import type { Control, FormField } from "../../shared/form.ts";
import { ask, BACK, type Back, type Choice, pick, pickOrType, type StepPlace } from "../quickFlow.ts";
import { errorOf } from "./entries.ts";

/** Judges a value while it is typed. */
export type Judge = (value: string) => string | undefined;

/** Asks for one field of the form by keyboard; gives what its control holds then. */
export async function askField(
  place: StepPlace,
  { label, help, control, optional, ...field }: FormField,
  judge: Judge,
  proposal = "",
): Promise<string | boolean | Back> {
  const prompt = `${[label, help].filter((part) => part !== "").join(": ")}${optional ? " (optional)" : ""}`;
  switch (control.type) {
    case "checkbox":
      return pick<boolean>(place, {
        placeholder: prompt,
        choices: [
          { label: "Yes", value: true },
          { label: "No", value: false },
        ],
        active: (value) => value === control.value,
      });
    case "select":
      return askOption(place, prompt, control);
    case "secret":
      return ask(place, {
        prompt:
          control.state === "given" ? `${prompt} There is a value; type another to replace it.` : prompt,
        value: "",
        password: true,
        validate: () => undefined,
      });
    case "text": {
      const suggestions = control.suggestions;
      if (suggestions.length > 0) {
        return pickOrType(place, {
          placeholder: prompt,
          value: control.value,
          suggestions,
          validate: judge,
        });
      }
      break;
    }
    default:
  }
  const value = control.value === "" ? proposal : control.value;
  return ask(place, {
    prompt: control.type === "lines" ? `${prompt} One line here; more in the YAML.` : prompt,
    ...(control.placeholder === "" ? {} : { placeholder: control.placeholder }),
    value,
    validate: (text) => (text === control.value ? errorOf(field) : undefined) ?? judge(text),
  });
}

async function askOption(
  place: StepPlace,
  prompt: string,
  { groups, value }: Control & { readonly type: "select" },
): Promise<string | Back> {
  const choices = groups.flatMap(({ label, options }) => [
    ...(label === "" ? [] : [{ label, kind: -1 }]),
    ...options.map((option): Choice<string> => ({ label: option.label, value: option.value })),
  ]);
  const chosen = await pick<string>(place, {
    placeholder: prompt,
    choices,
    active: (each) => each === value,
  });
  return chosen === BACK ? BACK : chosen;
}
