export { codeActions, FIX_ALL } from "./code-actions.ts";
export { toDiagnostic, toRange, toSpan, toTextEdit } from "./convert.ts";
export { type Language, type LanguageFile, TOKEN_TYPES } from "./file.ts";
export { profileLanguage } from "./profile/language.ts";

/** Language ids of editors, and the endings of the files for those that know them as plain YAML. */
const ENDINGS = {
  "palette-profile": [".profile.yaml", ".profile.yml"],
  "palette-cluster": [".cluster.yaml", ".cluster.yml"],
} as const;
type LanguageId = keyof typeof ENDINGS;

/** The language of a document, by its id or, where an editor calls it plain YAML, by its file name. */
export function languageIdOf(languageId: string, uri: string): LanguageId | undefined {
  const ids = Object.keys(ENDINGS) as LanguageId[];
  return (
    ids.find((id) => id === languageId) ??
    ids.find((id) => ENDINGS[id].some((ending) => uri.endsWith(ending)))
  );
}
