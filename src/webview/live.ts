const PAUSE_MS = 5000;

/**
 * Speaks through a live region: at most once in five seconds, the latest text only, and never the same text twice.
 * @param region an element with `role=status` that stays in the page
 */
export function liveRegion(region: HTMLElement): (text: string) => void {
  let waiting: string | undefined;
  let busy = false;
  let last = "";
  const speak = () => {
    if (waiting !== undefined && waiting !== last) {
      last = waiting;
      region.textContent = waiting;
      busy = true;
      setTimeout(() => {
        busy = false;
        speak();
      }, PAUSE_MS);
    }
    waiting = undefined;
  };
  return (text) => {
    waiting = text;
    if (!busy) {
      speak();
    }
  };
}
