import * as vscode from "vscode";
import type { CreateClusterForm } from "../../shared/createCluster.ts";
import type { FormItem } from "../../shared/form.ts";
import { cancelled } from "../errors.ts";
import { formOf } from "../panels/createCluster/form.ts";
import type { CreateSession } from "../panels/createCluster/session.ts";
import { BACK, type Back, type StepPlace } from "../quickFlow.ts";
import { askField } from "./askField.ts";
import {
  type Entry,
  entriesIn,
  errorIn,
  errorOf,
  fieldsOf,
  keyOf,
  nextField,
  poolItems,
  poolText,
  shownValue,
} from "./entries.ts";
import { freeName } from "./freeName.ts";
import { judge } from "./judge.ts";

const TITLE = "Create Cluster";

/** A line of a list, and what choosing it does; `leave` ends the list. */
export interface Row extends vscode.QuickPickItem {
  readonly run?: () => Promise<"stay" | "leave">;
}

/**
 * The form of *Create Cluster* as questions: another view of the same session, so what it asks for, its words and its
 * rules are the form's.
 */
export class QuickForm {
  readonly session: CreateSession;
  readonly #asked = new Set<string>();
  readonly #history: string[] = [];
  readonly #listeners = new Set<() => void>();
  #seq = 0;

  constructor(session: CreateSession) {
    this.session = session;
  }

  /** To be called where the session has changed. */
  readonly changed = (): void => {
    for (const listener of this.#listeners) {
      listener();
    }
  };

  form(): CreateClusterForm {
    return formOf(this.session.model());
  }

  /** Asks for all that is needed, one after the other, with a way back. Throws `Cancelled`. */
  async askNeeded(): Promise<void> {
    for (;;) {
      const field = nextField(this.form(), this.#asked);
      if (field === undefined) {
        return;
      }
      const key = keyOf(field.path);
      this.#asked.add(key);
      if ((await this.#askAt(key, this.#place())) === BACK) {
        this.#asked.delete(key);
        this.back();
      } else {
        this.#history.push(key);
      }
    }
  }

  /** Takes back the last answer, so that it is asked for again. */
  back(): void {
    const last = this.#history.pop();
    if (last !== undefined) {
      this.#asked.delete(last);
    }
  }

  get canGoBack(): boolean {
    return this.#history.length > 0;
  }

  /**
   * Shows a list that follows the session, until a line says to leave it, or Back. Throws `Cancelled` where it is
   * closed.
   */
  async list(
    title: string,
    rows: () => { readonly placeholder: string; readonly rows: readonly Row[] },
    canGoBack: boolean,
  ): Promise<Back | undefined> {
    for (let active = ""; ; ) {
      const row = await this.#choose(title, rows, canGoBack, active);
      if (row === BACK) {
        return BACK;
      }
      active = row.label;
      if ((await row.run?.()) === "leave") {
        return undefined;
      }
    }
  }

  /** Lines for parts of the form. */
  rowsOf(entries: readonly Entry[]): Row[] {
    const rows: Row[] = [];
    let section = "";
    for (const entry of entries) {
      if (entry.section !== section) {
        section = entry.section;
        rows.push({ label: section, kind: vscode.QuickPickItemKind.Separator });
      }
      rows.push(this.#row(entry));
    }
    return rows;
  }

  #row(entry: Entry): Row {
    const error = errorIn(entry);
    const icon = error === undefined ? "" : "$(error) ";
    const detail = error === undefined ? {} : { detail: error };
    switch (entry.kind) {
      case "field": {
        const { field } = entry;
        return {
          label: `${icon}${field.label}`,
          description: shownValue(field.control),
          ...detail,
          run: async () => {
            await this.#askAt(keyOf(field.path), { title: TITLE, step: 1, totalSteps: 1, canGoBack: true });
            return "stay";
          },
        };
      }
      case "pool": {
        const index = Number(entry.pool.path[2]);
        return {
          label: `${icon}${entry.pool.title}`,
          description: poolText(entry.pool),
          ...detail,
          run: () => this.#poolList(index),
        };
      }
      case "list":
        return {
          label: `${icon}${entry.list.title}`,
          description: String(entry.list.rows.length),
          ...detail,
          run: () => this.#itemsList(keyOf(entry.list.path)),
        };
      case "more": {
        const keys = new Set(entry.items.flatMap((item) => this.#keysIn(item)));
        return {
          label: `${icon}More Options…`,
          description: entry.title.replace(/^More settings:? ?/, ""),
          ...detail,
          run: () => this.#moreList(entry.title, keys),
        };
      }
      case "note":
        return { label: `$(info) ${entry.text}` };
    }
  }

  async #poolList(index: number): Promise<"stay"> {
    const pool = () => this.form().pools?.rows[index];
    await this.list(
      `${TITLE}: ${pool()?.title ?? ""}`,
      () => {
        const found = pool();
        if (found === undefined) {
          return { placeholder: "This pool is gone", rows: [] };
        }
        return {
          placeholder: errorOf(found) ?? poolText(found),
          rows: [
            ...this.rowsOf(entriesIn(poolItems(found), "Machine pool")),
            ...(found.fixed === null
              ? [
                  { label: "", kind: vscode.QuickPickItemKind.Separator },
                  this.#change("$(copy) Clone Pool", () => this.session.clonePool(found.path)),
                  this.#change("$(trash) Remove Pool", () => this.session.remove(found.path)),
                ]
              : []),
          ],
        };
      },
      true,
    );
    return "stay";
  }

  async #itemsList(key: string): Promise<"stay"> {
    const list = () => listsOf(this.form()).find(({ path }) => keyOf(path) === key);
    await this.list(
      `${TITLE}: ${list()?.title ?? ""}`,
      () => {
        const found = list();
        if (found === undefined) {
          return { placeholder: "This list is gone", rows: [] };
        }
        return {
          placeholder: errorOf(found) ?? found.help,
          rows: [
            ...found.rows.flatMap((items, index) => [
              ...this.rowsOf(entriesIn(items, `${found.item} ${index + 1}`)),
              this.#change(
                `$(trash) Remove ${found.item} ${index + 1}`,
                () => this.session.remove([...found.path, index]),
                "stay",
              ),
            ]),
            { label: "", kind: vscode.QuickPickItemKind.Separator },
            this.#change(`$(add) Add ${found.item}`, () => this.session.add(found.path), "stay"),
          ],
        };
      },
      true,
    );
    return "stay";
  }

  async #moreList(title: string, keys: ReadonlySet<string>): Promise<"stay"> {
    await this.list(
      `${TITLE}: ${title}`,
      () => ({
        placeholder: "Rarely needed",
        rows: this.rowsOf(
          moreIn(this.form()).flatMap((items) =>
            items.some((item) => this.#keysIn(item).some((key) => keys.has(key)))
              ? entriesIn(items, title)
              : [],
          ),
        ),
      }),
      true,
    );
    return "stay";
  }

  #change(label: string, work: () => Promise<void>, then: "stay" | "leave" = "leave"): Row {
    return {
      label,
      run: async () => {
        await work();
        return then;
      },
    };
  }

