import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { MAX_LABEL } from "../shared/names.ts";

export { isLabelName } from "../shared/names.ts";

/** An RFC 1123 label with dots between, as versions have them. */
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** sha256 of a text, in hex. */
export function contentHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** A few characters that tell two texts apart in a name. */
export function shortHash(text: string): string {
  return contentHash(text).slice(0, 6);
}

/**
 * A text as part of an object's name: itself where it can be one, else without what names cannot hold and
 * with a short hash, so that two texts never make one name (design.md, Names).
 */
export function slug(text: string, max = MAX_LABEL): string {
  if (text.length <= max && SUBDOMAIN.test(text) && !/\.[-.]|-\./.test(text)) {
    return text;
  }
  const hash = shortHash(text);
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/[-.]*\.[-.]*/g, ".")
    .slice(0, max - hash.length - 1)
    .replace(/^[-.]+|[-.]+$/g, "");
  return plain === "" ? hash : `${plain}-${hash}`;
}

/** Several parts as one RFC 1123 label of at most `max` characters, cut with a short hash where it is longer. */
export function joinName(parts: readonly string[], max = MAX_LABEL): string {
  const whole = parts.join("-");
  if (whole.length <= max) {
    return whole;
  }
  const hash = shortHash(parts.join("\0"));
  return `${whole.slice(0, max - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
