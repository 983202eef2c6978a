import { isLabelName } from "../shared/names.ts";

/** Hostnames of the machines begin with it and end with about 20 characters of their own. */
export const MAX_CLUSTER_NAME = 40;

/** Names of machines hold it between the cluster's name and their own ending. */
export const MAX_POOL_NAME = 20;

/** Machines of a pool: far above what anybody types on purpose. */
export const MAX_MACHINES = 1000;

/** What keeps an RFC 1123 label from being the name of a cluster; nothing where it can be one. */
export function clusterNameProblem(name: string): string | undefined {
  if (name.length > MAX_CLUSTER_NAME) {
    return `Cluster name ${name} has ${name.length} characters. ${MAX_CLUSTER_NAME} is the most, since hostnames begin with it.`;
  }
  return /^[a-z]/.test(name) ? undefined : `Cluster name ${name} must begin with a letter.`;
}

/** Whether a text can be the name of a machine pool. */
export function isPoolName(name: string): boolean {
  return isLabelName(name) && name.length <= MAX_POOL_NAME;
}
