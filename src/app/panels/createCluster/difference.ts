/** Where two texts differ: begin and end in the first, and what the second has there. */
export function difference(old: string, text: string): [start: number, end: number, middle: string] {
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old[start] === text[start]) {
    start += 1;
  }
  let same = 0;
  while (same < most - start && old[old.length - 1 - same] === text[text.length - 1 - same]) {
    same += 1;
  }
  return [start, old.length - same, text.slice(start, text.length - same)];
}
