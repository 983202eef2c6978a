import { compareVersions } from "../../catalog/version.ts";
import { checkUpgrade, headOf, type ProfileDocument, parseProfile } from "../../profile/index.ts";
import type { Diagnostic } from "../../shared/diagnostic.ts";

/** What is wrong between versions of one profile that stand in several of the files: by file, of the newer one. */
export function checkUpgrades(
  profiles: readonly { readonly file: string; readonly text: string }[],
): Map<string, Diagnostic[]> {
  const byName = new Map<string, { file: string; version: string; document: ProfileDocument }[]>();
  for (const { file, text } of profiles) {
    const document = parseProfile(text);
    const { name, version } = headOf(document);
    if (name !== "" && !document.foreign) {
      byName.set(name, [...(byName.get(name) ?? []), { file, version, document }]);
    }
  }
  const found = new Map<string, Diagnostic[]>();
  for (const versions of byName.values()) {
    versions.sort((a, b) => compareVersions(a.version, b.version));
    for (const [i, after] of versions.entries()) {
      const before = versions[i - 1];
      if (before !== undefined && compareVersions(before.version, after.version) < 0) {
        found.set(after.file, checkUpgrade(before.document, after.document));
      }
    }
  }
  return found;
}
