/**
 * Longest name of a virtual cluster: the StatefulSet's revision, a label of 63 characters, is its name with a hash, and
 * Helm takes release names of 53.
 */
export const MAX_VIRTUAL_NAME = 50;

/** On a group's ConfigMap: its name. */
export const GROUP_LABEL = "virtual.palette-onboarding/group";
/** On a virtual cluster's ConfigMap: what was asked for, as JSON. */
export const REQUEST_ANNOTATION = "virtual.palette-onboarding/request";

/** Key of the kubeconfig in the Secret that vCluster writes. */
export const KUBECONFIG_KEY = "config";
/** The server that vCluster names in its kubeconfig where nobody told it another. */
export const UNTOLD_SERVER = "https://localhost:8443";

/** Name of the Sveltos Profile and of the ConfigMap with its values, and the namespace on the host. */
export function virtualName(name: string): string {
  return `vcluster-${name}`;
}

/** The Secret on the host with the kubeconfig; the release has the cluster's own name. */
export function hostSecretName(name: string): string {
  return `vc-${name}`;
}

/** Name of the ConfigMap of a group. */
export function groupObjectName(name: string): string {
  return `cluster-group-${name}`;
}
