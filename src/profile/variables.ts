import type { Variable } from "./model.ts";
import { INPUT_TYPES, VARIABLE_FORMATS } from "./shape.ts";
import type { VariableView } from "./view.ts";

/** The variable that is written there; what is absent has Palette's default (palette.md 2.6). */
export function variableOf({ fields, options }: VariableView): Variable {
  const text = (name: string): string | undefined => fields.get(name)?.text || undefined;
  const isOn = (name: string): boolean => text(name) === "true";
  const name = text("name") ?? "";
  return {
    name,
    displayName: text("displayName") ?? name,
    description: text("description"),
    format: VARIABLE_FORMATS.find((each) => each === text("format")) ?? "string",
    inputType: INPUT_TYPES.find((each) => each === text("inputType")) ?? "text",
    options: options.map((option) => {
      const value = option.fields.get("value")?.text ?? "";
      return { value, label: option.fields.get("label")?.text || value };
    }),
    defaultValue: text("defaultValue"),
    regex: text("regex"),
    required: isOn("required"),
    immutable: isOn("immutable"),
    isSensitive: isOn("isSensitive"),
    hidden: isOn("hidden"),
  };
}
