import { addressProblem } from "./address.ts";

/** One entry of the setting `palette.registries`, checked. */
export interface RegistrySettings {
  readonly name: string;
  readonly kind: "helm" | "oci";
  /** Without a slash at the end; `https:` for what the user wrote as `oci:`. */
  readonly url: string;
  /** OCI: the charts to look at, below the address. Without them the registry is asked what it has. */
  readonly charts: readonly string[] | undefined;
}

/** Names go into YAML as they are. */
const NAME = /^[A-Za-z](?:[\w .-]{0,61}[\w.-])?$/;
const REPOSITORY = /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/;
/** As many as anybody needs, and few enough to ask them all. */
const MOST_REGISTRIES = 50;
const MOST_CHARTS = 500;

/**
 * Reads the setting. Entries that cannot be used are left out and said in `problems`, one sentence each; the others
 * work.
 */
export function readSettings(value: unknown): { registries: RegistrySettings[]; problems: string[] } {
  const registries: RegistrySettings[] = [];
  const problems: string[] = [];
  if (value !== undefined && !Array.isArray(value)) {
    return { registries, problems: ["palette.registries is not a list."] };
  }
  for (const [i, entry] of (value ?? []).entries()) {
    const read = readEntry(entry, i + 1);
    if (typeof read === "string") {
      problems.push(read);
    } else if (registries.some(({ name }) => name === read.name)) {
      problems.push(`Two registries are named ${read.name}: the first one counts.`);
    } else if (registries.length === MOST_REGISTRIES) {
      problems.push(`${read.name} is left out: Palette looks at ${MOST_REGISTRIES} registries at most.`);
    } else {
      registries.push(read);
    }
  }
  return { registries, problems };
}

function readEntry(entry: unknown, position: number): RegistrySettings | string {
  const { name, kind, url, charts } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<
    string,
    unknown
  >;
  if (typeof name !== "string" || !NAME.test(name)) {
    return `Registry ${position} has no usable name: letters, digits, blanks, dots, dashes and underscores, a letter first.`;
  }
  if (kind !== "helm" && kind !== "oci") {
    return `Registry ${name} is of no known kind: helm or oci.`;
  }
  if (typeof url !== "string") {
    return `Registry ${name} has no address.`;
  }
  const address = kind === "oci" ? url.replace(/^oci:\/\//, "https://") : url;
  const problem = addressProblem(address);
  if (problem !== undefined) {
    return `Registry ${name} cannot be used: ${problem}`;
  }
  if (charts !== undefined && !(Array.isArray(charts) && charts.every(isRepository))) {
    return `Registry ${name} has charts that are no names of repositories.`;
  }
  const { origin, pathname } = new URL(address);
  return {
    name,
    kind,
    url: origin + pathname.replace(/\/+$/, ""),
    charts: (charts as readonly string[] | undefined)?.slice(0, MOST_CHARTS),
  };
}

function isRepository(value: unknown): boolean {
  return typeof value === "string" && REPOSITORY.test(value);
}
