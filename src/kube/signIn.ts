import { readFile } from "node:fs/promises";
import { HttpMethod, KubeConfig, RequestContext, type User } from "@kubernetes/client-node";
import { Agent, type Dispatcher } from "undici";
import { PaletteError } from "../shared/errors.ts";
import { type ExecCredential, runExec } from "./exec.ts";
import type { ContextSettings } from "./kubeconfig.ts";
import type { ConnectOptions } from "./management.ts";

/** A credential is renewed a little before it expires. */
const EARLY_MS = 30_000;
/** A file with a token is rotated by whoever wrote it; read it again from time to time. */
const FILE_MS = 60_000;

/** What every request needs: headers that say who asks, and the pool of connections. */
export interface Session {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly dispatcher: Dispatcher;
}

/**
 * Signs in for one context and keeps the result: one pool of connections, one run of an exec plugin for all
 * that wait for it, until it expires. TLS and proxies are the Kubernetes client's (docs/decisions/).
 */
export class SignIn {
  readonly #settings: ContextSettings;
  readonly #options: ConnectOptions;
  readonly #closed = new AbortController();
  #pool: { readonly identity: string; readonly dispatcher: Dispatcher } | undefined;
  #session: { readonly value: Session; readonly expires: number } | undefined;
  #pending: Promise<Session> | undefined;

  constructor(settings: ContextSettings, options: ConnectOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  /** The session as it is, or a new one where it is about to expire. */
  session(): Promise<Session> {
    if (this.#session !== undefined && Date.now() < this.#session.expires) {
      return Promise.resolve(this.#session.value);
    }
    this.#pending ??= this.#start().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /**
   * Gives up a session that the server does not accept. Gives whether another try can end differently: a
   * static credential stays what it is.
   */
  reject(session: Session): boolean {
    if (this.#session?.value === session) {
      this.#session = undefined;
    }
    return this.#settings.exec !== undefined || this.#settings.tokenFile !== undefined;
  }

  close(): void {
    this.#closed.abort();
    void this.#pool?.dispatcher.destroy();
  }

  async #start(): Promise<Session> {
    const credential = await this.#credential();
    const user: User = { name: this.#settings.user, ...credential.user };
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      {
        name: this.#settings.context,
        server: this.#settings.server,
        // Without encryption there is no certificate to verify; the kubeconfig was judged before.
        skipTLSVerify: this.#settings.skipTlsVerify || this.#settings.server.startsWith("http:"),
        ...defined({
          caFile: this.#settings.caFile,
          caData: this.#settings.caData,
          tlsServerName: this.#settings.tlsServerName,
          proxyUrl: this.#settings.proxyUrl,
        }),
      },
      user,
    );
    const context = new RequestContext(this.#settings.server, HttpMethod.GET);
    try {
      await config.applySecurityAuthentication(context);
    } catch (cause) {
      throw new PaletteError(
        "Prerequisite",
        `The certificates of context ${this.#settings.context} cannot be used`,
        {
          engine: cause instanceof Error ? cause.message : String(cause),
          next: "Renew the kubeconfig.",
          cause,
        },
      );
    }
    const headers: Record<string, string | string[]> = { ...context.getHeaders() };
    if (this.#settings.impersonate !== undefined) {
      headers["Impersonate-User"] = this.#settings.impersonate.user;
      headers["Impersonate-Group"] = [...this.#settings.impersonate.groups];
    }
    const dispatcher = this.#keepPool(
      `${user.certData ?? ""}${user.keyData ?? ""}`,
      context.getDispatcher() as Dispatcher | undefined,
    );
    const value: Session = { headers, dispatcher };
    if (this.#closed.signal.aborted) {
      void dispatcher.destroy();
      throw new PaletteError("Cancelled", "The connection was closed");
    }
    this.#session = { value, expires: credential.expires };
    return value;
  }

  /** The client makes a pool per call; the first one of a TLS identity is kept and the others are dropped. */
  #keepPool(identity: string, made: Dispatcher | undefined): Dispatcher {
    if (this.#pool?.identity === identity) {
      void made?.destroy();
      return this.#pool.dispatcher;
    }
    void this.#pool?.dispatcher.close();
    this.#pool = { identity, dispatcher: made ?? new Agent() };
    return this.#pool.dispatcher;
  }

  async #credential(): Promise<{ readonly user: Partial<User>; readonly expires: number }> {
    const { exec, tokenFile, token, username, password, certFile, certData, keyFile, keyData } =
      this.#settings;
    if (exec !== undefined) {
      if (!(await this.#options.allowExec({ command: exec.command, args: exec.args }))) {
        throw new PaletteError(
          "Forbidden",
          `Context ${this.#settings.context} signs in by running ${exec.command}, which was not allowed`,
          { next: "Allow it, or choose another context." },
        );
      }
      const answer = await runExec(this.#settings, exec, this.#closed.signal);
      return { user: execUser(answer), expires: (answer.expires?.getTime() ?? Infinity) - EARLY_MS };
    }
    const certificates = defined({ certFile, certData, keyFile, keyData });
    if (token === undefined && tokenFile !== undefined) {
      const read = await readFile(tokenFile, "utf8").catch((cause: unknown) => {
        throw new PaletteError("NotFound", `Token file ${tokenFile} cannot be read`, { cause });
      });
      return { user: { ...certificates, token: read.trim() }, expires: Date.now() + FILE_MS };
    }
    return { user: { ...certificates, ...defined({ token, username, password }) }, expires: Infinity };
  }
}

function execUser({ token, certificate, key }: ExecCredential): Partial<User> {
  const base64 = (pem: string | undefined): string | undefined =>
    pem === undefined ? undefined : Buffer.from(pem).toString("base64");
  return defined({ token, certData: base64(certificate), keyData: base64(key) });
}

/** The same without what is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
