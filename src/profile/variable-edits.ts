import type { Replacement } from "../shared/diagnostic.ts";
import { columnOf, indentStep, itemLines, lineEndOf, nextLine } from "./edits.ts";
import { resolve } from "./syntax/nodes.ts";
import type { ProfileView } from "./view.ts";

/** Adds a variable to `spec.variables`, or the list itself; nothing in flow style. */
export function defineVariable(text: string, profile: ProfileView, name: string): Replacement | undefined {
  const specPair = profile.root.pairs.find(({ key }) => key === profile.specKey);
  const spec = resolve(specPair?.value);
  if (spec?.kind !== "map" || spec.flow || specPair?.value?.kind === "alias") {
    return undefined;
  }
  const eol = lineEndOf(text);
  const step = indentStep(text, profile.root);
  const column = columnOf(text, spec.span.start);
  const item = (dash: number): string =>
    [`- name: ${name}`, `  displayName: ${name}`, "  format: string", '  defaultValue: ""']
      .map((line) => " ".repeat(dash) + line + eol)
      .join("");
  const pair = spec.pairs.find(({ key }) => key === profile.variablesKey);
  if (pair === undefined) {
    const at = nextLine(text, spec.span.end);
    const lead = text.slice(0, at).endsWith("\n") ? "" : eol;
    const lines = `${" ".repeat(column)}variables:${eol}${item(column + step)}`;
    return { span: { start: at, end: at }, text: lead + lines };
  }
  const list = pair.value;
  if (list?.kind !== "seq") {
    return undefined;
  }
  if (list.items.length === 0) {
    const start = text.slice(0, list.span.start).trimEnd().length;
    return { span: { start, end: list.span.end }, text: eol + item(column + step).slice(0, -eol.length) };
  }
  const last = itemLines(text, list)?.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const lead = text.slice(0, last.end).endsWith("\n") ? "" : eol;
  return { span: { start: last.end, end: last.end }, text: lead + item(columnOf(text, list.span.start)) };
}
