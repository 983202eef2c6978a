import { stringify } from "yaml";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type ClusterRequest, REQUEST_API_VERSION, REQUEST_KIND } from "./model.ts";

/** Objects as a stream of YAML documents, for reading and for kubectl. */
export function formatObjects(objects: readonly KubeObject[]): string {
  return objects
    .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
    .join("");
}

/** A request as the text of a `*.cluster.yaml`; parsing it gives the same request. */
export function formatRequest(request: ClusterRequest): string {
  const hasLabels = Object.keys(request.labels).length > 0;
  return stringify(
    {
      apiVersion: REQUEST_API_VERSION,
      kind: REQUEST_KIND,
      metadata: {
        name: request.name,
        namespace: request.namespace,
        ...(hasLabels ? { labels: request.labels } : {}),
      },
      spec: {
        cloudType: request.cloudType,
        profiles: request.profiles.map((profile) => ({ ...profile })),
        machinePools: request.machinePools.map(({ name, isControlPlane, size, additionalLabels }) => ({
          poolConfig: {
            name,
            ...(isControlPlane ? { isControlPlane } : {}),
            size,
            ...(Object.keys(additionalLabels).length > 0 ? { additionalLabels } : {}),
          },
        })),
      },
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
