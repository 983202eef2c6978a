import { checkVersions, parseProfile, profileVersion } from "../../profile/index.ts";
import type { Diagnostic } from "../../shared/diagnostic.ts";

/** What is wrong between versions of one profile that stand in several of the files, by file. */
export function checkUpgrades(
  profiles: readonly { readonly file: string; readonly text: string }[],
): Map<string, Diagnostic[]> {
  const versions = profiles.flatMap(({ file, text }) => {
    const profile = profileVersion(parseProfile(text));
    return profile === undefined ? [] : [{ file, profile }];
  });
  const found = new Map<string, Diagnostic[]>();
  for (const group of Map.groupBy(versions, ({ profile }) => profile.name).values()) {
    const files = group.map((key) => ({ key, label: key.file, profile: key.profile }));
    for (const { key, place, code, severity, message } of checkVersions(files)) {
      const span = key.profile.spans[place];
      found.set(key.file, [...(found.get(key.file) ?? []), { code, severity, message, span }]);
    }
  }
  return found;
}
