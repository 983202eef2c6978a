import type { ChartSources } from "../layers/index.ts";
import { readMirrors } from "../registries/mirrors.ts";
import { readSettings } from "../registries/settings.ts";
import { pair } from "./arguments.ts";
import { UsageError } from "./command.ts";

/** The options that say where charts of layers come from. */
export const CHART_SOURCES = {
  registry: { type: "string", multiple: true, default: [] as string[] },
  "chart-mirror": { type: "string", multiple: true, default: [] as string[] },
} as const;
export const CHART_SOURCES_USAGE = "[--registry NAME=URL] [--chart-mirror FROM=TO]";

/** Reads those options by the rules of the settings `palette.registries` and `palette.chartMirrors`. Throws `UsageError`. */
export function chartSourcesOf({
  registry,
  "chart-mirror": mirror,
}: {
  readonly [key in keyof typeof CHART_SOURCES]: readonly string[];
}): ChartSources {
  const { registries, problems } = readSettings(
    registry.map((option) => {
      const [name, url] = pair(option, "registry", "NAME=URL");
      return { name, url, kind: url.startsWith("oci:") ? "oci" : "helm" };
    }),
  );
  const read = readMirrors(
    Object.fromEntries(mirror.map((option) => pair(option, "chart-mirror", "FROM=TO"))),
  );
  const [problem] = [...problems, ...read.problems];
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  return { registries, mirrors: read.mirrors };
}
