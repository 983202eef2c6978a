import type { KubeObject } from "../../shared/kubernetes.ts";
import type { KubernetesSettings } from "../kubernetes.ts";
import type { MachinePool } from "../model.ts";

/** An argument of a program, as Cluster API v1beta2 lists them. */
export interface Argument {
  readonly name: string;
  readonly value: string;
}

/** A file that cloud-init writes (`files` of KubeadmConfigSpec). */
export interface NodeFile {
  readonly path: string;
  readonly content?: string;
  readonly contentFrom?: { readonly secret: { readonly name: string; readonly key: string } };
  readonly owner?: string;
  readonly permissions?: string;
  readonly encoding?: string;
  readonly append?: boolean;
}

interface NodeUser {
  readonly name: string;
  readonly sshAuthorizedKeys?: readonly string[];
  readonly sudo?: string;
}

/** What a cloud wants of the nodes of a pool. */
export interface NodeSettings {
  /** Name of the node; a cloud-init template such as `{{ local_hostname }}`. */
  readonly name?: string;
  /** Identity of the machine in its cloud; a cloud-init template. */
  readonly providerId?: string;
  /** A cloud controller tells nodes apart and sets them up (engines.md 3). */
  readonly externalCloudProvider?: true;
  readonly kubeletExtraArgs?: readonly Argument[];
  readonly files?: readonly NodeFile[];
  readonly preKubeadmCommands?: readonly string[];
  readonly postKubeadmCommands?: readonly string[];
  readonly users?: readonly NodeUser[];
  readonly ntpServers?: readonly string[];
  /** Control plane only: more names of the API server's certificate. */
  readonly certSANs?: readonly string[];
}

/** What a cloud adds to a cluster of machines that Kubernetes is installed on. */
export interface Machines {
  /** The infrastructure cluster. */
  readonly cluster: KubeObject;
  /** What else the cluster needs, written after it. */
  readonly others?: readonly KubeObject[];
  machineTemplate(pool: MachinePool): KubeObject;
  node?(pool: MachinePool): NodeSettings;
  readonly controlPlaneEndpoint?: { readonly host: string; readonly port: number };
  /** Failure domains of a worker pool: over several it becomes as many MachineDeployments (design.md, Zones). */
  zones?(pool: MachinePool): readonly string[];
}

/**
 * A cloud-init template inside an argument of kubelet. kubeadm's arguments go through systemd, which takes the quotes
 * away that keep the template whole; those of k3s and RKE2 do not.
 */
export function quotedTemplate(
  template: string,
  { distribution }: Pick<KubernetesSettings, "distribution">,
): string {
  return distribution === "kubeadm" ? `'${template}'` : template;
}

/** Node labels of a pool as kubelets take them, in a stable order. */
export function nodeLabels(pool: MachinePool): string[] {
  return Object.entries(pool.additionalLabels)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

/** Arguments of the kubelets of a pool. */
export function kubeletArguments(pool: MachinePool, settings: NodeSettings): Argument[] {
  const labels = nodeLabels(pool);
  return [
    ...(settings.externalCloudProvider === true ? [{ name: "cloud-provider", value: "external" }] : []),
    ...(settings.providerId === undefined ? [] : [{ name: "provider-id", value: settings.providerId }]),
    ...(settings.kubeletExtraArgs ?? []),
    ...(labels.length === 0 ? [] : [{ name: "node-labels", value: labels.join(",") }]),
  ];
}

/** The taint that keeps workloads off a control plane. */
const CONTROL_PLANE_TAINT = {
  key: "node-role.kubernetes.io/control-plane",
  value: "",
  effect: "NoSchedule",
} as const;

/** Taints of the nodes of a pool; nothing where the distribution's own apply. */
export function nodeTaints(pool: MachinePool): MachinePool["taints"] | undefined {
  if (pool.useControlPlaneAsWorker) {
    return pool.taints;
  }
  if (pool.taints.length === 0) {
    return undefined;
  }
  return pool.isControlPlane ? [CONTROL_PLANE_TAINT, ...pool.taints] : pool.taints;
}

/** Taints of the nodes of a pool as k3s and RKE2 write them. */
export function taintTexts(pool: MachinePool): string[] {
  return (nodeTaints(pool) ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
}

/**
 * How many control plane machines are added before one is taken away. Scaling in first needs three machines, so that
 * etcd keeps its majority (KubeadmControlPlane's webhook).
 */
export function controlPlaneSurge({ updateStrategy, size }: MachinePool): 0 | 1 {
  return updateStrategy?.type === "RollingUpdateScaleIn" && size >= 3 ? 0 : 1;
}
