import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { agentKubelet, agentWorkers } from "./agents.ts";
import type { Argument } from "./arguments.ts";
import { controlPlaneSurge, type Machines, mergeFiles, type NodeSettings } from "./node.ts";
import { contractRef, POOL_LABEL, poolMetadata, poolName, present } from "./objects.ts";

/**
 * RKE2ControlPlane (cluster-api-provider-rke2 0.25; engines.md Appendix A, rke2-aws.yaml). The network layer brings
 * the network, so RKE2 brings none.
 */
export function rke2ControlPlane(
  input: CloudInput,
  pool: MachinePool,
  machines: Machines,
  template: KubeObject,
): KubeObject {
  const { request, kubernetes } = input;
  const node = machines.node?.(pool) ?? {};
  const { kubeadm } = kubernetes;
  return {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "RKE2ControlPlane",
    metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
    spec: {
      replicas: pool.size,
      version: rke2Version(kubernetes.version),
      registrationMethod:
        machines.controlPlaneEndpoint === undefined ? "internal-first" : "control-plane-endpoint",
      serverConfig: present({
        cni: "none",
        cloudProviderName: node.externalCloudProvider === true ? "external" : undefined,
        tlsSan: [...(node.certSANs ?? []), ...kubeadm.apiServer.certSANs],
        kubeAPIServer: present({ extraArgs: flags(kubeadm.apiServer.extraArgs) }),
        kubeControllerManager: present({ extraArgs: flags(kubeadm.controllerManager.extraArgs) }),
        kubeScheduler: present({ extraArgs: flags(kubeadm.scheduler.extraArgs) }),
        disableComponents: kubernetes.replacesKubeProxy ? { kubernetesComponents: ["kubeProxy"] } : undefined,
      }),
      ...agent(pool, node, input),
      rolloutStrategy: {
        type: "RollingUpdate",
        rollingUpdate: { maxSurge: controlPlaneSurge(pool) },
      },
      machineTemplate: {
        metadata: { labels: { [POOL_LABEL]: pool.name } },
        spec: { infrastructureRef: contractRef(template) },
      },
    },
  };
}

/** A worker pool whose machines join by the RKE2 agent. */
export function rke2Workers(input: CloudInput, pool: MachinePool, machines: Machines): KubeObject[] {
  return agentWorkers(input, pool, machines, {
    kind: "RKE2ConfigTemplate",
    agent: agent(pool, machines.node?.(pool) ?? {}, input),
    version: rke2Version(input.kubernetes.version),
  });
}

/** RKE2 releases carry a suffix; the first of each Kubernetes version stands for it. */
function rke2Version(version: string): string {
  return `v${version}+rke2r1`;
}

function agent(pool: MachinePool, node: NodeSettings, input: CloudInput): object {
  const { kubeadm } = input.kubernetes;
  const servers = node.ntpServers ?? [];
  const kubelet = agentKubelet(pool, node, input.kubernetes);
  return {
    agentConfig: present({
      nodeName: node.name,
      nodeLabels: kubelet.labels,
      nodeTaints: kubelet.taints,
      kubelet: present({ extraArgs: flags(kubelet.arguments) }),
      ntp: servers.length === 0 ? undefined : { enabled: true, servers },
    }),
    ...present({
      files: mergeFiles(node.files ?? [], kubeadm.files),
      preRKE2Commands: [...(node.preKubeadmCommands ?? []), ...kubeadm.preKubeadmCommands],
      postRKE2Commands: [...(node.postKubeadmCommands ?? []), ...kubeadm.postKubeadmCommands],
    }),
  };
}

function flags(arguments_: readonly Argument[]): string[] {
  return arguments_.map(({ name, value }) => `--${name}=${value}`);
}
