import type { KubeObject } from "../../shared/kubernetes.ts";
import type { KubernetesSettings } from "../kubernetes.ts";
import { type MachinePool, TAINT_EFFECTS, type Taint } from "../model.ts";
import { type Argument, itemsOf, LABELS, mergeArguments, TAINTS } from "./arguments.ts";

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
function nodeLabels(pool: MachinePool): string[] {
  return Object.entries(pool.additionalLabels)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

/**
 * Arguments of the kubelets of a pool, except taints, which `nodeTaints` knows. Those of `layers` take the place of the
 * cloud's; a label of the pool takes that of theirs, since a request says what one cluster is to be and a profile what
 * many are.
 */
export function kubeletArguments(
  pool: MachinePool,
  settings: NodeSettings,
  layers: readonly Argument[],
): Argument[] {
  const cloud = [
    ...(settings.externalCloudProvider === true ? [{ name: "cloud-provider", value: "external" }] : []),
    ...(settings.providerId === undefined ? [] : [{ name: "provider-id", value: settings.providerId }]),
    ...(settings.kubeletExtraArgs ?? []),
  ];
  const labels = nodeLabels(pool);
  const own = labels.length === 0 ? [] : [{ name: LABELS, value: labels.join(",") }];
  // Twice: the first is where labels stand, the last is what wins.
  return mergeArguments(cloud, own, layers, own).filter(({ name }) => name !== TAINTS);
}

/** The taint that keeps workloads off a control plane. */
const CONTROL_PLANE_TAINT = {
  key: "node-role.kubernetes.io/control-plane",
  value: "",
  effect: "NoSchedule",
} as const;

/**
 * Taints of the nodes of a pool; nothing where the distribution's own apply. Those that `layers` give kubelets are among
 * them, as either list would replace the other. Kubernetes takes each pair of key and effect once: the pool's wins.
 */
export function nodeTaints(pool: MachinePool, layers: readonly Argument[]): readonly Taint[] | undefined {
  const taints = [...itemsOf(layers, TAINTS).flatMap(taintOf), ...pool.taints];
  if (taints.length === 0) {
    return pool.useControlPlaneAsWorker ? [] : undefined;
  }
  const standard = pool.isControlPlane && !pool.useControlPlaneAsWorker ? [CONTROL_PLANE_TAINT] : [];
  const unique = new Map([...standard, ...taints].map((each) => [`${each.key}:${each.effect}`, each]));
  return [...unique.values()];
}

/** Taints of the nodes of a pool as k3s, RKE2 and k0s write them. */
export function taintTexts(pool: MachinePool, layers: readonly Argument[]): string[] {
  return (nodeTaints(pool, layers) ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
}

/** A taint as kubelets write it: `KEY=VALUE:EFFECT`, perhaps without the value. */
function taintOf(text: string): Taint[] {
  const [, key = "", value = "", written] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  const effect = TAINT_EFFECTS.find((each) => each === written);
  return effect === undefined ? [] : [{ key, value, effect }];
}

/** Files of several sources, each path once as Cluster API demands; a later one wins. */
export function mergeFiles(...sources: readonly (readonly NodeFile[])[]): NodeFile[] {
  return [...new Map(sources.flat().map((file) => [file.path, file])).values()];
}

/**
 * How many control plane machines are added before one is taken away. Scaling in first needs three machines, so that
 * etcd keeps its majority (KubeadmControlPlane's webhook).
 */
export function controlPlaneSurge({ updateStrategy, size }: MachinePool): 0 | 1 {
  return updateStrategy?.type === "RollingUpdateScaleIn" && size >= 3 ? 0 : 1;
}
