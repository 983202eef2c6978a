import type { ProgressToHost } from "../../shared/clusterProgress.ts";
import { formatDuration } from "../../shared/duration.ts";

type Send = (message: ProgressToHost) => void;

/** What only the page knows: what is unfolded, and what time it is on the management cluster. */
export class Ui {
  readonly #send: Send;
  readonly #redraw: () => void;
  readonly #open = new Set<string>();
  /** How much the management cluster's clock is ahead of this one. */
  #ahead = 0;
  warningsOnly = false;

  constructor(send: Send, redraw: () => void) {
    this.#send = send;
    this.#redraw = redraw;
  }

  /** Takes the time of the management cluster as the host has just told it. */
  setClock(now: string): void {
    this.#ahead = Date.parse(now) - Date.now();
  }

  /** How long ago a time is: `6 min 43 s`. */
  age(since: string): string {
    return formatDuration(this.#seconds(since));
  }

  /** How long ago a time is, in one unit: `7 min`. */
  shortAge(since: string): string {
    const seconds = this.#seconds(since);
    return formatDuration(
      seconds < 60
        ? seconds
        : seconds < 3600
          ? Math.floor(seconds / 60) * 60
          : Math.floor(seconds / 3600) * 3600,
    );
  }

  /** How long it is until a time of this machine's clock: `in 20 s`. */
  until(time: string): string {
    const seconds = Math.ceil((Date.parse(time) - Date.now()) / 1000);
    return seconds <= 0 ? "now" : `in ${formatDuration(seconds)}`;
  }

  clock(time: string): string {
    return new Date(time).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  }

  day(time: string): string {
    return new Date(time).toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" });
  }

  press(action: (ProgressToHost & { readonly type: "act" })["action"]): void {
    this.#send({ type: "act", action });
  }

  link(index: number): void {
    this.#send({ type: "link", index });
  }

  machine(name: string): void {
    this.#send({ type: "machine", name });
  }

  isOpen(part: string): boolean {
    return this.#open.has(part);
  }

  open(part: string): void {
    this.#open.add(part);
    this.#redraw();
  }

  /** Notes what the user folded or unfolded. */
  toggled(part: string, { target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open) {
      this.#open.add(part);
    } else {
      this.#open.delete(part);
    }
  }

  filter({ target }: Event): void {
    this.warningsOnly = target instanceof HTMLInputElement && target.checked;
    this.#redraw();
  }

  #seconds(since: string): number {
    return Math.floor((Date.now() + this.#ahead - Date.parse(since)) / 1000);
  }
}
