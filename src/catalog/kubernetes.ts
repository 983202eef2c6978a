import type { KubernetesRelease } from "./model.ts";
import { compareVersions, minorOf } from "./version.ts";

/** A release as it stands on a day. */
export interface ReleaseState extends KubernetesRelease {
  /** Whether the Kubernetes project no longer maintains it. */
  readonly ended: boolean;
}

/** Releases that are out by `today` (yyyy-mm-dd), newest first. */
export function releasesOn(releases: readonly KubernetesRelease[], today: string): ReleaseState[] {
  return releases
    .filter((release) => release.released <= today)
    .map((release) => ({ ...release, ended: hasEnded(release.endOfLife, today) }))
    .sort((a, b) => compareVersions(b.minor, a.minor));
}

/** The release that a Kubernetes version (`1.36`, `v1.36.4`) belongs to. */
export function releaseOf(
  releases: readonly KubernetesRelease[],
  version: string,
): KubernetesRelease | undefined {
  const minor = minorOf(version);
  return releases.find((release) => release.minor === minor);
}

/** Whether a day of end of life has come. */
export function hasEnded(endOfLife: string | undefined, today: string): boolean {
  return endOfLife !== undefined && endOfLife <= today;
}
