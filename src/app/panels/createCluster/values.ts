import type { FieldSchema } from "../../../cluster/clouds/fields.ts";

/** Lists and maps of texts are written in one line: `a, b` and `key=value, other=value`. */
const SEPARATOR = /[,\n]/;

/** How a control shows the value of a field. */
export function textOf(value: unknown, schema: FieldSchema): string {
  if (value === undefined || value === null) {
    return "";
  }
  if (Array.isArray(value)) {
    return value.map(String).join(schema.items?.format === "ssh-public-key" ? "\n" : ", ");
  }
  return typeof value === "object" ? pairsText(value) : String(value);
}

/** What is written for what a control holds; `undefined` where the field goes. */
export function readValue(text: string | boolean, schema: FieldSchema): unknown {
  if (typeof text === "boolean") {
    return text === (schema.default ?? false) ? undefined : text;
  }
  const trimmed = schema.format === "multiline" ? text : text.trim();
  if (trimmed === "") {
    return undefined;
  }
  switch (schema.type) {
    case "integer":
    case "number":
      return numberOr(trimmed);
    case "boolean":
      return trimmed === "true";
    case "array": {
      const items = itemsOf(trimmed, schema.items?.format === "ssh-public-key" ? /\n/ : SEPARATOR);
      return items.length === 0
        ? undefined
        : items.map((item) => readValue(item, schema.items ?? { type: "string" }));
    }
    case "object":
      return pairsOf(trimmed, schema.additionalProperties || { type: "string" });
    default:
      return schema.enum?.some((each) => typeof each === "number" && String(each) === trimmed) === true
        ? Number(trimmed)
        : trimmed;
  }
}

/** `key=value, other=value`. */
export function pairsText(pairs: object): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

/** The map that such a text means; a part without `=` is a key with an empty value. */
export function pairsOf(text: string, schema: FieldSchema): Record<string, unknown> | undefined {
  const entries = itemsOf(text, SEPARATOR).map((part) => {
    const at = part.indexOf("=");
    const [key, value] = at < 0 ? [part, ""] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    return [key, value === "" ? "" : readValue(value, schema)] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `key=value:NoSchedule`, as kubectl writes taints; an effect that is left out stays out and is a problem of the request. */
export function taintsOf(text: string): object[] | undefined {
  const taints = itemsOf(text, SEPARATOR).map((part) => {
    const [, key = part, value = "", effect = ""] = /^([^=:]+)(?:=([^:]*))?(?::(.*))?$/.exec(part) ?? [];
    return { key: key.trim(), value: value.trim(), effect: effect.trim() || "NoSchedule" };
  });
  return taints.length === 0 ? undefined : taints;
}

export function taintsText(
  taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[],
): string {
  return taints
    .map(({ key, value, effect }) => `${key}${value === "" ? "" : `=${value}`}:${effect}`)
    .join(", ");
}

/** A number, or the text where it is none: the rules of the request say what is wrong with it. */
export function numberOr(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function itemsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
