import type { VirtualFacts } from "../../virtual/index.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { listClusterGroups } from "./groups.ts";
import { listHosts } from "./hosts.ts";

/** What a request for a virtual cluster in a namespace is judged by. */
export async function virtualFacts(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions = {},
): Promise<VirtualFacts> {
  const [hosts, groups] = await Promise.all([
    listHosts(management, namespace, options),
    listClusterGroups(management, { ...options, namespace }),
  ]);
  return { hosts, groups, taken: hosts.map(({ name }) => name) };
}
