/** vCluster's chart as it is installed; its schema in chart/schema.json is of this version. */
export const VCLUSTER = {
  repository: "https://charts.loft.sh",
  name: "vcluster",
  version: "0.36.1",
} as const;

/**
 * The Kubernetes versions that this chart is made for, newest first, each by the image of it that its authors name
 * (config/default_extra_values.go of vCluster 0.36.1).
 */
export const KUBERNETES_VERSIONS: readonly string[] = [
  "1.36.0",
  "1.35.0",
  "1.34.0",
  "1.33.4",
  "1.32.1",
  "1.31.1",
  "1.30.2",
];

/** The full version that a request means: `1.35` is the one that the chart has of it. */
export function fullVersion(asked: string): string | undefined {
  const plain = asked.replace(/^v/, "");
  return /^\d+\.\d+\.\d+$/.test(plain)
    ? plain
    : KUBERNETES_VERSIONS.find((each) => each.startsWith(`${plain}.`));
}

/** Whether the chart is made for the minor of a version. */
export function hasMinor(version: string): boolean {
  const [major, minor] = version.replace(/^v/, "").split(".");
  return KUBERNETES_VERSIONS.some((each) => each.startsWith(`${major}.${minor}.`));
}