  /** Asks for the field at a path of the form as it is now; an answer that is wrong is asked for again. */
  async #askAt(key: string, place: StepPlace): Promise<Back | undefined> {
    const field = fieldsOf(this.form()).find(({ path }) => keyOf(path) === key);
    if (field === undefined) {
      return undefined;
    }
    const answer = await askField(
      place,
      field,
      (value) => judge(this.session, field.path, value),
      this.#proposal(key),
    );
    if (answer === BACK) {
      return BACK;
    }
    await this.session.edit(++this.#seq, field.path, answer);
    await this.session.settled();
    return undefined;
  }

  #proposal(key: string): string {
    const { profile } = this.session;
    return key === "metadata.name" && profile.kind === "usable"
      ? freeName(profile.profile.name, this.session.model().taken)
      : "";
  }

  #place(): StepPlace {
    // How many will be asked for depends on the answers.
    return { title: TITLE, step: 1, totalSteps: 1, canGoBack: this.canGoBack };
  }

  #keysIn(item: FormItem): string[] {
    switch (item.kind) {
      case "field":
      case "list":
        return [keyOf(item.path)];
      case "group":
        return item.items.flatMap((each) => this.#keysIn(each));
      default:
        return [];
    }
  }

  async #choose(
    title: string,
    rows: () => { readonly placeholder: string; readonly rows: readonly Row[] },
    canGoBack: boolean,
    active: string,
  ): Promise<Row | Back> {
    const input = vscode.window.createQuickPick<Row>();
    input.title = title;
    input.ignoreFocusOut = true;
    input.matchOnDescription = true;
    input.matchOnDetail = true;
    input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
    let shown = "";
    const draw = (wanted: string): void => {
      const { placeholder, rows: items } = rows();
      input.placeholder = placeholder;
      const text = JSON.stringify(items);
      // Drawing anew moves the selection, so only where something is new.
      if (text !== shown) {
        shown = text;
        input.items = items;
        const at = items.find(
          ({ label }) => label.replace(/^\$\(error\) /, "") === wanted.replace(/^\$\(error\) /, ""),
        );
        if (at !== undefined) {
          input.activeItems = [at];
        }
      }
    };
    draw(active);
    const follow = (): void => draw(input.activeItems[0]?.label ?? "");
    this.#listeners.add(follow);
    try {
      return await new Promise<Row | Back>((resolve, reject) => {
        input.onDidAccept(() => {
          const [chosen] = input.selectedItems;
          if (chosen?.run !== undefined) {
            resolve(chosen);
          }
        });
        input.onDidTriggerButton(() => resolve(BACK));
        input.onDidHide(() => reject(cancelled()));
        input.show();
      });
    } finally {
      this.#listeners.delete(follow);
      input.dispose();
    }
  }
}

/** All lists of a form, wherever they are. */
function listsOf(form: CreateClusterForm): (FormItem & { readonly kind: "list" })[] {
  const within = (item: FormItem): (FormItem & { readonly kind: "list" })[] =>
    item.kind === "list"
      ? [item, ...item.rows.flat().flatMap(within)]
      : item.kind === "group"
        ? item.items.flatMap(within)
        : [];
  return allItems(form).flatMap(within);
}

/** What is folded away, fold by fold. */
function moreIn(form: CreateClusterForm): (readonly FormItem[])[] {
  return allItems(form).flatMap((item) => (item.kind === "group" && item.folded ? [item.items] : []));
}

function allItems(form: CreateClusterForm): FormItem[] {
  return [
    ...form.sections.flatMap(({ items }) => items),
    ...(form.pools?.rows ?? []).flatMap(poolItems),
    ...form.sectionsAfter.flatMap(({ items }) => items),
  ];
}
