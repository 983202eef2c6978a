import { isPaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { KindRef, ListOptions, ManagementCluster } from "./management.ts";

/** All objects of a kind; none where the kind is not installed. */
export async function listOrNone(
  management: ManagementCluster,
  kind: KindRef,
  options: ListOptions,
): Promise<KubeObject[]> {
  return management.list(kind, options).catch((error: unknown) => {
    if (isPaletteError(error, "Prerequisite")) {
      return [];
    }
    throw error;
  });
}
