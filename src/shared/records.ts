/** What a YAML or JSON map reads as; nothing of it is trusted. */
export type Fields = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The map that stands there, or an empty one. */
export function mapOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}
