/** The moment that a status is judged at. It notes the next one at which time alone may change the judgment. */
export class Moment {
  readonly now: Date;
  #next = Number.POSITIVE_INFINITY;

  constructor(now: Date) {
    this.now = now;
  }

  /** Whether more than `ms` passed since `since`; what has no time has not begun. */
  passed(since: string | undefined, ms: number): boolean {
    const end = Date.parse(since ?? "") + ms;
    if (end >= this.now.getTime()) {
      this.#next = Math.min(this.#next, end + 1);
    }
    return end < this.now.getTime();
  }

  /** Milliseconds since 1970; infinite where only a change of the objects can matter. */
  get next(): number {
    return this.#next;
  }
}
