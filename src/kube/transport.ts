import { createInterface } from "node:readline";
import type { Dispatcher } from "undici";
import { PaletteError } from "../shared/errors.ts";
import { type ApiStatus, apiError, connectionClosed, networkError, type RequestWords } from "./apiErrors.ts";
import type { ContextSettings } from "./kubeconfig.ts";
import type { Session, SignIn } from "./signIn.ts";
import { unlessAborted } from "./unlessAborted.ts";

/** No request waits longer for its answer; the time to sign in does not count, which is a person's at times. */
const TIMEOUT_MS = 20_000;
const USER_AGENT = "palette-onboarding";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** What the answer may be; JSON where nothing is said. */
  readonly accept?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For error messages. */
  readonly words: Omit<RequestWords, "management">;
}

/** An answer that begins, and the timer that breaks it off unless it is cleared. */
interface Exchange {
  readonly answer: Dispatcher.ResponseData;
  readonly limit: NodeJS.Timeout;
}

/** Requests to one API server. Throws `PaletteError` only. */
export class Transport {
  readonly #settings: ContextSettings;
  readonly #signIn: SignIn;
  readonly #closed = new AbortController();
  readonly #timeoutMs: number;
  #skewMs = 0;

  constructor(settings: ContextSettings, signIn: SignIn, timeoutMs = TIMEOUT_MS) {
    this.#settings = settings;
    this.#signIn = signIn;
    this.#timeoutMs = timeoutMs;
  }

  /** Time of the server as last heard. */
  now(): Date {
    return new Date(Date.now() + this.#skewMs);
  }

  close(): void {
    this.#closed.abort();
    this.#signIn.close();
  }

  /** Gives the JSON of the answer. */
  async json(request: HttpRequest): Promise<unknown> {
    const exchange = await this.#send(request);
    const { answer } = exchange;
    const content = await this.#read(exchange, request);
    if (answer.statusCode >= 300) {
      throw apiError(answer.statusCode, parseStatus(content), this.#words(request));
    }
    try {
      return JSON.parse(content);
    } catch (cause) {
      throw new PaletteError(
        "Refused",
        `${this.#settings.context} does not answer as a Kubernetes API server`,
        {
          next: "Check the address in the kubeconfig.",
          cause,
        },
      );
    }
  }

  /**
   * Gives the lines of an answer that goes on, as a watch does, until it ends. `idleMs` without a byte is taken
   * as a lost connection.
   */
  async *lines(request: HttpRequest, idleMs: number, onOpen: () => void): AsyncGenerator<string> {
    const exchange = await this.#send(request, idleMs);
    const { answer } = exchange;
    if (answer.statusCode >= 300) {
      const content = await this.#read(exchange, request);
      throw apiError(answer.statusCode, parseStatus(content), this.#words(request));
    }
    clearTimeout(exchange.limit);
    onOpen();
    try {
      for await (const line of createInterface({ input: answer.body, crlfDelay: Infinity })) {
        if (line !== "") {
          yield line;
        }
      }
    } catch (error) {
      throw this.#failure(error, request);
    } finally {
      answer.body.destroy();
    }
    const ended = this.#ended(request);
    if (ended !== undefined) {
      throw ended;
    }
  }

  async #send(request: HttpRequest, idleMs = 0): Promise<Exchange> {
    for (let attempt = 1; ; attempt++) {
      const session = await this.#session(request);
      let exchange: Exchange;
      try {
        exchange = await this.#exchange(session, request, idleMs);
      } catch (error) {
        // A kept connection may have been closed by the other side a moment ago.
        if (
          attempt === 1 &&
          request.method === "GET" &&
          (error as NodeJS.ErrnoException).code === "UND_ERR_SOCKET"
        ) {
          continue;
        }
        throw this.#failure(error, request);
      }
      const { answer, limit } = exchange;
      this.#skewMs = skewOf(answer) ?? this.#skewMs;
      if (answer.statusCode === 401 && attempt === 1 && this.#signIn.reject(session)) {
        clearTimeout(limit);
        await answer.body.dump();
        continue;
      }
      return exchange;
    }
  }

  /** The session for a request. To sign in may take minutes; who goes meanwhile does not wait for it. */
  #session(request: HttpRequest): Promise<Session> {
    return unlessAborted(
      this.#gone(request),
      () => this.#signIn.session(),
      () => this.#ended(request),
    );
  }

  async #exchange(
    session: Session,
    { method, path, query = {}, body, contentType, accept, signal }: HttpRequest,
    idleMs: number,
  ): Promise<Exchange> {
    const base = new URL(this.#settings.server);
    const parameters = new URLSearchParams(
      Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ).toString();
    const late = new AbortController();
    const limit = setTimeout(() => late.abort(), this.#timeoutMs);
    try {
      const answer = await session.dispatcher.request({
        origin: base.origin,
        path: `${base.pathname.replace(/\/+$/, "")}${path}${parameters === "" ? "" : `?${parameters}`}`,
        method,
        headers: {
          ...session.headers,
          accept: accept ?? "application/json",
          "user-agent": USER_AGENT,
          ...(body === undefined ? {} : { "content-type": contentType ?? "application/json" }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([this.#gone({ signal }), late.signal]),
        headersTimeout: 0,
        bodyTimeout: idleMs,
      });
      return { answer, limit };
    } catch (error) {
      clearTimeout(limit);
      throw error;
    }
  }

  async #read({ answer, limit }: Exchange, request: HttpRequest): Promise<string> {
    try {
      return await answer.body.text();
    } catch (error) {
      throw this.#failure(error, request);
    } finally {
      clearTimeout(limit);
    }
  }

  #failure(error: unknown, request: HttpRequest): PaletteError {
    const ended = this.#ended(request);
    if (ended !== undefined) {
      return ended;
    }
    if (error instanceof Error && error.name === "AbortError") {
      return new PaletteError(
        "Unreachable",
        `${this.#settings.context} did not answer within ${this.#timeoutMs / 1000} s`,
        { next: "Check the network and that it runs.", cause: error },
      );
    }
    return networkError(error, this.#settings.server, this.#settings.context);
  }

  /** Aborted once nobody wants the answer. */
  #gone({ signal }: Pick<HttpRequest, "signal">): AbortSignal {
    return signal === undefined ? this.#closed.signal : AbortSignal.any([this.#closed.signal, signal]);
  }

  /** Why nobody wants the answer, where that is so: a cancel is the caller's own doing, a close is not. */
  #ended({ signal }: HttpRequest): PaletteError | undefined {
    if (signal?.aborted === true) {
      return cancelled();
    }
    return this.#closed.signal.aborted ? connectionClosed(this.#settings.context) : undefined;
  }

  #words({ words }: HttpRequest): RequestWords {
    return { ...words, management: this.#settings.context };
  }
}

export function cancelled(): PaletteError {
  return new PaletteError("Cancelled", "The request was cancelled");
}

function parseStatus(content: string): ApiStatus {
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed === "object" && parsed !== null) {
      return parsed as ApiStatus;
    }
  } catch {
    // A proxy's page, or plain text.
  }
  return { message: content.slice(0, 300).trim() };
}

function skewOf({ headers }: Dispatcher.ResponseData): number | undefined {
  const time = Date.parse(typeof headers.date === "string" ? headers.date : "");
  return Number.isNaN(time) ? undefined : time - Date.now();
}
