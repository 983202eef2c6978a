/** What follows a key and its colon: the beginning of a list or of fields on the line `below`, or room for a value. */
export function behindKey(kind: string, below: string): string {
  switch (kind) {
    case "list":
      return `${below}- `;
    case "object":
    case "map":
      return below;
    default:
      return " ";
  }
}
