import { checkProfile } from "../../profile/check.ts";
import { type ProfileDocument, parseProfile } from "../../profile/document.ts";
import { formatYaml } from "../../profile/format.ts";
import { profileVersion } from "../../profile/versions.ts";
import type { Diagnostic } from "../../shared/diagnostic.ts";
import { Lines } from "../../shared/lines.ts";
import type { Language, LanguageFile } from "../file.ts";
import { profileCompletion } from "./completion.ts";
import { profileFolding } from "./folding.ts";
import { profileHints } from "./hints.ts";
import { profileHover } from "./hover.ts";
import { profileLenses } from "./lenses.ts";
import { profileLinks } from "./links.ts";
import { mentionAt, mentionsOf, renameEdits } from "./references.ts";
import { profileSelection } from "./selection.ts";
import { profileSymbols } from "./symbols.ts";
import { profileTokens } from "./tokens.ts";

/** What each open file was read from, for the next version of it. */
const documents = new WeakMap<LanguageFile, ProfileDocument>();

/** Cluster profiles. */
export const profileLanguage: Language = {
  open(text, last, around) {
    const lines = new Lines(text);
    const document = parseProfile(text, last === undefined ? undefined : documents.get(last));
    let diagnostics: Diagnostic[] | undefined;
    const file: LanguageFile = {
      lines,
      get diagnostics() {
        diagnostics ??= checkProfile(document, around);
        return diagnostics;
      },
      lenses: (uri) => profileLenses(lines, document, uri),
      links: () => profileLinks(lines, document),
      symbols: () => profileSymbols(lines, document),
      hover: (offset, user) => profileHover(lines, document, offset, user, around?.kubernetes),
      completion: (offset, user) => profileCompletion(lines, document, offset, user, around?.kubernetes),
      named(offset) {
        const mention = mentionAt(document, offset);
        if (mention === undefined) {
          return undefined;
        }
        const { definition, uses } = mentionsOf(document, mention.kind, mention.name);
        return { name: mention.name, span: mention.span, definition: definition?.span, uses };
      },
      rename(offset, to) {
        const mention = mentionAt(document, offset);
        return mention === undefined ? undefined : renameEdits(document, mention, to);
      },
      folding: () => profileFolding(lines, document),
      hints: (span, user) => profileHints(lines, document, span, user),
      tokens: () => profileTokens(lines, document),
      format: () => (document.foreign ? [] : formatYaml(text)),
      hasManifests: () => document.embedded.some(({ kind }) => kind === "manifest"),
      version: () => profileVersion(document),
      selection: (offset) => profileSelection(lines, document, offset),
    };
    documents.set(file, document);
    return file;
  },
};
