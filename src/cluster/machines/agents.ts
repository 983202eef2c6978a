/** What k3s and RKE2 have in common: machines that join by an agent of their own. */
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { type Argument, kubeletArguments, type Machines, type NodeSettings } from "./node.ts";
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

/** Arguments of an agent's kubelet: labels have a list of their own there. */
export function agentKubelet(pool: MachinePool, node: NodeSettings, { kubernetes }: CloudInput): Argument[] {
  const arguments_ = kubeletArguments({ ...pool, additionalLabels: {} }, node);
  return [...arguments_, ...kubernetes.kubeadm.kubeletExtraArgs];
}
