import type * as vscode from "vscode";
import type { ImportChoice, ImportFacts, ImportMode } from "../../../imports/index.ts";
import { addressProblem, checkImport, problemsOf } from "../../../imports/index.ts";
import type { ManagementCluster } from "../../../kube/index.ts";
import { describeError, isPaletteError } from "../../../shared/errors.ts";
import type { ImportField } from "../../../shared/importCluster.ts";
import { loadKube } from "../../chunks.ts";
import type { Connection } from "../../connection/connection.ts";
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
  error: unknown;
  checking: boolean;
  outcome: { readonly kind: "done"; readonly tokenUntil: string } | { readonly kind: "undone" } | undefined;
}

/** What the session tells of a run. */
export interface Run {
  readonly item: Item;
  readonly done: number;
  readonly total: number;
  readonly step: string;
}

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
  #added: string[] = [];
  #running: AbortController | undefined;

  constructor(parts: ImportParts, onChange: () => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  dispose(): void {
    this.#abort.abort();
    this.#running?.abort();
  }

  /** Reads the kubeconfig files; what is chosen stays chosen. */
  async load(more?: string): Promise<void> {
    if (more !== undefined) {
      this.#added = [...this.#added, more];
    }
    this.managementName = (await this.#parts.connection.get()).name;
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
            facts: undefined,
            asks: false,
            error: undefined,
            checking: false,
            outcome: undefined,
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
      this.chosen.filter((item) => item.facts === undefined && !item.checking),
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
      !item.checking &&
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
    item.checking = true;
    item.error = undefined;
    item.asks = false;
    this.#onChange();
    try {
      item.facts = await this.#with(item, mayAsk, this.#abort.signal, async (management, imported, kube) =>
        kube.importFacts(management, imported, this.fields.namespace, { signal: this.#abort.signal }),
      );
    } catch (error) {
      item.facts = undefined;
      const needsConsent = item.place.exec !== undefined && isPaletteError(error, "Prerequisite") && !mayAsk;
      item.asks = needsConsent || (isCancelled(error) && item.place.exec !== undefined);
      item.error = item.asks ? undefined : error;
    } finally {
      item.checking = false;
      this.#onChange();
    }
  }

  /** What would be written for an item; `undefined` before it was looked at. */
  async choiceOf(item: Item): Promise<ImportChoice | undefined> {
    const { importChoice } = await loadKube();
    return item.facts === undefined ? undefined : importChoice(item.facts, this.wishOf(item));
  }

  /** Imports all that are chosen and ready, one after the other; one that fails does not keep from the others. */
  async import(): Promise<void> {
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
    item.outcome = undefined;
    item.error = undefined;
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
      item.outcome = { kind: "done", tokenUntil };
    } catch (error) {
      item.outcome = { kind: "undone" };
      item.error = error;
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
    const management = await this.#parts.connection.get();
    const imported = await connectPlace(this.#parts, place, signal, mayAsk);
    try {
      return await work(management, imported, await loadKube());
    } finally {
      imported.close();
    }
  }
}

/** An error for the page: what happened and what to do; a cancel says what became of the objects. */
export function errorLines(error: unknown): string[] {
  if (isPaletteError(error, "Cancelled")) {
    return ["Stopped.", ...(error.next === undefined ? [] : [error.next])];
  }
  return [describeError(error)];
}
