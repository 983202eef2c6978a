import type { Chart } from "../catalog/userPacks.ts";
import { isPaletteError, PaletteError } from "../shared/errors.ts";
import { isMap } from "../shared/records.ts";
import { chartOf, type StatedVersion } from "./charts.ts";
import type { Credentials } from "./credentials.ts";
import { OciSession } from "./ociSession.ts";
import type { RegistrySettings } from "./settings.ts";

const MOST_PAGES = 100;
const MOST_REPOSITORIES = 500;
const AT_ONCE = 4;
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const HELM_CONFIG = "application/vnd.cncf.helm.config.v1+json";

/**
 * Asks an OCI registry for the charts below its address, and for the newest version of each what the chart says of
 * itself. A chart that is refused keeps what was known of it; `refused` is the first refusal. Throws `PaletteError`.
 */
export async function ociCharts(
  settings: RegistrySettings,
  credentials: Credentials | undefined,
  known: readonly Chart[],
  signal: AbortSignal,
): Promise<{ charts: Chart[]; refused: unknown }> {
  const { origin, pathname } = new URL(settings.url);
  const session = new OciSession(settings.name, apiOrigin(origin), credentials, signal);
  const prefix = pathname.replace(/^\/+/, "");
  const reader = new RepositoryReader(session, settings.name);
  const listed = settings.charts ?? (await reader.repositoriesBelow(prefix));
  const charts: Chart[] = [];
  let refused: unknown;
  const queue = [...listed];
  const work = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const last = known.find((chart) => chart.name === name);
      try {
        const chart = await reader.chart(prefix === "" ? name : `${prefix}/${name}`, name, last);
        charts.push(...(chart === undefined ? [] : [chart]));
      } catch (error) {
        if (isPaletteError(error, "Cancelled")) {
          throw error;
        }
        refused ??= error;
        charts.push(...(last === undefined ? [] : [last]));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const order = new Map(listed.map((name, i) => [name, i]));
  charts.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  return { charts, refused };
}

/** Docker Hub's API has another name than its images. */
function apiOrigin(origin: string): string {
  return origin === "https://docker.io" ? "https://registry-1.docker.io" : origin;
}

class RepositoryReader {
  readonly #session: OciSession;
  readonly #registry: string;

  constructor(session: OciSession, registry: string) {
    this.#session = session;
    this.#registry = registry;
  }

  /** Names of all repositories below a path, without that path. Not every registry tells. */
  async repositoriesBelow(prefix: string): Promise<string[]> {
    try {
      const all = await this.#pages(
        "/v2/_catalog?n=500",
        "registry:catalog:*",
        "list of repositories",
        (page) => strings(page.repositories),
      );
      const start = prefix === "" ? "" : `${prefix}/`;
      return all
        .filter((name) => name.startsWith(start))
        .map((name) => name.slice(start.length))
        .slice(0, MOST_REPOSITORIES);
    } catch (error) {
      if (isPaletteError(error) && ["Forbidden", "NotFound", "Refused"].includes(error.code)) {
        throw new PaletteError(error.code, `Registry ${this.#registry} does not say which charts it has`, {
          next: "Name them under charts in palette.registries, or set its credentials.",
          cause: error,
        });
      }
      throw error;
    }
  }

  /** One chart; nothing where the repository holds something else. */
  async chart(repository: string, name: string, known: Chart | undefined): Promise<Chart | undefined> {
    const scope = `repository:${repository}:pull`;
    const tags = await this.#pages(`/v2/${repository}/tags/list`, scope, `chart ${name}`, (page) =>
      strings(page.tags),
    );
    const chart = chartOf(
      name,
      // A tag cannot hold a plus: Helm writes an underscore.
      tags.map((tag) => ({ version: tag.replace("_", "+") })),
    );
    const newest = chart?.versions[0]?.version;
    if (chart === undefined || newest === undefined) {
      return undefined;
    }
    const last = known?.versions.find(({ version }) => version === newest);
    const own =
      last === undefined
        ? await this.#metadata(repository, scope, name, newest)
        : {
            version: newest,
            appVersion: last.appVersion,
            kubernetes: last.kubernetes,
            description: known?.description,
            deprecated: known?.deprecated,
          };
    return own === undefined
      ? undefined
      : chartOf(
          name,
          chart.versions.map((each) => (each.version === newest ? own : each)),
        );
  }

  /** What the chart says of itself: its Chart.yaml is the config of the image. */
  async #metadata(
    repository: string,
    scope: string,
    name: string,
    version: string,
  ): Promise<StatedVersion | undefined> {
    const what = `chart ${name}`;
    const path = `/v2/${repository}/manifests/${version.replace("+", "_")}`;
    const manifest = this.#json((await this.#session.get(path, scope, what, MANIFEST)).text);
    const config = isMap(manifest.config) ? manifest.config : {};
    if (config.mediaType !== HELM_CONFIG || typeof config.digest !== "string") {
      return undefined;
    }
    if (!/^sha256:[0-9a-f]{64}$/.test(config.digest)) {
      return { version };
    }
    const blob = await this.#session.get(`/v2/${repository}/blobs/${config.digest}`, scope, what, "*/*");
    const { appVersion, description, deprecated, kubeVersion } = this.#json(blob.text);
    return { version, appVersion, description, deprecated, kubernetes: kubeVersion };
  }

  /** All pages of a list: each names the next one in its `Link` header. */
  async #pages(
    path: string,
    scope: string,
    what: string,
    itemsOf: (page: Readonly<Record<string, unknown>>) => string[],
  ): Promise<string[]> {
    const items: string[] = [];
    let next: string | undefined = path;
    for (let page = 0; next !== undefined && page < MOST_PAGES; page++) {
      const answer = await this.#session.get(next, scope, what);
      items.push(...itemsOf(this.#json(answer.text)));
      next = nextPage(answer.headers.get("link"), answer.url);
    }
    return items;
  }

  #json(text: string): Readonly<Record<string, unknown>> {
    try {
      const value: unknown = JSON.parse(text);
      if (isMap(value)) {
        return value;
      }
    } catch {
      // Said below.
    }
    throw new PaletteError("Refused", `Registry ${this.#registry} does not answer as an OCI registry`, {
      next: "Check its address.",
    });
  }
}

/** The path of `<…>; rel="next"`; nothing where it leads to another server. */
function nextPage(link: string | null, from: URL): string | undefined {
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? "")?.[1];
  const url = target === undefined ? null : URL.parse(target, from.href);
  return url === null || url.origin !== from.origin ? undefined : url.pathname + url.search;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
