import { hasLayers } from "../layers/list.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import type { Finding } from "./finding.ts";

/** Whether the layers of a profile can be put on clusters from here. */
export async function checkLayers(management: ManagementCluster, options: CallOptions): Promise<Finding> {
  const title = "Sveltos";
  if (await hasLayers(management, options)) {
    return { title, state: "ok", message: "It puts the layers of a profile on its clusters." };
  }
  const command =
    "helm install projectsveltos projectsveltos --repo https://projectsveltos.github.io/helm-charts --namespace projectsveltos --create-namespace";
  return {
    title,
    state: "warning",
    message: `${management.name} does not have it, so no layer is put on clusters. Their nodes are not ready before a network is.`,
    ...(management.isSandbox ? {} : { command, next: `Run ${command}` }),
  };
}
