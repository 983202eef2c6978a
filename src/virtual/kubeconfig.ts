import { parseDocument } from "yaml";
import { isMap, mapOf } from "../shared/records.ts";

/** A kubeconfig with another server in all of its clusters; what else it says stays. */
export function withServer(text: string, server: string): string {
  const document = parseDocument(text);
  const clusters: unknown = mapOf(document.toJS()).clusters;
  for (const [i, entry] of (Array.isArray(clusters) ? clusters : []).entries()) {
    if (isMap(entry)) {
      document.setIn(["clusters", i, "cluster", "server"], server);
    }
  }
  return document.toString();
}

/** The server that a kubeconfig leads to: that of its first cluster, since vCluster writes one. */
export function serverIn(text: string): string | undefined {
  const server: unknown = parseDocument(text).getIn(["clusters", 0, "cluster", "server"]);
  return typeof server === "string" ? server : undefined;
}
