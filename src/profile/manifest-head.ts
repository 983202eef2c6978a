import type { EmbeddedText } from "./embedded.ts";

/** What an object says it is; empty where it does not say it yet. */
interface ManifestHead {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * What the object around an offset of the profile says it is. Read from its lines, so that half-typed text will do.
 */
export function manifestHead({ text, toDecoded }: EmbeddedText, offset: number): ManifestHead {
  const inner = toDecoded(offset);
  let start = 0;
  let end = text.length;
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) {
    if (index > inner) {
      end = index;
      break;
    }
    start = index;
  }
  const own = text.slice(start, end);
  const textOf = (key: string): string =>
    new RegExp(`^${key}:[ \\t]+(["']?)([\\w./-]+)\\1[ \\t]*(?:#.*)?\\r?$`, "m").exec(own)?.[2] ?? "";
  return { apiVersion: textOf("apiVersion"), kind: textOf("kind") };
}
