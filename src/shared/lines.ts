/** A place as editors count: line and UTF-16 column from 0. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and lines of one text. Line ends are `\n`, `\r\n` and `\r`. */
export class Lines {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    if (/\r(?!\n)/.test(text)) {
      for (const { index, 0: end } of text.matchAll(/\r?\n|\r/g)) {
        this.#starts.push(index + end.length);
      }
      return;
    }
    for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) {
      this.#starts.push(feed + 1);
    }
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a line; the end of the text for a line behind the last. */
  startOf(line: number): number {
    return this.#starts[Math.max(0, line)] ?? this.text.length;
  }

  /** The line that holds the offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** An offset within a line end counts as the end of its line. */
  positionAt(offset: number): LinePosition {
    const inside = Math.min(Math.max(0, offset), this.text.length);
    const line = this.lineAt(inside);
    return { line, character: Math.min(inside, this.endOf(line)) - this.startOf(line) };
  }

  offsetAt(position: LinePosition): number {
    const start = this.startOf(position.line);
    return Math.min(start + Math.max(0, position.character), this.endOf(position.line));
  }

  /** Offset behind the last character of a line, before its line end. */
  endOf(line: number): number {
    let end = this.startOf(line + 1);
    while (end > this.startOf(line) && (this.text[end - 1] === "\n" || this.text[end - 1] === "\r")) {
      end--;
    }
    return end;
  }
}
