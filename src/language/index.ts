import type { Language } from "./file.ts";
import { profileLanguage } from "./profile/language.ts";
import { requestLanguage } from "./request/language.ts";

export { codeActions, FIX_ALL } from "./code-actions.ts";
export { toDiagnostic, toRange, toSpan, toTextEdit } from "./convert.ts";
export { type Language, type LanguageFile, TOKEN_TYPES } from "./file.ts";
export { profileLanguage } from "./profile/language.ts";
export { requestLanguage } from "./request/language.ts";

const LANGUAGES: readonly Language[] = [profileLanguage, requestLanguage];

/** The language of a document, by its id or, where an editor calls it plain YAML, by its file name. */
export function languageOf(languageId: string, uri: string): Language | undefined {
  return (
    LANGUAGES.find(({ id }) => id === languageId) ??
    LANGUAGES.find(({ endings }) => endings.some((ending) => uri.endsWith(ending)))
  );
}
