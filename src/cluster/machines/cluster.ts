import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { KubernetesSettings } from "../kubernetes.ts";
import { CLUSTER_API, contractRef, objectMetadata } from "./objects.ts";

/** The Cluster, with its networks and what it refers to (engines.md 1.1). */
export function clusterObject(
  input: CloudInput,
  controlPlane: KubeObject,
  infrastructure: KubeObject,
  controlPlaneEndpoint?: { readonly host: string; readonly port: number },
): KubeObject {
  const { request, kubernetes } = input;
  return {
    apiVersion: CLUSTER_API,
    kind: "Cluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      clusterNetwork: clusterNetwork(kubernetes),
      ...(controlPlaneEndpoint === undefined ? {} : { controlPlaneEndpoint: { ...controlPlaneEndpoint } }),
      controlPlaneRef: contractRef(controlPlane),
      infrastructureRef: contractRef(infrastructure),
    },
  };
}

/** `clusterNetwork` of a Cluster. */
export function clusterNetwork({ podCidrs, serviceCidrs, serviceDomain }: KubernetesSettings): object {
  return {
    pods: { cidrBlocks: [...podCidrs] },
    services: { cidrBlocks: [...serviceCidrs] },
    serviceDomain,
  };
}
