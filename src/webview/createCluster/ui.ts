import type { CreateButton, CreateToHost } from "../../shared/createCluster.ts";
import { type FieldPath, type FormField, fieldId } from "../../shared/form.ts";
import { Drafts } from "./drafts.ts";

type Send = (message: CreateToHost) => void;

/** Where the focus goes once the host has answered (mocks/README.md, Focus). */
export interface Wish {
  /** The list that changes. */
  readonly path: FieldPath;
  /** How many rows it had. */
  readonly rows: number;
  /** The row to go to. */
  readonly row: number;
}

/** What only the page knows: what is being typed, what was looked at, what is unfolded. */
export class Ui {
  readonly drafts: Drafts;
  readonly #send: Send;
  readonly #redraw: () => void;
  readonly #touched = new Set<string>();
  readonly #open = new Map<string, boolean>();
  wish: Wish | undefined;
  tab: "request" | "objects" = "request";
  showAll = false;
  locked = false;

  constructor(send: Send, redraw: () => void) {
    this.#send = send;
    this.#redraw = redraw;
    this.drafts = new Drafts((seq, path, value) => {
      this.#touched.add(fieldId(path));
      send({ type: "edit", seq, path, value });
    });
  }

  leave(path: FieldPath): void {
    this.#touched.add(fieldId(path));
    this.drafts.leave(path);
    this.#redraw();
  }

  /** A field that nobody has touched and that is empty is not wrong yet. */
  speaksOf({ path, control }: FormField): boolean {
    const filled =
      control.type === "secret"
        ? control.state === "lost"
        : control.type !== "checkbox" && control.value !== "";
    return this.showAll || filled || this.#touched.has(fieldId(path));
  }

  press({ action, argument }: Pick<CreateButton, "action" | "argument">): void {
    this.drafts.flush();
    this.#send({ type: "act", action, argument });
  }

  add(path: FieldPath, rows: number): void {
    this.#change("add", path);
    this.wish = { path, rows, row: rows };
  }

  /** The copy stands at the end. */
  clone(list: FieldPath, of: FieldPath, rows: number): void {
    this.#change("clone", of);
    this.wish = { path: list, rows, row: rows };
  }

  /** `row` is where it stood on the page. */
  remove(list: FieldPath, of: FieldPath, row: number, rows: number): void {
    this.#change("remove", of);
    this.wish = { path: list, rows, row };
  }

  isOpen(id: string, byItself = false): boolean {
    return this.#open.get(id) ?? byItself;
  }

  setOpen(id: string, open: boolean): void {
    if (this.isOpen(id) !== open) {
      this.#open.set(id, open);
      this.#redraw();
    }
  }

  show(tab: "request" | "objects"): void {
    this.tab = tab;
    this.#redraw();
  }

  #change(type: "add" | "clone" | "remove", path: FieldPath): void {
    this.drafts.clear();
    this.#send({ type, path });
  }
}
