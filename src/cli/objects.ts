import { formatObjects } from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";

/** Objects as a YAML stream, or as one JSON list. */
export function objectsText(objects: readonly KubeObject[], output: "yaml" | "json"): string {
  return output === "json" ? JSON.stringify(objects, undefined, 2) : formatObjects(objects);
}
