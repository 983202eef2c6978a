import { stringify } from "yaml";
import type { KubeObject } from "../shared/kubernetes.ts";

/** Objects as a YAML stream, or as one JSON list. */
export function objectsText(objects: readonly KubeObject[], output: "yaml" | "json"): string {
  return output === "json"
    ? JSON.stringify(objects, undefined, 2)
    : objects
        .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
        .join("");
}
