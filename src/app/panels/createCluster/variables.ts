import type { ProfileRef, VariableValue } from "../../../cluster/model.ts";
import type { Profile, Variable } from "../../../profile/model.ts";
import type { Control, FieldMessage, FormField, FormSection } from "../../../shared/form.ts";
import type { FormModel } from "./model.ts";
import type { Problems } from "./problems.ts";

/** First part of the path of a variable: it stands at another place in each request. */
export const VARIABLE = "@variable";

/** The profile's variables as fields; nothing where it has none to set. */
export function variablesOf(
  { room, request, profile, management, secrets }: FormModel,
  problems: Problems,
): FormSection[] {
  if (profile.kind !== "usable") {
    return [];
  }
  const [ref] = request.profiles;
  const own = room.variablesSecretName(request.name);
  const shown = shownVariables(profile.profile);
  const where = management?.name ?? "the management cluster";
  return shown.length === 0
    ? []
    : [
        {
          id: "variables",
          title: "Profile variables",
          note: "",
          items: shown.map((variable) => field(variable, ref, own, where, secrets, problems)),
        },
      ];
}

/** Variables that a user can set. */
function shownVariables({ variables }: Profile): Variable[] {
  return variables.filter(({ hidden, immutable }) => !hidden && !immutable);
}

function field(
  variable: Variable,
  ref: ProfileRef | undefined,
  ownSecret: string,
  where: string,
  secrets: ReadonlySet<string>,
  problems: Problems,
): FormField {
  const index = ref?.variables?.findIndex(({ name }) => name === variable.name) ?? -1;
  const given = index < 0 ? undefined : ref?.variables?.[index];
  const found = index < 0 ? [] : problems.take(["spec", "profiles", 0, "variables", index]);
  const needs = problems.takeSaying(new RegExp(`^Variable ${escaped(variable.name)} needs a value`));
  const name = variable.displayName === "" ? variable.name : variable.displayName;
  const secret = variable.isSensitive ? secretState(given, ownSecret, secrets.has(variable.name)) : undefined;
  const isMissing = secret === "lost" || needs.length > 0 || (variable.required && secret === "none");
  const message: FieldMessage = {
    severity: "error",
    text: secret === "lost" ? `${name} is not kept. Type it again.` : `${name} is needed.`,
    quote: null,
  };
  return {
    kind: "field",
    path: [VARIABLE, variable.name],
    label: name,
    help: helpOf(variable, given, secret, where),
    optional: !variable.required && !["checkbox", "select"].includes(controlOf(variable, given, secret).type),
    control: controlOf(variable, given, secret),
    messages: isMissing ? [message] : found,
    wide: variable.inputType === "multiline",
    buttons: [],
  };
}

type SecretState = "none" | "given" | "lost" | "elsewhere";

function secretState(given: VariableValue | undefined, ownSecret: string, known: boolean): SecretState {
  if (given === undefined || !("valueFrom" in given)) {
    return "none";
  }
  const { valueFrom } = given;
  if (!("secretKeyRef" in valueFrom) || valueFrom.secretKeyRef.name !== ownSecret) {
    return "elsewhere";
  }
  return known ? "given" : "lost";
}

function controlOf(
  variable: Variable,
  given: VariableValue | undefined,
  secret: SecretState | undefined,
): Control {
  const value = given !== undefined && "value" in given ? given.value : undefined;
  const preset = variable.defaultValue;
  if (secret !== undefined) {
    return { type: "secret", state: secret === "elsewhere" ? "given" : secret };
  }
  if (variable.format === "boolean") {
    return { type: "checkbox", value: (value ?? preset) === "true" };
  }
  if (variable.inputType === "dropdown") {
    const options = variable.options.map(({ value: each, label }) => ({
      value: each,
      label: label === "" ? each : label,
    }));
    const words = options.find((each) => each.value === preset)?.label;
    const none = {
      value: "",
      label: words === undefined ? (variable.required ? "Choose one" : "Not set") : `${words} (default)`,
    };
    return {
      type: "select",
      value: value ?? "",
      groups: [
        {
          label: "",
          options: [none, ...options.filter((each) => each.value !== preset || value === each.value)],
        },
      ],
    };
  }
  if (variable.inputType === "multiline") {
    return { type: "lines", value: value ?? "", placeholder: preset ?? "" };
  }
  return { type: "text", value: value ?? "", suggestions: [], placeholder: preset ?? "" };
}

function helpOf(
  variable: Variable,
  given: VariableValue | undefined,
  secret: SecretState | undefined,
  where: string,
): string {
  const own = variable.description ?? "";
  const kept =
    secret === undefined
      ? ""
      : secret === "elsewhere" && given !== undefined && "valueFrom" in given
        ? `Taken from ${"env" in given.valueFrom ? `environment variable ${given.valueFrom.env}, by the command line` : `Secret ${given.valueFrom.secretKeyRef.name}`}.`
        : `Goes to a Secret on ${where}. It is not in the request and is asked again after a reload.`;
  return [own, kept].filter((part) => part !== "").join(" ");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
