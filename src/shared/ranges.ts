import ipaddr from "ipaddr.js";

/** An address range: its address and the length of its prefix. */
export type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** The range that a text writes, such as `10.0.0.0/8`; nothing where it is none. */
export function parseRange(text: string): Range | undefined {
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
}

/** Whether two ranges have an address in common: the shorter prefix holds the other's address. */
export function overlap(a: Range | undefined, b: Range | undefined): boolean {
  if (a === undefined || b === undefined || a[0].kind() !== b[0].kind()) {
    return false;
  }
  const bits = Math.min(a[1], b[1]);
  const left = a[0].toByteArray();
  const right = b[0].toByteArray();
  for (let bit = 0; bit < bits; bit++) {
    const mask = 0x80 >> (bit & 7);
    if (((left[bit >> 3] ?? 0) & mask) !== ((right[bit >> 3] ?? 0) & mask)) {
      return false;
    }
  }
  return true;
}

/** Whether one range lies in another, both as text; false where either is no range. */
export function isInside(inner: string, outer: string): boolean {
  const range = parseRange(inner);
  const whole = parseRange(outer);
  return range !== undefined && whole !== undefined && range[1] >= whole[1] && overlap(range, whole);
}
