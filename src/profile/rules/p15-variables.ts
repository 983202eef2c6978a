import type { Fix } from "../../shared/diagnostic.ts";
import { nearest } from "../../shared/nearest.ts";
import type { EmbeddedText } from "../embedded.ts";
import type { MacroRef } from "../macros.ts";
import { walk } from "../syntax/nodes.ts";
import { defineVariable } from "../variable-edits.ts";
import type { Finding, Rule, RuleInput } from "./rule.ts";
import { isBroken } from "./values.ts";

/** Variables that are used are defined, and the other way around; uses are quoted, and not in `pack.content`. */
export const variablesAreDefined: Rule = {
  code: "P15",
  *check(input) {
    const { profile, embedded } = input;
    const defined = new Map(
      profile.variables.flatMap((variable) => {
        const field = variable.fields.get("name");
        return field === undefined || field.text === "" ? [] : [[field.text, field] as const];
      }),
    );
    const used = new Set<string>();
    for (const text of embedded) {
      for (const ref of text.macros.flatMap(({ refs }) => refs)) {
        if (ref.kind !== "var") {
          continue;
        }
        used.add(ref.name);
        if (!defined.has(ref.name)) {
          yield undefinedVariable(input, text, ref, [...defined.keys()]);
        }
      }
      if (text.macros.length > 0 && !isBroken(text)) {
        yield* unquoted(text);
        yield* inContent(text);
      }
    }
    if (embedded.some(isBroken)) {
      // What cannot be read may use the variable.
      return;
    }
    for (const [name, field] of defined) {
      if (!used.has(name)) {
        yield {
          severity: "info",
          message: `No layer uses the variable ${name}.`,
          span: field.span,
          unnecessary: true,
        };
      }
    }
  },
};

function undefinedVariable(
  input: RuleInput,
  text: EmbeddedText,
  ref: MacroRef,
  names: readonly string[],
): Finding {
  const meant = nearest(ref.name, names);
  const span = text.toSpan(ref.span);
  const fixes: Fix[] = [];
  if (meant !== undefined) {
    fixes.push({ title: `Change to ${meant}`, edits: [{ span, text: meant }] });
  }
  const definition = defineVariable(input.text, input.profile, ref.name);
  if (definition !== undefined) {
    fixes.push({ title: `Define the Variable ${ref.name}`, edits: [definition] });
  }
  return {
    severity: "error",
    message: `The profile has no variable ${ref.name}.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
    span,
    fixes,
  };
}

/** Where a plain text may begin with a macro: most texts have no such place and are not walked. */
const BEGINS_WITH_MACRO = /(?:^|[\s,[{])\{\{/m;

/** A plain text that begins with a macro is a flow map to YAML. */
function* unquoted(text: EmbeddedText): Iterable<Finding> {
  if (!BEGINS_WITH_MACRO.test(text.text)) {
    return;
  }
  for (const { root } of text.documents) {
    const found: Finding[] = [];
    walk(root, (node) => {
      if (node.kind !== "scalar" || node.style !== "plain") {
        return;
      }
      const written = text.text.slice(node.span.start, node.span.end);
      if (!written.startsWith("{{") || !/\.spectro\.var\./.test(written) || written.includes("\n")) {
        return;
      }
      const span = text.toSpan(node.span);
      const quoted = written.includes("'") ? JSON.stringify(written) : `'${written}'`;
      // Quotes of the surrounding text would have to be escaped.
      const nested = text.node.style === "literal" || text.node.style === "folded";
      found.push({
        severity: "error",
        message: "A variable must be quoted here: YAML reads the braces as a map.",
        span,
        ...(nested
          ? { fixes: [{ title: "Quote the Variable", preferred: true, edits: [{ span, text: quoted }] }] }
          : {}),
      });
    });
    yield* found;
  }
}

function* inContent(text: EmbeddedText): Iterable<Finding> {
  if (text.kind !== "values" || !text.text.includes("content")) {
    return;
  }
  const places: { start: number; end: number }[] = [];
  walk(text.documents[0]?.root, (node, path) => {
    if (node.kind === "scalar" && path[0] === "pack" && path[1] === "content") {
      places.push(node.span);
    }
  });
  for (const { span, refs } of text.macros) {
    if (
      refs.some(({ kind }) => kind === "var") &&
      places.some((at) => at.start <= span.start && at.end >= span.end)
    ) {
      yield {
        severity: "error",
        message: "Variables are not filled in inside pack.content. Write the value.",
        span: text.toSpan(span),
      };
    }
  }
}
