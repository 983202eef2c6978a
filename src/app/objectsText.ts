import type { KubeObject } from "../shared/kubernetes.ts";
import { loadClusterRoom } from "./chunks.ts";

/** Several objects as one YAML text under a comment. */
export async function objectsText(
  objects: readonly KubeObject[],
  comment: readonly string[],
): Promise<string> {
  const { formatObjects } = await loadClusterRoom();
  return comment.map((line) => `# ${line}\n`).join("") + formatObjects(objects);
}
