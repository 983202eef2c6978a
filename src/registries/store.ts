import type { ChartRegistry } from "../catalog/userPacks.ts";
import { describeError, type ErrorCode, isPaletteError } from "../shared/errors.ts";
import { Cache, type Kept } from "./cache.ts";
import type { Credentials } from "./credentials.ts";
import { helmCharts } from "./helm.ts";
import { ociCharts } from "./oci.ts";
import type { RegistrySettings } from "./settings.ts";

/** How long an answer of a registry is taken as fresh. */
const FRESH_MS = 60 * 60 * 1000;

/** What the store needs of the world around it. */
export interface StorePorts {
  /** Folder for the cache. */
  readonly folder: string;
  credentials(settings: RegistrySettings): Promise<Credentials | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Something else is known of the registries. */
  onChange(): void;
  /** A registry cannot be read any more: said once, until it can be read again. */
  onProblem(problem: RegistryProblem): void;
}

export interface RegistryProblem {
  readonly registry: string;
  readonly code: ErrorCode | undefined;
  /** What happened and what to do next. */
  readonly message: string;
  /** Whether charts of an earlier answer are still offered. */
  readonly isKnown: boolean;
}

interface State {
  readonly settings: RegistrySettings;
  kept: Kept | undefined;
  isPrivate: boolean;
  problem: RegistryProblem | undefined;
  /** The refresh that is under way. */
  refreshing: Promise<void> | undefined;
}

/** The charts of the user's registries: what is on disk at once, and what the registries say as soon as they say it. */
export class RegistryStore {
  readonly #ports: StorePorts;
  readonly #cache: Cache;
  #states: readonly State[] = [];
  #stop = new AbortController();

  constructor(ports: StorePorts) {
    this.#ports = ports;
    this.#cache = new Cache(ports.folder);
  }

  /** Looks at these registries from now on: reads what is on disk. */
  async configure(registries: readonly RegistrySettings[]): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const states = await Promise.all(
      registries.map(
        async (settings): Promise<State> => ({
          settings,
          kept: await this.#cache.read(settings),
          isPrivate: (await this.#ports.credentials(settings)) !== undefined,
          problem: undefined,
          refreshing: undefined,
        }),
      ),
    );
    if (!signal.aborted) {
      this.#states = states;
      this.#ports.onChange();
    }
  }

  /** What is known now, in the order of the setting. */
  known(): ChartRegistry[] {
    return this.#states.map(({ settings: { name, kind, url }, isPrivate, kept }) => ({
      name,
      kind,
      url,
      isPrivate,
      charts: kept?.charts ?? [],
    }));
  }

  problems(): RegistryProblem[] {
    return this.#states.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  }

  /** Asks the registries whose last answer is too old, all at once. One that does not answer stops no other. */
  async refresh(): Promise<void> {
    await this.#refreshAll(false);
  }

  /** Asks every registry now. Whoever asked for it says what is wrong (`problems`): `onProblem` is not called. */
  async refreshNow(): Promise<void> {
    await Promise.all(this.#states.map(({ refreshing }) => refreshing));
    await this.#refreshAll(true);
  }

  async #refreshAll(isWanted: boolean): Promise<void> {
    const { signal } = this.#stop;
    await Promise.all(
      this.#states.map((state) => {
        state.refreshing ??= this.#refresh(state, signal, isWanted).finally(() => {
          state.refreshing = undefined;
        });
        return state.refreshing;
      }),
    );
  }

  /** Forgets what a registry told to somebody signed in otherwise, and asks it anew. */
  async forget(url: string): Promise<void> {
    for (const state of this.#states.filter(({ settings }) => settings.url === url)) {
      await this.#cache.forget(state.settings);
    }
    await this.configure(this.#states.map(({ settings }) => settings));
    await this.refresh();
  }

  dispose(): void {
    this.#stop.abort();
  }

  /** @param isWanted whether somebody asked for it at this moment */
  async #refresh(state: State, signal: AbortSignal, isWanted: boolean): Promise<void> {
    const { settings } = state;
    // Another window may have asked in the meantime.
    const onDisk = await this.#cache.read(settings);
    if (onDisk !== undefined && onDisk.checked > (state.kept?.checked ?? 0)) {
      state.kept = onDisk;
      this.#ports.onChange();
    }
    const age = this.#ports.now() - (state.kept?.checked ?? Number.NEGATIVE_INFINITY);
    if (!isWanted && age >= 0 && age < FRESH_MS && state.problem === undefined) {
      return;
    }
    try {
      const { refused, ...kept } = await this.#ask(settings, state.kept, signal);
      if (signal.aborted) {
        return;
      }
      const changed = kept.charts !== state.kept?.charts;
      state.kept = kept;
      // What cannot be kept is asked anew next time.
      await this.#cache.write(settings, kept).catch(() => undefined);
      this.#settle(state, refused, changed, isWanted);
    } catch (error) {
      if (!signal.aborted && !isPaletteError(error, "Cancelled")) {
        this.#settle(state, error, false, isWanted);
      }
    }
  }

  /** Says a problem when it begins, and a change of what is known. */
  #settle(state: State, error: unknown, changed: boolean, isWanted: boolean): void {
    const before = state.problem;
    state.problem =
      error === undefined
        ? undefined
        : {
            registry: state.settings.name,
            code: isPaletteError(error) ? error.code : undefined,
            message: describeError(error),
            isKnown: (state.kept?.charts.length ?? 0) > 0,
          };
    if (state.problem !== undefined && before === undefined && !isWanted) {
      this.#ports.onProblem(state.problem);
    }
    if (changed || (state.problem === undefined) !== (before === undefined)) {
      this.#ports.onChange();
    }
  }

  async #ask(
    settings: RegistrySettings,
    last: Kept | undefined,
    signal: AbortSignal,
  ): Promise<Kept & { readonly refused?: unknown }> {
    const credentials = await this.#ports.credentials(settings);
    const checked = this.#ports.now();
    if (settings.kind === "oci") {
      return { checked, ...(await ociCharts(settings, credentials, last?.charts ?? [], signal)) };
    }
    const { etag, lastModified } = last ?? {};
    const validators = {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
    const { charts, ...fresh } = await helmCharts(settings, credentials, validators, signal);
    return { checked, charts: charts ?? last?.charts ?? [], ...fresh };
  }
}
