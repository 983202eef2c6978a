/** What the page of a panel needs to know to load, all of it as the webview names it. */
interface PageParts {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** Where the webview takes its files from. */
  readonly cspSource: string;
  /** Made anew for each page; lets its own script run and no other. */
  readonly nonce: string;
}

/**
 * The page of a panel: nothing but its script and style. The content policy lets in no other script, no inline style,
 * no connection and no picture from anywhere.
 */
export function pageHtml({ title, script, style, cspSource, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
