import type { Pack, UserRegistry } from "./model.ts";

/** One version of a chart in a registry that the user named. */
export interface ChartVersion {
  readonly version: string;
  /** Version of the software in it. */
  readonly appVersion?: string;
  /** Kubernetes versions it supports, as Helm writes ranges (`kubeVersion`). */
  readonly kubernetes?: string;
}

export interface Chart {
  readonly name: string;
  readonly description?: string;
  /** Whether its maintainers gave up the newest version. */
  readonly deprecated?: true;
  /** Releases newest first, then pre-releases newest first. */
  readonly versions: readonly ChartVersion[];
}

/** A registry that the user named, and what was last known of it. Plain data: it crosses processes. */
export interface ChartRegistry extends UserRegistry {
  readonly url: string;
  readonly charts: readonly Chart[];
}

/** What a chart's layer can be made of, beside the packs of the catalog. */
export interface UserPacks {
  readonly registries: readonly UserRegistry[];
  /** By registry as the user ordered them, then by name. */
  readonly packs: readonly Pack[];
  /** The pack of this chart; of the first registry that has it where none is named. */
  find(name: string, registry?: string): Pack | undefined;
}

export const NO_USER_PACKS: UserPacks = { registries: [], packs: [], find: () => undefined };

/** The charts of the user's registries as packs. */
export function createUserPacks(registries: readonly ChartRegistry[]): UserPacks {
  const packs = registries.flatMap((registry) => registry.charts.map((chart) => packOf(registry, chart)));
  const index = new Map<string, Pack>();
  for (const pack of packs) {
    for (const key of [pack.name, keyOf(pack.name, (pack.registry as UserRegistry).name)]) {
      if (!index.has(key)) {
        index.set(key, pack);
      }
    }
  }
  return {
    registries: registries.map(identityOf),
    packs,
    find: (name, registry) => index.get(registry === undefined ? name : keyOf(name, registry)),
  };
}

/** A line feed is in no name. */
function keyOf(name: string, registry: string): string {
  return `${name}\n${registry}`;
}

function identityOf({ name, kind, isPrivate }: ChartRegistry): UserRegistry {
  return { name, kind, isPrivate };
}

function packOf(registry: ChartRegistry, chart: Chart): Pack {
  return {
    name: chart.name,
    displayName: chart.name,
    aliases: [],
    layer: "addon",
    addonType: undefined,
    summary: chart.description ?? `Chart of ${registry.name}.`,
    clouds: "all",
    registry: identityOf(registry),
    versions: chart.versions.map(({ version, appVersion, kubernetes }) => ({
      version,
      chartVersion: version,
      ...(appVersion === undefined ? {} : { appVersion }),
      // Helm separates with commas what node-semver separates with blanks.
      ...(kubernetes === undefined ? {} : { kubernetes: kubernetes.replaceAll(",", " ") }),
    })),
    source: { kind: registry.kind, repository: registry.url, charts: [chart.name] },
    namespace: chart.name,
    values: `pack:\n  namespace: "${chart.name}"\ncharts:\n  ${chart.name}: {}\n`,
    manifests: [],
    hints: [],
    presets: [],
    constraints: [],
    notes: [],
    retired: chart.deprecated === true ? { reason: "Its maintainers deprecated it." } : undefined,
    replacesNodes: false,
  };
}
