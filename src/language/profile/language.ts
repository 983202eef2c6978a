import { checkProfile, parseProfile } from "../../profile/index.ts";
import { Lines } from "../../shared/lines.ts";
import type { Language } from "../file.ts";
import { profileCompletion } from "./completion.ts";
import { profileFolding } from "./folding.ts";
import { profileHover } from "./hover.ts";
import { profileLenses } from "./lenses.ts";
import { mentionAt, mentionsOf, renameEdits } from "./references.ts";
import { profileSelection } from "./selection.ts";
import { profileSymbols } from "./symbols.ts";

/** Cluster profiles. */
export const profileLanguage: Language = {
  id: "palette-profile",
  endings: [".profile.yaml", ".profile.yml"],
  open(text) {
    const lines = new Lines(text);
    const document = parseProfile(text);
    return {
      lines,
      diagnostics: checkProfile(document),
      lenses: (uri) => profileLenses(lines, document, uri),
      symbols: () => profileSymbols(lines, document),
      hover: (offset) => profileHover(lines, document, offset),
      completion: (offset) => profileCompletion(lines, document, offset),
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
      selection: (offset) => profileSelection(lines, document, offset),
    };
  },
};
