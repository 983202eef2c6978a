import { checkProfile, parseProfile } from "../../profile/index.ts";
import { Lines } from "../../shared/lines.ts";
import type { Language } from "../file.ts";
import { profileHover } from "./hover.ts";
import { profileLenses } from "./lenses.ts";
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
    };
  },
};
