import { createInterface } from "node:readline";
import type { Dispatcher } from "undici";
import { PaletteError } from "../shared/errors.ts";
import { type ApiStatus, apiError, networkError, type RequestWords } from "./apiErrors.ts";
import type { ContextSettings } from "./kubeconfig.ts";
import type { Session, SignIn } from "./signIn.ts";

/** No request waits longer for its answer. */
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
    const deadline = AbortSignal.timeout(this.#timeoutMs);
    const answer = await this.#send(request, deadline);
    const content = await this.#read(answer, request, deadline);
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
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.#timeoutMs);
    let answer: Dispatcher.ResponseData;
    try {
      answer = await this.#send(request, deadline.signal, idleMs);
    } finally {
      clearTimeout(timer);
    }
    if (answer.statusCode >= 300) {
      const content = await this.#read(answer, request, AbortSignal.timeout(this.#timeoutMs));
      throw apiError(answer.statusCode, parseStatus(content), this.#words(request));
    }
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
    if (this.#isCancelled(request)) {
      throw cancelled();
    }
  }

  async #send(request: HttpRequest, deadline: AbortSignal, idleMs = 0): Promise<Dispatcher.ResponseData> {
    for (let attempt = 1; ; attempt++) {
      if (this.#isCancelled(request)) {
        throw cancelled();
      }
      const session = await this.#signIn.session();
      let answer: Dispatcher.ResponseData;
      try {
        answer = await this.#exchange(session, request, deadline, idleMs);
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
      this.#skewMs = skewOf(answer) ?? this.#skewMs;
      if (answer.statusCode === 401 && attempt === 1 && this.#signIn.reject(session)) {
        await answer.body.dump();
        continue;
      }
      return answer;
    }
  }

  #exchange(
    session: Session,
    { method, path, query = {}, body, contentType, accept, signal }: HttpRequest,
    deadline: AbortSignal,
    idleMs: number,
  ): Promise<Dispatcher.ResponseData> {
    const base = new URL(this.#settings.server);
    const parameters = new URLSearchParams(
      Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ).toString();
    return session.dispatcher.request({
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
      signal: AbortSignal.any([this.#closed.signal, deadline, ...(signal === undefined ? [] : [signal])]),
      headersTimeout: 0,
      bodyTimeout: idleMs,
    });
  }

  async #read(answer: Dispatcher.ResponseData, request: HttpRequest, deadline: AbortSignal): Promise<string> {
    try {
      deadline.throwIfAborted();
      return await answer.body.text();
    } catch (error) {
      throw this.#failure(error, request);
    }
  }

  #failure(error: unknown, request: HttpRequest): PaletteError {
    if (this.#isCancelled(request)) {
      return cancelled();
    }
    if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
      return new PaletteError(
        "Unreachable",
        `${this.#settings.context} did not answer within ${this.#timeoutMs / 1000} s`,
        { next: "Check the network and that it runs.", cause: error },
      );
    }
    return networkError(error, this.#settings.server, this.#settings.context);
  }

  #isCancelled({ signal }: HttpRequest): boolean {
    return signal?.aborted === true || this.#closed.signal.aborted;
  }

  #words({ words }: HttpRequest): RequestWords {
    return { ...words, management: this.#settings.context };
  }
}

function cancelled(): PaletteError {
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
