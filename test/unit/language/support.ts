import assert from "node:assert/strict";
import {
  type Language,
  type LanguageFile,
  languageIdOf,
  profileLanguage,
} from "../../../src/language/index.ts";
import { requestLanguage } from "../../../src/language/request/index.ts";
import { schemas } from "../../../src/profile/kubernetes/index.ts";

/** Takes the text without its ‸ cursor, and the offset of the cursor. */
export function atCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf("‸");
  assert.ok(offset >= 0, "the text has a cursor");
  return { text: marked.replace("‸", ""), offset };
}

/** The language of a file of this name. */
export function languageOf(name: string): Language {
  return languageIdOf("", name) === "palette-cluster" ? requestLanguage : profileLanguage;
}

export function open(text: string, name = "a.profile.yaml"): LanguageFile {
  return languageOf(name).open(text, undefined, { kubernetes: schemas });
}

export function labels(marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return (open(text).completion?.(offset) ?? []).map(({ label }) => label);
}

/** The text after the completion `label` is chosen at the cursor. */
export function chosen(marked: string, label: string): string {
  const { text, offset } = atCursor(marked);
  const file = open(text);
  const item = file.completion?.(offset).find((each) => each.label === label);
  assert.ok(item?.textEdit !== undefined && "range" in item.textEdit, `${label} is offered`);
  const { range, newText } = item.textEdit;
  return (
    text.slice(0, file.lines.offsetAt(range.start)) + newText + text.slice(file.lines.offsetAt(range.end))
  );
}
