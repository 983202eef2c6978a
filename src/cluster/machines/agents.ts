/** What k3s and RKE2 have in common: machines that join by an agent of their own. */
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { KubernetesSettings } from "../kubernetes.ts";
import type { MachinePool } from "../model.ts";
import { type Argument, itemsOf, LABELS } from "./arguments.ts";
import { kubeletArguments, type Machines, type NodeSettings, taintTexts } from "./node.ts";
import { poolTemplate } from "./objects.ts";
import { workerPool } from "./workers.ts";

/** A worker pool whose machines join by `agent`; `kind` is its bootstrap template. */
export function agentWorkers(
  input: CloudInput,
  pool: MachinePool,
  machines: Machines,
  { kind, agent, version }: { readonly kind: string; readonly agent: object; readonly version: string },
): KubeObject[] {
  const type = { apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2", kind };
  const bootstrap = poolTemplate(input, pool, type, { template: { spec: agent } });
  return workerPool(input, pool, machines, bootstrap, version);
}

/**
 * What an agent tells its kubelet. Labels and taints have lists of their own there, which arguments of the same meaning
 * would replace.
 */
export function agentKubelet(
  pool: MachinePool,
  node: NodeSettings,
  { kubeadm }: KubernetesSettings,
): { readonly labels: string[]; readonly taints: string[]; readonly arguments: Argument[] } {
  const all = kubeletArguments(pool, node, kubeadm.kubeletExtraArgs);
  return {
    labels: itemsOf(all, LABELS),
    taints: taintTexts(pool, kubeadm.kubeletExtraArgs),
    arguments: all.filter(({ name }) => name !== LABELS),
  };
}
