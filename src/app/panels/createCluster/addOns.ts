import type { FormField, FormGroup } from "../../../shared/form.ts";
import type { FormModel } from "./model.ts";
import type { Problems } from "./problems.ts";

/** First part of the path of an add-on profile's checkbox; the choice follows. */
export const ADD_ON = "@addOn";

/**
 * The add-on profiles that can come along, those of the request checked; nothing where there are none. Fake machines
 * take no layers.
 */
export function addOnGroup(model: FormModel, problems: Problems): FormGroup | undefined {
  const { addOns, addOnChoices, cloud } = model;
  const chosen = addOns.flatMap((addOn, index): FormField[] =>
    addOn.kind === "usable" || addOn.kind === "unusable"
      ? [
          {
            ...checkbox(
              addOn.choice,
              addOn.kind === "usable"
                ? `${addOn.profile.name} ${addOn.profile.version}`
                : addOn.choice.replace(/^\w+:/, ""),
              true,
            ),
            messages: [
              ...(addOn.kind === "unusable"
                ? [{ severity: "error" as const, text: addOn.problem, quote: null }]
                : []),
              ...problems.take(["spec", "profiles", index + 1]),
            ],
          },
        ]
      : [],
  );
  const others =
    cloud?.onlyOnSandbox === true
      ? []
      : addOnChoices
          .filter(({ value }) => !addOns.some((addOn) => "choice" in addOn && addOn.choice === value))
          .map(({ value, label }) => checkbox(value, label, false));
  const items = [...chosen, ...others].sort((a, b) => (a.label < b.label ? -1 : 1));
  return items.length === 0
    ? undefined
    : { kind: "group", id: "add-ons", title: "Add-on profiles (optional)", folded: false, items };
}

function checkbox(choice: string, label: string, value: boolean): FormField {
  return {
    kind: "field",
    path: [ADD_ON, choice],
    label,
    help: "",
    optional: false,
    control: { type: "checkbox", value },
    messages: [],
    wide: false,
    buttons: [],
  };
}
