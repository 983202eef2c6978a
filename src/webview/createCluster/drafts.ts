import { type FieldPath, fieldId } from "../../shared/form.ts";

/** How long typing must rest before the host hears of it (mocks/README.md, Errors). */
const TYPING_PAUSE_MS = 300;

interface Draft {
  readonly path: FieldPath;
  readonly value: string;
  /** Number of the edit that carried it; 0 while it waits. */
  readonly seq: number;
}

/**
 * What is typed and not yet, or not yet in the same words, in the document. A field that is being typed in shows its
 * draft; what the document makes of it appears once the field is left.
 */
export class Drafts {
  readonly #send: (seq: number, path: FieldPath, value: string | boolean) => void;
  readonly #drafts = new Map<string, Draft>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #seq = 0;

  constructor(send: (seq: number, path: FieldPath, value: string | boolean) => void) {
    this.#send = send;
  }

  /** A key was typed. */
  type(path: FieldPath, value: string): void {
    const id = fieldId(path);
    clearTimeout(this.#timers.get(id));
    this.#drafts.set(id, { path, value, seq: 0 });
    this.#timers.set(
      id,
      setTimeout(() => this.#flush(id), TYPING_PAUSE_MS),
    );
  }

  /** Something was chosen: nothing to wait for. */
  choose(path: FieldPath, value: string | boolean): void {
    this.#send(++this.#seq, path, value);
  }

  /** A field was left. */
  leave(path: FieldPath): void {
    this.#flush(fieldId(path));
  }

  /** Sends everything that waits: an action follows that must see it. */
  flush(): void {
    for (const id of [...this.#timers.keys()]) {
      this.#flush(id);
    }
  }

  /** What to show in a field whose value in the document is `value`. */
  shown(path: FieldPath, value: string): string {
    return this.#drafts.get(fieldId(path))?.value ?? value;
  }

  /** The document has taken up everything to edit `seq`; what is not typed in at `focused` follows it. */
  taken(seq: number, focused: string | undefined): void {
    for (const [id, draft] of this.#drafts) {
      if (id !== focused && draft.seq > 0 && draft.seq <= seq) {
        this.#drafts.delete(id);
      }
    }
  }

  /** Rows have moved: paths mean other fields now. */
  clear(): void {
    this.flush();
    this.#drafts.clear();
  }

  #flush(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const draft = this.#drafts.get(id);
    if (draft !== undefined && draft.seq === 0) {
      const sent = { ...draft, seq: ++this.#seq };
      this.#drafts.set(id, sent);
      this.#send(sent.seq, sent.path, sent.value);
    }
  }
}
