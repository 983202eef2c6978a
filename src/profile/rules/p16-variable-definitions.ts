import type { Span } from "../../shared/diagnostic.ts";
import { nearest } from "../../shared/nearest.ts";
import { replaceScalar } from "../edits.ts";
import { INPUT_TYPES, VARIABLE_FORMATS } from "../shape.ts";
import {
  type CompiledRegex,
  compileRegex,
  FORMAT_WORDS,
  fitsFormat,
  type VariableFormat,
} from "../variable-formats.ts";
import type { Field, VariableView } from "../view.ts";
import { oneOf } from "../words.ts";
import type { Finding, Rule, RuleInput } from "./rule.ts";

/** Variables are defined as Palette's rules say (palette.md 2.6). */
export const variablesAreSound: Rule = {
  code: "P16",
  *check(input) {
    const names = new Map<string, Span>();
    const displayNames = new Map<string, Span>();
    for (const variable of input.profile.variables) {
      yield* nameOf(variable, input, names);
      yield* unique(variable.fields.get("displayName"), displayNames, "are shown as");
      const format = yield* known(variable.fields.get("format"), VARIABLE_FORMATS, "format of a variable");
      yield* known(variable.fields.get("inputType"), INPUT_TYPES, "input type");
      yield* defaultNeeded(variable);
      yield* options(variable);
      yield* values(variable, (format ?? "string") as VariableFormat);
    }
  },
};

function* nameOf(
  variable: VariableView,
  { misspelled }: RuleInput,
  seen: Map<string, Span>,
): Iterable<Finding> {
  const name = variable.fields.get("name");
  if (name === undefined || name.text === "") {
    if (!misspelled(variable.node, "name")) {
      const span = name?.span ?? variable.node.pairs[0]?.key.span ?? variable.span;
      yield { severity: "error", message: "This variable has no name.", span };
    }
    return;
  }
  if (!/^[A-Za-z0-9_][-A-Za-z0-9_]*$/.test(name.text)) {
    yield {
      severity: "error",
      message: `${name.text} cannot be used in a macro. Use letters, digits, dashes and underscores.`,
      span: name.span,
    };
  }
  yield* unique(name, seen, "are called");
}

function* unique(field: Field | undefined, seen: Map<string, Span>, words: string): Iterable<Finding> {
  if (field === undefined || field.text === "") {
    return;
  }
  const first = seen.get(field.text);
  if (first === undefined) {
    seen.set(field.text, field.span);
    return;
  }
  yield {
    severity: "error",
    message: `Two variables ${words} ${field.text}.`,
    span: field.span,
    related: [{ span: first, message: "The first one stands here." }],
  };
}

function* known(
  field: Field | undefined,
  values: readonly string[],
  title: string,
): Generator<Finding, string | undefined> {
  const text = field?.text ?? "";
  if (field?.value === undefined || text === "" || values.includes(text)) {
    return text || undefined;
  }
  const meant = nearest(text, values);
  yield {
    severity: "error",
    message: `${text} is not a ${title}. Use ${oneOf(values)}.`,
    span: field.span,
    ...(meant === undefined
      ? {}
      : {
          fixes: [
            { title: `Change to ${meant}`, preferred: true, edits: [replaceScalar(field.value, meant)] },
          ],
        }),
  };
  return undefined;
}

function isTrue(field: Field | undefined): boolean {
  return field?.value?.value === true;
}

function* defaultNeeded({ fields }: VariableView): Iterable<Finding> {
  const given = fields.get("defaultValue");
  // The default of a masked variable is not exported.
  if ((given?.text ?? "") !== "" || isTrue(fields.get("isSensitive"))) {
    return;
  }
  const hidden = isTrue(fields.get("hidden")) ? fields.get("hidden") : fields.get("isHidden");
  const required = fields.get("required");
  const immutable = fields.get("immutable");
  const name = fields.get("name")?.text || "This variable";
  if (isTrue(immutable) && immutable !== undefined) {
    yield {
      severity: "error",
      message: `${name} is read-only and has no default: no cluster could set it.`,
      span: immutable.key.span,
    };
  } else if (isTrue(hidden) && isTrue(required) && hidden !== undefined) {
    yield {
      severity: "error",
      message: `${name} is hidden and required, and has no default: no one could set it.`,
      span: hidden.key.span,
    };
  }
}

function* options(variable: VariableView): Iterable<Finding> {
  const { fields } = variable;
  const inputType = fields.get("inputType");
  const choices = variable.options.map((option) => option.fields.get("value")?.text ?? "");
  const dropdown = inputType?.text === "dropdown";
  if (!dropdown) {
    if (variable.optionsKey !== undefined && variable.options.length > 0) {
      yield {
        severity: "error",
        message: "Only a dropdown has options. Set inputType to dropdown, or leave them out.",
        span: variable.optionsKey.span,
      };
    }
    return;
  }
  if (variable.options.length === 0) {
    yield {
      severity: "error",
      message: "A dropdown needs at least one option.",
      span: variable.optionsKey?.span ?? inputType.span,
    };
    return;
  }
  for (const [i, option] of variable.options.entries()) {
    const value = option.fields.get("value");
    const span = value?.span ?? option.node.pairs[0]?.key.span ?? option.node.span;
    if (choices[i] === "") {
      yield { severity: "error", message: "This option has no value.", span };
    } else if (choices.indexOf(choices[i] ?? "") < i) {
      yield { severity: "error", message: `The option ${choices[i]} stands twice.`, span };
    }
  }
  const given = fields.get("defaultValue");
  if (given !== undefined && given.text !== "" && !choices.includes(given.text)) {
    yield {
      severity: "error",
      message: `The default ${given.text} is none of the options.`,
      span: given.span,
    };
  }
}

function* values(variable: VariableView, format: VariableFormat): Iterable<Finding> {
  const regex = variable.fields.get("regex");
  let pattern: CompiledRegex | undefined;
  if (regex !== undefined && regex.text !== "") {
    pattern = compileRegex(regex.text);
    if ("problem" in pattern) {
      yield {
        severity: "error",
        message: `This is not a pattern that Palette can read (RE2): ${pattern.problem}.`,
        span: regex.span,
      };
    }
  }
  const given = variable.fields.get("defaultValue");
  const written = [given, ...variable.options.map((option) => option.fields.get("value"))];
  for (const field of written) {
    // A masked value is exported as stars.
    if (field === undefined || field.text === "" || isTrue(variable.fields.get("isSensitive"))) {
      continue;
    }
    const title = field === given ? "The default" : "The option";
    if (!fitsFormat(format, field.text)) {
      yield {
        severity: "error",
        message: `${title} ${field.text} is not ${FORMAT_WORDS[format]}.`,
        span: field.span,
      };
    } else if (pattern !== undefined && "matches" in pattern && !pattern.matches(field.text)) {
      yield {
        severity: "error",
        message: `${title} ${field.text} does not match the pattern of the variable.`,
        span: field.span,
        ...(regex === undefined
          ? {}
          : { related: [{ span: regex.span, message: "The pattern stands here." }] }),
      };
    }
  }
}
