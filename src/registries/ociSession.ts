import { PaletteError } from "../shared/errors.ts";
import { isLoopback, isSafe, isSameSite } from "./address.ts";
import { authorizationOf, type Credentials } from "./credentials.ts";
import { get, type HttpAnswer } from "./http.ts";
import { refusal } from "./refusals.ts";

/** Bytes of one answer: a page of tags, a manifest, a token. */
const LIMIT = 8_000_000;

/** Requests to one OCI registry, which says itself how to sign in (distribution spec, `WWW-Authenticate`). */
export class OciSession {
  readonly #registry: string;
  readonly #origin: string;
  readonly #credentials: Credentials | undefined;
  readonly #signal: AbortSignal;
  /** By scope: what the registry took last. */
  readonly #authorizations = new Map<string, string>();

  constructor(registry: string, origin: string, credentials: Credentials | undefined, signal: AbortSignal) {
    this.#registry = registry;
    this.#origin = origin;
    this.#credentials = credentials;
    this.#signal = signal;
  }

  /**
   * Gives the answer for a path, signed in where the registry wants that.
   * @param scope what is to be read, as the registry names it (`repository:NAME:pull`)
   * @param what the same for messages
   */
  async get(path: string, scope: string, what: string, accept = "application/json"): Promise<HttpAnswer> {
    const url = new URL(path, this.#origin);
    const ask = (): Promise<HttpAnswer> =>
      get({
        url,
        headers: { accept },
        authorization: this.#authorizations.get(scope),
        limit: LIMIT,
        signal: this.#signal,
        registry: this.#registry,
      });
    let answer = await ask();
    // Only the registry itself may say how to sign in to it, not who it redirects to.
    if (answer.status === 401 && answer.url.origin === this.#origin) {
      const authorization = await this.#signIn(answer.headers.get("www-authenticate") ?? "", scope);
      if (authorization !== undefined) {
        this.#authorizations.set(scope, authorization);
        answer = await ask();
      }
    }
    if (answer.status !== 200) {
      throw refusal(answer, this.#registry, what);
    }
    return answer;
  }

  /** The value of `Authorization` that answers a challenge; nothing where there is none. */
  async #signIn(header: string, scope: string): Promise<string | undefined> {
    const credentials = this.#credentials;
    const { scheme, parameters } = challengeOf(header);
    if (scheme === "basic" || credentials?.kind === "token") {
      return credentials === undefined ? undefined : authorizationOf(credentials);
    }
    const realm = URL.parse(parameters.get("realm") ?? "");
    if (scheme !== "bearer" || realm === null) {
      return undefined;
    }
    const registry = new URL(this.#origin);
    if (!isSafe(realm) || (isLoopback(realm) && !isLoopback(registry))) {
      throw new PaletteError(
        "Refused",
        `Registry ${this.#registry} signs in at an address that is not https`,
      );
    }
    if (credentials !== undefined && !isSameSite(registry, realm)) {
      throw new PaletteError(
        "Refused",
        `Registry ${this.#registry} signs in at ${realm.host}, which is not its own: its credentials were not sent`,
        { next: "Remove its credentials to read what is public." },
      );
    }
    const service = parameters.get("service");
    if (service !== undefined) {
      realm.searchParams.set("service", service);
    }
    realm.searchParams.set("scope", parameters.get("scope") ?? scope);
    const answer = await get({
      url: realm,
      headers: { accept: "application/json" },
      authorization: credentials === undefined ? undefined : authorizationOf(credentials),
      limit: LIMIT,
      signal: this.#signal,
      registry: this.#registry,
    });
    const token = answer.status === 200 ? tokenIn(answer.text) : undefined;
    return token === undefined ? undefined : `Bearer ${token}`;
  }
}

/** Reads `Bearer realm="…",service="…"`. Of several challenges the first. */
export function challengeOf(header: string): {
  scheme: string;
  parameters: ReadonlyMap<string, string>;
} {
  const scheme = /^\s*([\w-]+)/.exec(header)?.[1]?.toLowerCase() ?? "";
  const parameters = new Map<string, string>();
  for (const [, name = "", quoted, plain] of header.matchAll(
    /([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  }
  return { scheme, parameters };
}

function tokenIn(text: string): string | undefined {
  try {
    const { token, access_token } = JSON.parse(text) as Record<string, unknown>;
    return [token, access_token].find(
      (each): each is string => typeof each === "string" && /^[\x21-\x7e]+$/.test(each),
    );
  } catch {
    return undefined;
  }
}
