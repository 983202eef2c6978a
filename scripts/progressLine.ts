import type { WriteStream } from "node:tty";
import type { Progress } from "../sandbox/index.ts";

/**
 * Progress on one line of a terminal, rewritten in place. Where output goes to a file, a line for each new text,
 * and for texts that differ in their numbers and details only, at most one in ten seconds.
 */
export class ProgressLine {
  readonly #stream: WriteStream;
  #shown = "";
  #words = "";
  #time = 0;

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (this.#stream.isTTY) {
      const line = text.slice(0, Math.max(20, this.#stream.columns - 1));
      this.#stream.write(`\r\x1b[K${line}`);
      this.#shown = line;
      return;
    }
    const words = text.replace(/ \(.*\)$/, "").replace(/[\d.]+/g, "#");
    if (words !== this.#words || performance.now() - this.#time > 10_000) {
      this.#stream.write(`${text}\n`);
      this.#words = words;
      this.#time = performance.now();
    }
  }

  /** Finishes the current line, and writes `text` on lines of its own. */
  end(text?: string): void {
    if (this.#shown !== "") {
      this.#stream.write("\n");
      this.#shown = "";
    }
    if (text !== undefined) {
      this.#stream.write(`${text}\n`);
    }
  }
}

/** How far the sandbox is: `Building etcd 40 %, about 6 min left`. */
export function progressText({ step, done, total, remainingSeconds, detail }: Progress): string {
  const percent = total > 0 ? ` ${Math.floor((100 * done) / total)} %` : "";
  const remaining =
    remainingSeconds === undefined
      ? ""
      : remainingSeconds < 90
        ? `, about ${Math.max(5, Math.ceil(remainingSeconds / 5) * 5)} s left`
        : `, about ${Math.ceil(remainingSeconds / 60)} min left`;
  return `${step}${percent}${remaining}${detail === undefined ? "" : ` (${detail})`}`;
}
