import type { Span } from "../../shared/diagnostic.ts";
import type { EmbeddedText } from "../embedded.ts";
import { type Entry, nodeAt, resolve, type YamlNode } from "../syntax/nodes.ts";
import type { PackView } from "../view.ts";
import type { RuleInput } from "./rule.ts";

/** The values of a layer, if they are YAML that can be read. */
export interface ReadValues {
  readonly text: EmbeddedText;
  readonly root: YamlNode;
  /** What stands under a path of keys. */
  at(...path: readonly string[]): Entry | undefined;
  /** The place of an entry's value in the profile, or of its key where there is none. */
  place(entry: Entry): Span;
}

export function valuesOf(input: RuleInput, pack: PackView): ReadValues | undefined {
  const text = pack.values?.value === undefined ? undefined : input.embeddedIn.get(pack.values.value);
  const [document] = text?.documents ?? [];
  const root = resolve(document?.root);
  if (text === undefined || document === undefined || root === undefined || isBroken(text)) {
    return undefined;
  }
  return {
    text,
    root,
    at: (...path) => nodeAt(root, ...path),
    place: (entry) => text.toSpan((entry.written ?? entry.key).span),
  };
}

export function isBroken(text: EmbeddedText): boolean {
  return text.documents.some(({ problems }) => problems.some(({ severity }) => severity === "error"));
}

/** A macro (masked in what is parsed), or one of the placeholders that real profiles fill in before the import. */
export function isFilledInLater(text: string): boolean {
  return /m_{4,}|\$\{|^%\w+%$/.test(text);
}
