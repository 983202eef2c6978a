const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** Longest RFC 1123 label. */
export const MAX_LABEL = 63;

/** Whether a text is an RFC 1123 label, which names of most objects must be. */
export function isLabelName(text: string): boolean {
  return text.length <= MAX_LABEL && LABEL.test(text);
}

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Whether a text is an RFC 1123 subdomain, which names of objects may be. */
export function isSubdomainName(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}
