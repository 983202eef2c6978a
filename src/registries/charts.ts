import type { Chart, ChartVersion } from "../catalog/userPacks.ts";
import { compareVersions } from "../catalog/version.ts";

const NAME = /^[A-Za-z0-9](?:[\w.-]{0,251}[A-Za-z0-9])?$/;
const VERSION = /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
/** Nothing but what a range of versions is made of. */
const RANGE = /^[\w\s.,<>=~^|*+-]+$/;
/** Versions of one chart that are kept, the newest. */
const MOST_VERSIONS = 300;

/** A version as a registry states it; nothing is trusted yet. */
export interface StatedVersion {
  readonly version: unknown;
  readonly appVersion?: unknown;
  readonly kubernetes?: unknown;
  readonly description?: unknown;
  readonly deprecated?: unknown;
}

/**
 * A chart out of what a registry states. What is no version is left out; nothing is given for a name that no chart
 * has, or a chart without a version: both go into YAML as they are.
 */
export function chartOf(name: string, stated: Iterable<StatedVersion>): Chart | undefined {
  if (!NAME.test(name)) {
    return undefined;
  }
  const byVersion = new Map<string, StatedVersion>();
  for (const each of stated) {
    if (typeof each.version === "string" && each.version.length <= 128 && VERSION.test(each.version)) {
      byVersion.set(each.version, each);
    }
  }
  const ordered = [...byVersion.keys()].sort(
    (a, b) => Number(isPreRelease(a)) - Number(isPreRelease(b)) || compareVersions(b, a),
  );
  const newest = byVersion.get(ordered[0] ?? "");
  if (newest === undefined) {
    return undefined;
  }
  const description = line(newest.description, 300);
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(newest.deprecated === true ? { deprecated: true } : {}),
    versions: ordered.slice(0, MOST_VERSIONS).map((version) => versionOf(version, byVersion.get(version))),
  };
}

function versionOf(version: string, stated: StatedVersion | undefined): ChartVersion {
  const appVersion = line(stated?.appVersion, 64);
  const kubernetes = line(stated?.kubernetes, 128);
  return {
    version,
    ...(appVersion === undefined ? {} : { appVersion }),
    ...(kubernetes === undefined || !RANGE.test(kubernetes) ? {} : { kubernetes }),
  };
}

function isPreRelease(version: string): boolean {
  return version.replace(/\+.*/, "").includes("-");
}

/** Text in one line; nothing for what is no text or empty. */
function line(value: unknown, most: number): string | undefined {
  const text = typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
  return text === "" ? undefined : text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
