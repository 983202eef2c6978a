import type * as vscode from "vscode";
import type { ImportChoice, ImportFacts, ImportMode } from "../../../imports/index.ts";
import { addressProblem, checkImport, problemsOf } from "../../../imports/index.ts";
import type { ManagementCluster } from "../../../kube/index.ts";
import { describeError, isPaletteError, PaletteError } from "../../../shared/errors.ts";
import type { ImportField } from "../../../shared/importCluster.ts";
import { loadKube } from "../../chunks.ts";
import type { Connection, ConnectionState } from "../../connection/connection.ts";
import { isCancelled } from "../../errors.ts";
import { connectPlace, findPlaces, type Place, type Places } from "../../imports/places.ts";
import { checkedOf, nameProblem, parseLabels, suggestedName, type Wish } from "../../imports/wishes.ts";

/** What a session works with. */
export interface ImportParts {
  readonly context: vscode.ExtensionContext;
  readonly connection: Connection;
}

/** One context, whether it is chosen, and what is known of its cluster. */
export interface Item {
  readonly id: string;
  readonly place: Place;
  name: string;
  chosen: boolean;
  facts: ImportFacts | undefined;
  /** It runs a program to sign in, and nobody allowed that yet. */
  asks: boolean;
  /** Why it could not be looked at. */
  error: unknown;
  /** Ends the look that is under way; a later one takes its place. */
  checking: AbortController | undefined;
  outcome:
    | { readonly kind: "done"; readonly tokenUntil: string }
    | { readonly kind: "undone"; readonly error: unknown }
    | undefined;
}

/** What the session tells of a run. */
export interface Run {
  readonly item: Item;
  readonly done: number;
  readonly total: number;
  readonly step: string;
}

/** An item that nobody looked at yet. */
const UNKNOWN = {
  facts: undefined,
  asks: false,
  error: undefined,
  checking: undefined,
  outcome: undefined,
} satisfies Partial<Item>;

/** State of one *Import Cluster* panel: contexts, what is entered, what the checks found, and the run. */
export class ImportSession {
  readonly #parts: ImportParts;
  readonly #onChange: () => void;
  readonly #abort = new AbortController();
  readonly fields: Record<Exclude<ImportField, "mode">, string> = {
    namespace: "default",
    labels: "",
    address: "",
    tlsServerName: "",
    proxyUrl: "",
  };
  mode: ImportMode = "read-only";
  several = false;
  items: readonly Item[] = [];
  broken: Places["broken"] = [];
  run: Run | undefined;
  managementName = "";
  /** The one that all facts and outcomes are of. */
  #management: ManagementCluster | undefined;
  #added: string[] = [];
  #running: AbortController | undefined;

  constructor(parts: ImportParts, onChange: () => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  dispose(): void {
    this.#abort.abort();
    this.#turnTo(undefined);
  }

  /** Follows the connection to the management cluster: with another one, all is looked at anew. */
  async follow(state: ConnectionState): Promise<void> {
    this.managementName = state.kind === "none" ? "" : state.choice.context;
    const management = state.kind === "connected" ? state.cluster : undefined;
    const isOther = management !== this.#management;
    this.#turnTo(management);
    if (state.kind === "none" || state.kind === "unreachable") {
      for (const item of this.items) {
        item.error = state.kind === "none" ? notConnected() : state.error;
      }
    }
    this.#onChange();
    if (isOther && management !== undefined) {
      await this.load();
    }
  }

  /** Drops what is known by another management cluster, and ends what is done with it. */
  #turnTo(management: ManagementCluster | undefined): void {
    if (management === this.#management) {
      return;
    }
    this.#management = management;
    this.#running?.abort();
    for (const item of this.items) {
      item.checking?.abort();
      Object.assign(item, UNKNOWN);
    }
  }

