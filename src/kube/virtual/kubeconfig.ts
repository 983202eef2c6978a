import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { registeredKubeconfig } from "./host.ts";
import { readRecord } from "./record.ts";

/** The kubeconfig of a virtual cluster, as the management cluster has it. It is a credential. Throws `NotFound`. */
export async function virtualKubeconfig(
  management: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions = {},
): Promise<string> {
  await readRecord(management, ref, options);
  return registeredKubeconfig(management, ref, options);
}
