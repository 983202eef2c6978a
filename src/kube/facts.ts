import { servedKinds } from "./environment/served.ts";
import { CLUSTER } from "./kinds.ts";
import type { CallOptions, ManagementCluster } from "./management.ts";

/** What a management cluster has, whatever clouds clusters are made on; `checkEnvironment` looks at one cloud. */
export interface ManagementFacts {
  /** Version of its API server without the leading v. */
  readonly version: string;
  /** API version of Cluster API that this product writes; absent where Cluster API is missing or too old. */
  readonly clusterApi: string | undefined;
}

/** Looks what a management cluster has. Throws `Unreachable` or `Forbidden`, never for what is missing. */
export async function checkManagement(
  management: ManagementCluster,
  { signal }: CallOptions = {},
): Promise<ManagementFacts> {
  const version = (await management.raw("/version", { signal })) as { gitVersion?: string };
  const [cluster] = await servedKinds(management, [CLUSTER], { signal });
  return { version: (version.gitVersion ?? "").replace(/^v/, ""), clusterApi: cluster?.apiVersion };
}
