import { nearest } from "../shared/nearest.ts";
import { isCustomCloud } from "./clouds.ts";
import { hasEnded, type ReleaseState, releaseOf, releasesOn } from "./kubernetes.ts";
import type {
  AddonType,
  CatalogData,
  CatalogLayer,
  KubernetesRelease,
  Pack,
  PackData,
  PackVersion,
} from "./model.ts";
import { kubernetesFits, newestOf, resolveTag } from "./version.ts";

interface PackQuery {
  readonly layer?: CatalogLayer;
  /** Palette's cloud type or a custom one: packs for all clouds and packs that name it. */
  readonly cloud?: string;
  readonly addonType?: AddonType | "app-services";
}

/** A version of a pack against a Kubernetes version and a day. */
interface VersionState extends PackVersion {
  readonly compatible: boolean;
  /** Why it is not compatible, one sentence. */
  readonly reason?: string;
  /** Whether its maintainers no longer support it. */
  readonly ended: boolean;
}

/** What to judge versions by. */
interface VersionQuery {
  /** Version of the profile's Kubernetes layer; nothing is incompatible without it. */
  readonly kubernetes?: string;
  /** yyyy-mm-dd. */
  readonly today: string;
}

/** Everything known about packs. Pure: the day comes in as an argument. */
export interface PackCatalog {
  /** The pack of this name, alias or Helm chart, blind to case; a name wins over an alias, an alias over a chart. */
  find(nameOrAlias: string): Pack | undefined;
  /** Packs that fit the query, those still maintained first, by display name. */
  list(query?: PackQuery): Pack[];
  /** Every version, newest first, with why it is not compatible. */
  versionsFor(pack: Pack, query: VersionQuery): VersionState[];
  /** The newest version that is compatible, a supported one where there is one. */
  newest(pack: Pack, query: VersionQuery): PackVersion | undefined;
  /** The version that a tag or train of this pack stands for. */
  resolveTag(pack: Pack, tag: string): PackVersion | undefined;
  /** The known name that a mistyped one most likely stands for. */
  nearestName(name: string): string | undefined;
  /** Kubernetes releases that are out by `today`, newest first. */
  kubernetesReleases(today: string): ReleaseState[];
  /** The release that a Kubernetes version belongs to. */
  kubernetesRelease(version: string): KubernetesRelease | undefined;
}

/** A catalog over compiled data. */
export function createCatalog(data: CatalogData): PackCatalog {
  const packs = data.packs.flatMap(expand).sort(byUse);
  const index = indexOf(packs);

  const versionsFor = (pack: Pack, query: VersionQuery): VersionState[] =>
    pack.versions.map((version) => judge(pack, version, query));

  return {
    find: (nameOrAlias) => index.get(nameOrAlias.toLowerCase()),
    list: (query = {}) => packs.filter((pack) => matches(pack, query)),
    versionsFor,
    newest(pack, query) {
      const compatible = versionsFor(pack, query).filter((state) => state.compatible);
      const supported = compatible.filter((state) => !state.ended);
      return byVersion(pack, newestOf((supported.length > 0 ? supported : compatible).map((v) => v.version)));
    },
    resolveTag: (pack, tag) =>
      byVersion(
        pack,
        resolveTag(
          pack.versions.map((v) => v.version),
          tag,
        ),
      ),
    nearestName: (name) => nearest(name, index.keys()),
    kubernetesReleases: (today) => releasesOn(data.kubernetes, today),
    kubernetesRelease: (version) => releaseOf(data.kubernetes, version),
  };
}

function judge(pack: Pack, version: PackVersion, { kubernetes, today }: VersionQuery): VersionState {
  const ended = hasEnded(version.endOfLife, today);
  const range = version.kubernetes;
  if (kubernetes === undefined || range === undefined || kubernetesFits(kubernetes, range)) {
    return { ...version, compatible: true, ended };
  }
  const reason = `${pack.displayName} ${version.version} needs Kubernetes ${range.replaceAll("-0", "")}, the profile has ${kubernetes}.`;
  return { ...version, compatible: false, reason, ended };
}

function byVersion(pack: Pack, version: string | undefined): PackVersion | undefined {
  return pack.versions.find((candidate) => candidate.version === version);
}

function matches(pack: Pack, { layer, cloud, addonType }: PackQuery): boolean {
  return (
    (layer === undefined || pack.layer === layer) &&
    (addonType === undefined || pack.addonType === addonType.replace("app-services", "app services")) &&
    (cloud === undefined || cloud === "all" || runsOn(pack, cloud))
  );
}

/** `custom` among the clouds of a pack stands for every custom cloud type. */
function runsOn({ clouds }: Pack, cloud: string): boolean {
  return clouds === "all" || clouds.includes(cloud) || (isCustomCloud(cloud) && clouds.includes("custom"));
}

/** A file of the catalog is one pack, or two where it has an add-on twin. */
function expand({ addonTwin, ...data }: PackData): Pack[] {
  const pack: Pack = {
    aliases: [],
    registry: "Public Repo",
    values: "",
    manifests: [],
    hints: [],
    presets: [],
    constraints: [],
    notes: [],
    addonType: undefined,
    namespace: undefined,
    retired: undefined,
    ...data,
    replacesNodes: data.layer === "os" || data.layer === "k8s",
  };
  return addonTwin === undefined
    ? [pack]
    : [
        pack,
        {
          ...pack,
          name: addonTwin,
          displayName: `${pack.displayName} (add-on)`,
          aliases: [],
          layer: "addon",
          addonType: "system app",
        },
      ];
}

/** Maintained packs first, then by display name. Plain comparison: a collator costs more than all the rest. */
function byUse(a: Pack, b: Pack): number {
  return (
    Number(a.retired !== undefined) - Number(b.retired !== undefined) ||
    compare(a.displayName.toLowerCase(), b.displayName.toLowerCase()) ||
    compare(a.name, b.name)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function indexOf(packs: readonly Pack[]): ReadonlyMap<string, Pack> {
  const index = new Map<string, Pack>();
  const add = (name: string, pack: Pack): void => {
    const key = name.toLowerCase();
    if (!index.has(key)) {
      index.set(key, pack);
    }
  };
  for (const pack of packs) {
    add(pack.name, pack);
  }
  for (const pack of packs) {
    for (const alias of pack.aliases) {
      add(alias, pack);
    }
  }
  for (const pack of packs) {
    if (pack.source.kind === "helm" || pack.source.kind === "oci") {
      for (const chart of pack.source.charts) {
        add(chart, pack);
      }
    }
  }
  return index;
}
