import { isPaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { apiError, httpStatus, isConnectionClosed } from "./apiErrors.ts";
import type { Page } from "./client.ts";
import type { Disposable, WatchHandlers } from "./management.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
/** A kind that the server does not have is looked for again after this time: its provider may be installed. */
const LOOK_AGAIN_MS = 30_000;
/** Servers send a bookmark about once a minute; two minutes of silence are a dead connection. */
const IDLE_MS = 120_000;
/** A watch that ends sooner is not repeated at once, or a server that ends them all would be flooded. */
const SHORTEST_MS = 1_000;

/** The two calls that following takes. */
export interface WatchSource {
  list(signal: AbortSignal): Promise<Page>;
  events(
    resourceVersion: string,
    signal: AbortSignal,
    idleMs: number,
    seconds: number,
    onOpen: () => void,
  ): Promise<AsyncIterable<string>>;
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubeObject & { readonly code?: number; readonly message?: string };
}

/**
 * Follows a list: lists, then watches from there with bookmarks; after a lost connection it goes on where it
 * was, later and later with some jitter; where the server has forgotten that place it lists anew. What was seen
 * is never taken back because a connection is lost. It ends by itself where the connection is closed.
 * @param optional whether a kind that the server does not have is an empty list; else it counts as lost
 */
export function follow(source: WatchSource, handlers: WatchHandlers, optional = false): Disposable {
  const stop = new AbortController();
  void run(source, handlers, optional, stop.signal);
  return { dispose: () => stop.abort() };
}

async function run(
  source: WatchSource,
  handlers: WatchHandlers,
  optional: boolean,
  signal: AbortSignal,
): Promise<void> {
  const objects = new Map<string, KubeObject>();
  let version: string | undefined;
  let retryMs = FIRST_RETRY_MS;
  let lost = false;
  let isAbsent = false;
  let soon: NodeJS.Immediate | undefined;
  const tell = (): void => {
    clearImmediate(soon);
    soon = undefined;
    handlers.onObjects([...objects.values()]);
  };
  signal.addEventListener("abort", () => clearImmediate(soon));
  const alive = (): void => {
    retryMs = FIRST_RETRY_MS;
    if (lost) {
      lost = false;
      handlers.onLive();
    }
  };
  while (!signal.aborted) {
    const began = Date.now();
    try {
      if (version === undefined) {
        const page = await source.list(signal);
        if (signal.aborted) {
          return;
        }
        objects.clear();
        for (const object of page.items) {
          objects.set(keyOf(object), object);
        }
        version = page.resourceVersion;
        isAbsent = false;
        alive();
        tell();
      }
      const seconds = 240 + Math.floor(Math.random() * 120);
      const lines = await source.events(version, signal, IDLE_MS, seconds, alive);
      for await (const line of lines) {
        if (signal.aborted) {
          return;
        }
        const { type, object } = JSON.parse(line) as WatchEvent;
        if (type === "ERROR") {
          throw apiError(object.code ?? 500, object, {
            verb: "watch",
            object: "this list",
            management: "server",
          });
        }
        version = object.metadata.resourceVersion ?? version;
        if (type === "BOOKMARK") {
          continue;
        }
        if (type === "DELETED") {
          objects.delete(keyOf(object));
        } else {
          objects.set(keyOf(object), withoutManagers(object));
        }
        // A burst arrives in pieces of many lines: the set is copied once for each of them, not for each line.
        soon ??= setImmediate(tell);
      }
      await pause(Math.max(0, SHORTEST_MS - (Date.now() - began)), signal);
    } catch (error) {
      if (signal.aborted || isPaletteError(error, "Cancelled")) {
        return;
      }
      if (httpStatus(error) === 410 && version !== undefined) {
        version = undefined;
        continue;
      }
      if (optional && isPaletteError(error, "Prerequisite")) {
        version = undefined;
        alive();
        if (!isAbsent) {
          isAbsent = true;
          objects.clear();
          tell();
        }
        await pause(LOOK_AGAIN_MS, signal);
        continue;
      }
      const wait = retryMs * (0.75 + Math.random() / 2);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      lost = true;
      if (soon !== undefined) {
        tell();
      }
      handlers.onLost(error, wait);
      if (isConnectionClosed(error)) {
        return;
      }
      await pause(wait, signal);
    }
  }
}

/** Drops who manages which field from an object that nobody else has yet: half of it, and no list is read for that. */
export function withoutManagers(object: KubeObject): KubeObject {
  const metadata = object.metadata as { managedFields?: unknown };
  if (metadata.managedFields !== undefined) {
    metadata.managedFields = undefined;
  }
  return object;
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

/** Waits; ends early, without an error, on the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || ms <= 0) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
