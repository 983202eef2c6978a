const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL = ["", "k", "M", "G", "T", "P", "E"];

/**
 * A quantity as Kubernetes writes it (`100m`, `2`, `16Gi`, `1e3`), as a number of its unit: cores, or bytes. Nothing for
 * a text that is none.
 */
export function quantity(text: string): number | undefined {
  const [, digits, suffix = ""] = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)([A-Za-z]*)$/.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const binary = BINARY.indexOf(suffix);
  const decimal = DECIMAL.indexOf(suffix);
  const factor =
    suffix === "m" ? 1e-3 : binary >= 0 ? 1024 ** binary : decimal >= 0 ? 1000 ** decimal : undefined;
  return factor === undefined ? undefined : Number(digits) * factor;
}
