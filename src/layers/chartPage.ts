/**
 * Where a browser finds the chart of a layer: its Helm repository, or its page in an OCI registry. Nothing for what no
 * browser opens.
 */
export function chartPage(repository: string, chart: string): string | undefined {
  if (!URL.canParse(repository)) {
    return undefined;
  }
  const { protocol, host, pathname } = new URL(repository);
  const path = pathname.replace(/\/+$/, "");
  switch (protocol) {
    case "oci:":
      return `https://${host}${path}/${chart}`;
    case "https:":
    case "http:":
      return `${protocol}//${host}${path}`;
    default:
      return undefined;
  }
}
