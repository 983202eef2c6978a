import { basename } from "node:path";
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type PublishDiagnosticsParams,
  type Range,
} from "vscode-languageserver";
import { type LanguageFile, toDiagnostic, toRange } from "../language/index.ts";
import { checkVersions, type ProfileVersion, type VersionFinding } from "../profile/versions.ts";
import { pathOf } from "./workspace.ts";

/** What is kept of one file. Small: the text and what was read from it can go. */
interface Told {
  readonly uri: string;
  /** Of the open document; absent for a file on disk. */
  readonly version: number | undefined;
  /** What is wrong with the file by itself. */
  readonly own: readonly Diagnostic[];
  readonly profile: PlacedVersion | undefined;
  /** What is wrong between it and other files. */
  between: readonly Diagnostic[];
}

interface PlacedVersion extends Omit<ProfileVersion, "spans"> {
  readonly ranges: Readonly<Record<keyof ProfileVersion["spans"], Range>>;
}

/**
 * What is said about each file: its own problems, and those that it has with other versions of the same profile. When
 * one file changes, the others are spoken of again where that changes anything for them.
 */
export class Problems {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  /** By path where there is one, since editors write the same uri in several ways. */
  readonly #told = new Map<string, Told>();
  /** Address of the folder with a page per rule. */
  rulePages: string | undefined;

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /**
   * Says what is wrong with a file.
   * @param isMember whether it is one of the workspace, and judged together with the others
   * @param version of the open document; without it the file is one on disk, and nothing is said while it is in order
   */
  tell(uri: string, file: LanguageFile, isMember: boolean, version?: number): void {
    const key = keyOf(uri);
    const last = this.#told.get(key);
    if (last !== undefined && last.uri !== uri) {
      this.#clear(last);
    }
    const told: Told = {
      uri,
      version,
      own: file.diagnostics.map((each) => toDiagnostic(file.lines, uri, each, this.rulePages)),
      profile: isMember ? placed(file, version !== undefined) : undefined,
      between: [],
    };
    this.#told.set(key, told);
    const changed = this.#judge([last?.profile?.name, told.profile?.name]);
    if (isShown(told) || (last?.uri === uri && isShown(last))) {
      this.#publish(told);
    }
    changed.delete(told);
    this.#publishAll(changed);
  }

  /** Takes back what was said about a file that is closed or gone. */
  forget(uri: string): void {
    const key = keyOf(uri);
    const last = this.#told.get(key);
    if (last !== undefined) {
      this.#told.delete(key);
      this.#clear(last);
      this.#publishAll(this.#judge([last.profile?.name]));
    }
  }

  /** Judges the versions of some profiles again, and gives the files for which that changes anything. */
  #judge(names: readonly (string | undefined)[]): Set<Told> {
    const changed = new Set<Told>();
    for (const name of new Set(names)) {
      const files = [...this.#told.values()].flatMap((told) =>
        told.profile === undefined || told.profile.name !== name
          ? []
          : [{ key: told, label: basename(pathOf(told.uri) ?? told.uri), profile: told.profile }],
      );
      const findings = checkVersions(files);
      for (const { key: told } of files) {
        const between = findings
          .filter(({ key }) => key === told)
          .map((finding) => diagnosticOf(finding, this.rulePages));
        if (JSON.stringify(between) !== JSON.stringify(told.between)) {
          told.between = between;
          changed.add(told);
        }
      }
    }
    return changed;
  }

  #publishAll(files: Iterable<Told>): void {
    for (const told of files) {
      this.#publish(told);
    }
  }

  #publish({ uri, own, between, version }: Told): void {
    this.#send({ uri, diagnostics: [...own, ...between], ...(version === undefined ? {} : { version }) });
  }

  #clear(told: Told): void {
    if (isShown(told)) {
      this.#send({ uri: told.uri, diagnostics: [] });
    }
  }
}

/** Whether anything was said about it: about an open document even that it is in order. */
function isShown({ version, own, between }: Told): boolean {
  return version !== undefined || own.length > 0 || between.length > 0;
}

function keyOf(uri: string): string {
  return pathOf(uri) ?? uri;
}

function placed(file: LanguageFile, isOpen: boolean): PlacedVersion | undefined {
  const profile = file.version?.();
  if (profile === undefined) {
    return undefined;
  }
  const ranges = {
    version: toRange(file.lines, profile.spans.version),
    kubernetes: toRange(file.lines, profile.spans.kubernetes),
  };
  const { name, version, kubernetes } = profile;
  return isOpen
    ? {
        name,
        version,
        kubernetes,
        ranges,
        // An open document is kept anyway; seldom is it compared, and each change would pay for it.
        get fingerprint() {
          return profile.fingerprint;
        },
      }
    : { name, version, kubernetes, ranges, fingerprint: profile.fingerprint };
}

function diagnosticOf(
  { key, code, severity, message, place, other }: VersionFinding<Told>,
  rulePages: string | undefined,
): Diagnostic {
  const related: DiagnosticRelatedInformation[] = [other].flatMap(({ key: file, message: text }) =>
    file.profile === undefined
      ? []
      : [{ location: { uri: file.uri, range: file.profile.ranges[place] }, message: text }],
  );
  return {
    range: key.profile?.ranges[place] ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: "palette",
    code,
    message,
    ...(rulePages === undefined ? {} : { codeDescription: { href: `${rulePages}/${code}.md` } }),
    relatedInformation: related,
  };
}
