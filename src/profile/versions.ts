import { compareVersions } from "../catalog/version.ts";
import type { Severity, Span } from "../shared/diagnostic.ts";
import { valuesOf } from "./compare.ts";
import type { ProfileDocument } from "./document.ts";
import { kubernetesTag, upgradeProblem } from "./upgrade.ts";

const CODE = "P21";

/** What stands in one file as a version of a profile. */
export interface ProfileVersion {
  readonly name: string;
  readonly version: string;
  /** As it is written, which may be a train. */
  readonly kubernetes: string | undefined;
  /** The same for two texts that differ in comments, quotes, order and version only. Computed when it is asked for. */
  readonly fingerprint: string;
  readonly spans: { readonly version: Span; readonly kubernetes: Span };
}

/** Nothing for what is no profile, has no name, or cannot be read at the moment. */
export function profileVersion(document: ProfileDocument): ProfileVersion | undefined {
  const { view, foreign, syntax } = document;
  const name = view?.name;
  if (view === undefined || foreign || !name?.text || syntax.some(({ severity }) => severity === "error")) {
    return undefined;
  }
  const kubernetes = kubernetesTag(document);
  const version = view.version?.text ? view.version : undefined;
  let fingerprint: string | undefined;
  return {
    name: name.text,
    version: version?.text ?? "1.0.0",
    kubernetes: kubernetes?.text,
    get fingerprint() {
      fingerprint ??= hashOf(document);
      return fingerprint;
    },
    spans: { version: version?.span ?? name.span, kubernetes: kubernetes?.span ?? name.span },
  };
}

/** One of the files that are judged together. */
interface VersionFile<Key> {
  readonly key: Key;
  /** How messages name the file. */
  readonly label: string;
  readonly profile: Omit<ProfileVersion, "spans">;
}

/** A problem of one file that another file makes. */
export interface VersionFinding<Key> {
  readonly key: Key;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Which of the spans of a version it lies on, here and in the other file. */
  readonly place: keyof ProfileVersion["spans"];
  readonly other: { readonly key: Key; readonly message: string };
}

/**
 * What is wrong between files that hold versions of one profile (P21): between a version and the one before it
 * Kubernetes goes up by one minor version at most, and a version has one content.
 * @param files versions of the same name; of several with one version the first counts for its neighbors
 */
export function checkVersions<Key>(files: readonly VersionFile<Key>[]): VersionFinding<Key>[] {
  const found: VersionFinding<Key>[] = [];
  let before: VersionFile<Key>[] = [];
  for (const after of byVersion(files)) {
    const [last] = before;
    for (const file of after) {
      const message = upgradeProblem(last?.profile.kubernetes, file.profile.kubernetes);
      if (last !== undefined && message !== undefined) {
        const { name, version, kubernetes } = last.profile;
        const related = `${name} ${version} has Kubernetes ${kubernetes}.`;
        const other = { key: last.key, message: related };
        found.push({ key: file.key, code: CODE, severity: "error", message, place: "kubernetes", other });
      }
    }
    found.push(...sameVersion(after));
    before = after;
  }
  return found;
}

/** Groups of files with one version, oldest first. */
function byVersion<Key>(files: readonly VersionFile<Key>[]): VersionFile<Key>[][] {
  const groups: VersionFile<Key>[][] = [];
  for (const file of files.toSorted((a, b) => compareVersions(a.profile.version, b.profile.version))) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && compareVersions(group[0].profile.version, file.profile.version) === 0) {
      group.push(file);
    } else {
      groups.push([file]);
    }
  }
  return groups;
}

function sameVersion<Key>(files: readonly VersionFile<Key>[]): VersionFinding<Key>[] {
  if (files.length < 2) {
    return [];
  }
  return files.flatMap((file): VersionFinding<Key>[] => {
    const { name, version, fingerprint } = file.profile;
    // Those that differ in build metadata are versions of their own, though none comes after the other.
    const other = files.find(
      ({ profile }) => profile.version === version && profile.fingerprint !== fingerprint,
    );
    return other === undefined
      ? []
      : [
          {
            key: file.key,
            code: CODE,
            severity: "warning",
            message: `${name} ${version} has other content in ${other.label}. A published version never changes: raise the version of the newer one.`,
            place: "version",
            other: { key: other.key, message: `The other ${name} ${version}.` },
          },
        ];
  });
}

/** A short text that stands for what the profile says. Two contents with the same one are next to impossible. */
function hashOf(document: ProfileDocument): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  const text = JSON.stringify(valuesOf(document).filter(([path]) => path !== "version"));
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    one = Math.imul(one ^ code, 0x9e3779b1);
    two = Math.imul(two ^ code, 0x5f356495);
    one = (one << 7) | (one >>> 25);
    two = (two << 11) | (two >>> 21);
  }
  return `${text.length} ${one} ${two}`;
}