  /** Reads the kubeconfig files; what is chosen stays chosen. */
  async load(more?: string): Promise<void> {
    if (more !== undefined) {
      this.#added = [...this.#added, more];
    }
    const cluster = await this.#parts.connection.get();
    this.#turnTo(cluster);
    this.managementName = cluster.name;
    const management = this.#parts.connection.choice;
    const { places, broken } = await findPlaces(this.#added);
    this.broken = broken;
    this.items = places
      .filter(({ path, context }) => path !== management?.path || context !== management.context)
      .map((place): Item => {
        const id = `${place.path}#${place.context}`;
        return (
          this.items.find((each) => each.id === id) ?? {
            id,
            place,
            name: suggestedName(place.context),
            chosen: false,
            ...UNKNOWN,
          }
        );
      });
    const wanted = more === undefined ? undefined : this.items.find(({ place }) => place.path === more);
    const first = wanted ?? this.chosen[0] ?? this.items.find(({ place }) => place.current) ?? this.items[0];
    if (first !== undefined) {
      await this.choose(first.id, true);
    }
    this.#onChange();
  }

  get chosen(): readonly Item[] {
    return this.items.filter(({ chosen }) => chosen);
  }

  /** Chooses a context, in place of the others unless there may be several; it is looked at then. */
  async choose(id: string, on: boolean): Promise<void> {
    for (const item of this.items) {
      item.chosen = item.id === id ? on : this.several && item.chosen;
    }
    this.#onChange();
    await this.check(
      false,
      this.chosen.filter((item) => item.facts === undefined && item.checking === undefined),
    );
  }

  allowSeveral(several: boolean): void {
    this.several = several;
    if (!several) {
      const [first] = this.chosen;
      for (const item of this.items) {
        item.chosen = item === first;
      }
    }
    this.#onChange();
  }

  async edit(field: ImportField, value: string): Promise<void> {
    if (field === "mode") {
      this.mode = value === "full" ? "full" : "read-only";
    } else {
      const before = this.fields[field];
      this.fields[field] = value.trim();
      if (field === "namespace" && before !== value.trim() && this.fieldError("namespace") === null) {
        await this.check(false);
      }
    }
    this.#onChange();
  }

  rename(id: string, name: string): void {
    const item = this.items.find((each) => each.id === id);
    if (item !== undefined) {
      item.name = name.trim();
      this.#onChange();
    }
  }

  /** What is wrong with a field, or with the name of an item. */
  fieldError(field: "namespace" | "labels" | "address"): string | null {
    const value = this.fields[field];
    switch (field) {
      case "namespace":
        return nameProblem(value) ?? null;
      case "labels": {
        const labels = parseLabels(value);
        return typeof labels === "string" ? labels : null;
      }
      case "address":
        return value === "" ? null : (addressProblem(value) ?? null);
    }
  }

  nameError({ name }: Item): string | null {
    return nameProblem(name) ?? null;
  }

  wishOf({ name }: Item): Wish {
    const labels = parseLabels(this.fields.labels);
    const { address, tlsServerName, proxyUrl, namespace } = this.fields;
    const own = (value: string): string | undefined => (value === "" || this.several ? undefined : value);
    return {
      name,
      namespace,
      labels: typeof labels === "string" ? {} : labels,
      mode: this.mode,
      address: this.fieldError("address") === null ? own(address) : undefined,
      tlsServerName: own(tlsServerName),
      proxyUrl: own(proxyUrl),
    };
  }

  checksOf(item: Item) {
    return item.facts === undefined ? [] : checkImport(item.facts, checkedOf(this.wishOf(item)));
  }

  /** Whether an item can be imported as it is entered. */
  isReady(item: Item): boolean {
    return (
      item.facts !== undefined &&
      item.checking === undefined &&
      item.outcome?.kind !== "done" &&
      this.nameError(item) === null &&
      (["namespace", "labels", "address"] as const).every((field) => this.fieldError(field) === null) &&
      problemsOf(this.checksOf(item)).length === 0
    );
  }

  /** Looks at clusters; a program runs only where the user allowed it, or does so now. */
  async check(mayAsk: boolean, items: readonly Item[] = this.chosen): Promise<void> {
    await Promise.all(items.map((item) => this.#checkOne(item, mayAsk)));
  }

  async #checkOne(item: Item, mayAsk: boolean): Promise<void> {
    item.checking?.abort();
    const checking = new AbortController();
    item.checking = checking;
    item.error = undefined;
    item.asks = false;
    this.#onChange();
    const signal = AbortSignal.any([this.#abort.signal, checking.signal]);
    const found = await this.#with(item, mayAsk, signal, (management, imported, kube) =>
      kube.importFacts(management, imported, this.fields.namespace, { signal }),
    ).then(
      (facts) => ({ facts, asks: false, error: undefined }),
      (error: unknown) => {
        const needsConsent = isPaletteError(error, "Prerequisite") && !mayAsk;
        const asks = item.place.exec !== undefined && (needsConsent || isCancelled(error));
        return { facts: undefined, asks, error: asks ? undefined : error };
      },
    );
    // What another namespace or another management cluster said does not count any more.
    if (item.checking === checking) {
      Object.assign(item, found, { checking: undefined });
      this.#onChange();
    }
  }

  /** What would be written for an item; `undefined` before it was looked at. */
  async choiceOf(item: Item): Promise<ImportChoice | undefined> {
    const { importChoice } = await loadKube();
    return item.facts === undefined ? undefined : importChoice(item.facts, this.wishOf(item));
  }

  /**
   * Imports all that are chosen and ready, one after the other; one that fails does not keep from the others. Does nothing
   * while that is under way. Throws what became of one that the page cannot tell of any more.
   */
  async import(): Promise<void> {
    if (this.#running !== undefined) {
      return;
    }
    const running = new AbortController();
    this.#running = running;
    try {
      for (const item of this.chosen.filter((each) => this.isReady(each))) {
        if (!running.signal.aborted) {
          await this.#importOne(item, running.signal);
        }
      }
    } finally {
      this.#running = undefined;
      this.run = undefined;
      this.#onChange();
    }
  }

  async #importOne(item: Item, signal: AbortSignal): Promise<void> {
    const seen = this.#management;
    item.outcome = undefined;
    this.run = { item, done: 0, total: 1, step: `Importing ${item.name}` };
    this.#onChange();
    try {
      const { tokenUntil } = await this.#with(item, true, signal, async (management, imported, kube) => {
        // What was seen may have changed since.
        const facts = await kube.importFacts(management, imported, this.fields.namespace, { signal });
        item.facts = facts;
        return kube.importCluster(
          { management, imported },
          facts,
          kube.importChoice(facts, this.wishOf(item)),
          {
            signal,
            onProgress: (progress) => {
              this.run = { item, ...progress };
              this.#onChange();
            },
          },
        );
      });
      if (seen === this.#management) {
        item.outcome = { kind: "done", tokenUntil };
      }
    } catch (error) {
      // The page is closed by now, or shows another management cluster.
      if (seen !== this.#management) {
        throw error;
      }
      item.outcome = { kind: "undone", error };
    }
  }

  stop(): void {
    this.#running?.abort();
  }

  async #with<T>(
    { place }: Item,
    mayAsk: boolean,
    signal: AbortSignal,
    work: (
      management: ManagementCluster,
      imported: ManagementCluster,
      kube: Awaited<ReturnType<typeof loadKube>>,
    ) => Promise<T>,
  ): Promise<T> {
    const seen = this.#management;
    const management = await this.#parts.connection.get();
    if (management !== seen) {
      throw new PaletteError("Refused", `Management cluster ${management.name} was connected meanwhile`, {
        next: "See what is found from there. Nothing was written.",
      });
    }
    const imported = await connectPlace(this.#parts, place, signal, mayAsk);
    try {
      return await work(management, imported, await loadKube());
    } finally {
      imported.close();
    }
  }
}

function notConnected(): PaletteError {
  return new PaletteError("Prerequisite", "No management cluster is connected", { next: "Connect one." });
}

/** An error for the page: what happened and what to do; a cancel says what became of the objects. */
export function errorLines(error: unknown): string[] {
  if (isPaletteError(error, "Cancelled")) {
    return ["Stopped.", ...(error.next === undefined ? [] : [error.next])];
  }
  return [describeError(error)];
}
