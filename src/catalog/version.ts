import { intersects, validRange } from "semver";

/**
 * Orders versions of packs, which are not all semver (`22.04`, `1.36`, `2026.8.1`): number by number, a missing
 * one is 0, a pre-release comes before its release, build metadata and a leading v do not count.
 * Negative where `a` is older than `b`.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  if (left.preRelease === undefined || right.preRelease === undefined) {
    return Number(left.preRelease === undefined) - Number(right.preRelease === undefined);
  }
  return left.preRelease.localeCompare(right.preRelease, "en", { numeric: true });
}

/** Whether a tag names a train (`1.x`, `1.36.x`, `LTS__22.4.x`), which moves with every release (palette.md 2.2). */
export function isTrain(tag: string): boolean {
  return trainPrefix(tag) !== undefined;
}

/**
 * The version that a tag stands for: of a train the newest release in it, otherwise the version of that number.
 * Nothing where none matches. Pre-releases are only found by their full name.
 */
export function resolveTag(versions: readonly string[], tag: string): string | undefined {
  const prefix = trainPrefix(tag);
  if (prefix === undefined) {
    return versions.find((version) => version === tag) ?? versions.find((v) => compareVersions(v, tag) === 0);
  }
  return newestOf(versions.filter((version) => isInTrain(version, prefix)));
}

/** The newest of some versions. */
export function newestOf(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (best, version) => (best === undefined || compareVersions(version, best) > 0 ? version : best),
    undefined,
  );
}

/**
 * Whether a Kubernetes version lies in a range. `1.36` without a patch, as managed services have it, does when
 * some patch release of it does. A range or version that cannot be read refuses nothing.
 */
export function kubernetesFits(version: string, range: string): boolean {
  const { numbers } = parts(version);
  const [major, minor, patch] = numbers;
  if (major === undefined || minor === undefined || validRange(range) === null) {
    return true;
  }
  return intersects(`${major}.${minor}.${patch ?? "x"}`, range, { includePrerelease: true });
}

/** `1.36` of `v1.36.4`. */
export function minorOf(version: string): string | undefined {
  const [major, minor] = parts(version).numbers;
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`;
}

function trainPrefix(tag: string): readonly number[] | undefined {
  const match = /^(?:LTS__)?v?((?:\d+\.)+)x$/.exec(tag);
  return match?.[1]?.split(".").slice(0, -1).map(Number);
}

function isInTrain(version: string, prefix: readonly number[]): boolean {
  const { numbers, preRelease } = parts(version);
  return preRelease === undefined && prefix.every((number, i) => numbers[i] === number);
}

function parts(version: string): { numbers: number[]; preRelease: string | undefined } {
  const match = /^v?(\d+(?:\.\d+)*)(?:-([^+]+))?/.exec(version);
  return { numbers: match?.[1]?.split(".").map(Number) ?? [], preRelease: match?.[2] };
}
