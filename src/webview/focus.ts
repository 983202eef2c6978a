/** Where the focus is, in words that outlast drawing the page anew. */
interface Place {
  readonly key: string | undefined;
  /** Number of the row that holds it; -1 outside of rows. */
  readonly row: number;
}

/**
 * Draws the page anew and keeps the focus: on the same control; where that is gone, on its row, or the row that
 * took its place, or the page's title.
 */
export function keepingFocus(root: HTMLElement, rows: string, draw: () => void): void {
  const place = placeOf(root, rows);
  draw();
  if (place === undefined) {
    return;
  }
  const control =
    place.key === undefined
      ? undefined
      : [...root.querySelectorAll<HTMLElement>("[data-key]")].find(
          ({ dataset }) => dataset.key === place.key,
        );
  const row = root.querySelectorAll(rows)[place.row]?.querySelector<HTMLElement>("button");
  (control ?? row ?? root.querySelector<HTMLElement>("h1"))?.focus();
}

function placeOf(root: HTMLElement, rows: string): Place | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active)) {
    return undefined;
  }
  const row = active.closest(rows);
  return { key: active.dataset.key, row: row === null ? -1 : [...root.querySelectorAll(rows)].indexOf(row) };
}

/** Lets the arrow keys, Home and End move between the first buttons of the rows; Tab goes through all as ever. */
export function moveByArrows(root: HTMLElement, rows: string): void {
  root.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target.closest(rows) : null;
    const all = [...root.querySelectorAll(rows)];
    const from = at === null ? -1 : all.indexOf(at);
    if (from < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(from + 1, all.length - 1),
      ArrowUp: Math.max(from - 1, 0),
      Home: 0,
      End: all.length - 1,
    };
    const to = targets[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to]?.querySelector<HTMLElement>("button")?.focus();
    }
  });
}
