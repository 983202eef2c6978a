import { isPaletteError } from "../../shared/errors.ts";
import { CLUSTER } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import type { Finding } from "./finding.ts";

/**
 * Whether Cluster API makes clusters from a ClusterClass here. Its feature gate is off by default (engines.md
 * 1.1), and the webhook of Cluster says so for an object that uses it, here one that is only tried.
 */
export async function checkTopology(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions,
): Promise<Finding> {
  const title = "Cluster classes";
  try {
    await management.create(
      {
        ...CLUSTER,
        metadata: { name: "palette-environment-check", namespace },
        spec: { topology: { classRef: { name: "palette-environment-check" }, version: "v1.36.0" } },
      },
      { ...options, dryRun: true },
    );
  } catch (error) {
    if (!isPaletteError(error) || error.code === "Unreachable" || error.code === "Cancelled") {
      throw error;
    }
    if (error.engine?.includes("ClusterTopology feature flag") === true) {
      return {
        title,
        state: "missing",
        message: `The feature gate ClusterTopology of Cluster API is off on ${management.name}.`,
        ...(management.isSandbox
          ? {}
          : {
              next: "Set CLUSTER_TOPOLOGY=true in the environment of clusterctl init, or --feature-gates=ClusterTopology=true on the managers of Cluster API and of the kubeadm control plane.",
            }),
      };
    }
    if (error.code === "Forbidden") {
      return {
        title,
        state: "warning",
        message:
          "You may not create clusters, so it is not known whether the feature gate ClusterTopology is on.",
      };
    }
  }
  return { title, state: "ok", message: "The feature gate ClusterTopology is on." };
}
