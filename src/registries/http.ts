import { isPaletteError, PaletteError } from "../shared/errors.ts";
import { isLoopback, isSafe } from "./address.ts";

const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 5;

export interface HttpRequest {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Value of `Authorization`: goes to the origin of `url` only, wherever redirects lead. */
  readonly authorization?: string | undefined;
  /** Bytes that an answer may have, decompressed. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** For messages: the name of the registry. */
  readonly registry: string;
  readonly timeoutMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  readonly text: string;
}

/**
 * Sends a GET and reads the whole answer, whatever its status below 500. Throws `PaletteError`: Unreachable, Refused
 * for an answer that is too large or leads somewhere unsafe, Cancelled.
 */
export async function get(request: HttpRequest): Promise<HttpAnswer> {
  const { registry, timeoutMs = TIMEOUT_MS } = request;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([request.signal, deadline]);
  try {
    return await follow(request, signal);
  } catch (error) {
    if (request.signal.aborted) {
      throw new PaletteError("Cancelled", "The request was cancelled");
    }
    if (isPaletteError(error)) {
      throw error;
    }
    const what = deadline.aborted
      ? `did not answer within ${timeoutMs / 1000} s`
      : `cannot be reached${reason(error)}`;
    throw new PaletteError("Unreachable", `Registry ${registry} ${what}`, {
      next: "Check its address and the network.",
      cause: error,
    });
  }
}

async function follow(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { registry, headers, authorization, limit } = request;
  let { url } = request;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    // The global fetch: VS Code teaches it proxies and the certificates of the system.
    const answer = await fetch(url, {
      headers: {
        ...headers,
        "user-agent": "palette-onboarding",
        ...(authorization === undefined || url.origin !== request.url.origin ? {} : { authorization }),
      },
      redirect: "manual",
      signal,
    });
    const location = answer.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) {
      const text = await read(answer, limit, registry);
      if (answer.status >= 500) {
        throw new PaletteError("Unreachable", `Registry ${registry} answers with error ${answer.status}`, {
          next: "It is asked again later.",
        });
      }
      return { status: answer.status, headers: answer.headers, url, text };
    }
    await answer.body?.cancel();
    const next = URL.parse(location, url.href);
    if (next === null || !isSafe(next) || (isLoopback(next) && !isLoopback(request.url))) {
      throw new PaletteError("Refused", `Registry ${registry} leads to an address that is not https`, {
        next: "Check its address.",
      });
    }
    url = next;
  }
  throw new PaletteError("Refused", `Registry ${registry} leads from one address to the next without end`, {
    next: "Check its address.",
  });
}

/** Counts what it reads, so that neither a wrong address nor a small file that unpacks to a huge one fills the memory. */
async function read({ body }: Response, limit: number, registry: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new PaletteError(
        "Refused",
        `Registry ${registry} answers with more than ${Math.floor(limit / 1_000_000)} MB`,
        { next: "Check that its address is the one of a Helm repository or an OCI registry." },
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The innermost words of an error of the network, such as `connect ECONNREFUSED 127.0.0.1:1`. */
function reason(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined) {
    inner = inner.cause;
  }
  return inner instanceof Error && inner.message !== "" ? `: ${inner.message}` : "";
}
