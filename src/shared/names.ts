const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** Longest RFC 1123 label. */
export const MAX_LABEL = 63;

/** Whether a text is an RFC 1123 label, which names of most objects must be. */
export function isLabelName(text: string): boolean {
  return text.length <= MAX_LABEL && LABEL.test(text);
}
