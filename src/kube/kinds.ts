import type { KindRef } from "./management.ts";

/** Kinds that this room reads and writes by name. */
export const CLUSTER: KindRef = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster" };
export const MACHINE: KindRef = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Machine" };
export const MACHINE_DEPLOYMENT: KindRef = {
  apiVersion: "cluster.x-k8s.io/v1beta2",
  kind: "MachineDeployment",
};
export const MACHINE_SET: KindRef = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "MachineSet" };
export const MACHINE_POOL: KindRef = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "MachinePool" };
export const KUBEADM_CONTROL_PLANE: KindRef = {
  apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
  kind: "KubeadmControlPlane",
};
export const EVENT: KindRef = { apiVersion: "v1", kind: "Event" };
export const CONFIG_MAP: KindRef = { apiVersion: "v1", kind: "ConfigMap" };
export const SECRET: KindRef = { apiVersion: "v1", kind: "Secret" };
export const SVELTOS_GROUP = "config.projectsveltos.io";
/** A layer of a profile version, as Sveltos has it. */
export const LAYER_PROFILE: KindRef = { apiVersion: `${SVELTOS_GROUP}/v1beta1`, kind: "Profile" };
/** How far a layer is on one cluster. */
export const CLUSTER_SUMMARY: KindRef = { apiVersion: `${SVELTOS_GROUP}/v1beta1`, kind: "ClusterSummary" };
/** What a layer would do on one cluster. */
export const CLUSTER_REPORT: KindRef = { apiVersion: `${SVELTOS_GROUP}/v1beta1`, kind: "ClusterReport" };
/** A cluster that Sveltos knows by a kubeconfig: imported, or virtual. */
export const SVELTOS_CLUSTER: KindRef = {
  apiVersion: "lib.projectsveltos.io/v1beta1",
  kind: "SveltosCluster",
};
export const NAMESPACE: KindRef = { apiVersion: "v1", kind: "Namespace" };
export const RESOURCE_QUOTA: KindRef = { apiVersion: "v1", kind: "ResourceQuota" };
export const NODE: KindRef = { apiVersion: "v1", kind: "Node" };
export const POD: KindRef = { apiVersion: "v1", kind: "Pod" };
export const SERVICE: KindRef = { apiVersion: "v1", kind: "Service" };
