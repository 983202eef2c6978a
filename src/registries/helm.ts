import type { Chart } from "../catalog/userPacks.ts";
import { PaletteError } from "../shared/errors.ts";
import { authorizationOf, type Credentials } from "./credentials.ts";
import { readHelmIndex } from "./helmIndex.ts";
import { get } from "./http.ts";
import { refusal } from "./refusals.ts";
import type { RegistrySettings } from "./settings.ts";

/** Bytes of an index; the largest public ones have about 30 MB. */
const LIMIT = 60_000_000;

/** What lets a server say that nothing has changed since the last answer. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface HelmAnswer extends Validators {
  /** Nothing where the index is the one of `known`. */
  readonly charts: readonly Chart[] | undefined;
}

/** Fetches what a Helm repository has. Throws `PaletteError`. */
export async function helmCharts(
  { name, url }: RegistrySettings,
  credentials: Credentials | undefined,
  known: Validators,
  signal: AbortSignal,
): Promise<HelmAnswer> {
  const answer = await get({
    url: new URL(`${url}/index.yaml`),
    headers: {
      ...(known.etag === undefined ? {} : { "if-none-match": known.etag }),
      ...(known.lastModified === undefined ? {} : { "if-modified-since": known.lastModified }),
    },
    authorization: credentials === undefined ? undefined : authorizationOf(credentials),
    limit: LIMIT,
    signal,
    registry: name,
  });
  if (answer.status === 304) {
    return { charts: undefined, ...known };
  }
  if (answer.status !== 200) {
    throw refusal(answer, name, "index.yaml");
  }
  const etag = answer.headers.get("etag");
  const lastModified = answer.headers.get("last-modified");
  try {
    return {
      charts: await readHelmIndex(answer.text),
      ...(etag === null ? {} : { etag }),
      ...(lastModified === null ? {} : { lastModified }),
    };
  } catch (cause) {
    throw new PaletteError("Refused", `The index.yaml of registry ${name} cannot be read`, {
      engine: cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause),
      next: "Check that its address is the one of a Helm repository.",
      cause,
    });
  }
}
