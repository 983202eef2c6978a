import { VIRTUAL_CLUSTER, VIRTUAL_HOST } from "../../cluster/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { CONFIG_MAP } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";

/** Throws `Refused` where virtual clusters live on a cluster that is to go: they would be lost with it. */
export async function refuseHost(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  { signal }: CallOptions,
): Promise<void> {
  const living = await management.list(CONFIG_MAP, {
    namespace,
    labelSelector: `${VIRTUAL_HOST}=${name},${VIRTUAL_CLUSTER}`,
    metadataOnly: true,
    signal,
  });
  if (living.length > 0) {
    const names = living.map(({ metadata }) => metadata.labels?.[VIRTUAL_CLUSTER] ?? metadata.name);
    throw new PaletteError("Refused", `Virtual clusters live on ${name}: ${names.sort().join(", ")}`, {
      next: "Delete them first.",
    });
  }
}
