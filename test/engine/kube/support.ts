import { newPool } from "../../../src/cluster/index.ts";
import type { ClusterRequest } from "../../../src/cluster/model.ts";
import { connect, type ManagementCluster } from "../../../src/kube/index.ts";
import { newProfile } from "../../../src/profile/index.ts";

export const PROFILE_TEXT: string = newProfile({
  name: "engine-test",
  type: "cluster",
  cloudType: "docker",
  kubernetesVersion: "1.36.4",
});

/** A request for an in-memory cluster. */
export function requestFor(
  namespace: string,
  name: string,
  { controlPlane = 1, workers = 1 }: { controlPlane?: number; workers?: number } = {},
): ClusterRequest {
  return {
    name,
    namespace,
    labels: {},
    annotations: {},
    cloudConfig: {},
    cloudType: "in-memory",
    profiles: [{ name: "engine-test", version: "1.0.0" }],
    machinePools: [newPool("control-plane", true, controlPlane), newPool("workers", false, workers)],
  };
}

/** Connects to a context of a file; no program may run to sign in. */
export function connectTo(path: string, context: string): Promise<ManagementCluster> {
  return connect({ path, context }, { allowExec: async () => false });
}

const KINDS = [
  ["cluster.x-k8s.io/v1beta2", "Cluster"],
  ["cluster.x-k8s.io/v1beta2", "MachineDeployment"],
  ["cluster.x-k8s.io/v1beta2", "MachineSet"],
  ["cluster.x-k8s.io/v1beta2", "Machine"],
  ["controlplane.cluster.x-k8s.io/v1beta2", "KubeadmControlPlane"],
  ["bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfig"],
  ["bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfigTemplate"],
  ["infrastructure.cluster.x-k8s.io/v1beta2", "DevCluster"],
  ["infrastructure.cluster.x-k8s.io/v1beta2", "DevMachine"],
  ["infrastructure.cluster.x-k8s.io/v1beta2", "DevMachineTemplate"],
  ["v1", "Secret"],
] as const;

/** Everything on the management cluster whose name begins with a cluster's, as `Kind name`. */
export async function everythingOf(management: ManagementCluster, name: string): Promise<string[]> {
  const lists = await Promise.all(KINDS.map(([apiVersion, kind]) => management.list({ apiVersion, kind })));
  return lists
    .flat()
    .filter(({ metadata }) => metadata.name === name || metadata.name.startsWith(`${name}-`))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();
}
