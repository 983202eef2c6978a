const SECRETS: readonly [RegExp, string][] = [
  [/(bearer\s+)[\w.~+/=-]+/gi, "$1<redacted>"],
  [
    /(["']?(?:token|id-token|refresh-token|password|client-key-data|client-certificate-data|client-secret)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
    "$1<redacted>",
  ],
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, "<redacted private key>"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "<redacted>"],
];

/** Takes text for a log and gives it without tokens, passwords and keys (editor.md 8). */
export function redact(text: string): string {
  return SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
