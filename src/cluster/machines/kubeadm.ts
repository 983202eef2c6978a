import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { KubeadmSettings } from "../kubeadmSettings.ts";
import type { MachinePool } from "../model.ts";
import { mergeArguments } from "./arguments.ts";
import {
  controlPlaneSurge,
  kubeletArguments,
  type Machines,
  mergeFiles,
  type NodeSettings,
  nodeTaints,
} from "./node.ts";
import { contractRef, POOL_LABEL, poolMetadata, poolName, poolTemplate, present } from "./objects.ts";
import { workerPool } from "./workers.ts";

const BOOTSTRAP_API = "bootstrap.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE_API = "controlplane.cluster.x-k8s.io/v1beta2";

/** KubeadmControlPlane of the control plane pool, whose machines are made from `template` (engines.md 1.1). */
export function kubeadmControlPlane(
  input: CloudInput,
  pool: MachinePool,
  machines: Machines,
  template: KubeObject,
): KubeObject {
  const { request, kubernetes } = input;
  const node = machines.node?.(pool) ?? {};
  const { kubeadm } = kubernetes;
  const external = node.externalCloudProvider === true ? [{ name: "cloud-provider", value: "external" }] : [];
  const clusterConfiguration = present({
    apiServer: present({
      certSANs: [...(node.certSANs ?? []), ...kubeadm.apiServer.certSANs],
      extraArgs: kubeadm.apiServer.extraArgs,
      extraVolumes: kubeadm.apiServer.extraVolumes,
    }),
    controllerManager: present({
      extraArgs: mergeArguments(external, kubeadm.controllerManager.extraArgs),
      extraVolumes: kubeadm.controllerManager.extraVolumes,
    }),
    scheduler: present({
      extraArgs: kubeadm.scheduler.extraArgs,
      extraVolumes: kubeadm.scheduler.extraVolumes,
    }),
    imageRepository: kubeadm.imageRepository,
  });
  return {
    apiVersion: CONTROL_PLANE_API,
    kind: "KubeadmControlPlane",
    metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
    spec: {
      replicas: pool.size,
      version: `v${kubernetes.version}`,
      ...present({ rollout: controlPlaneRollout(pool) }),
      machineTemplate: {
        metadata: { labels: { [POOL_LABEL]: pool.name } },
        spec: { infrastructureRef: contractRef(template) },
      },
      kubeadmConfigSpec: {
        ...present({ clusterConfiguration }),
        initConfiguration: {
          ...registration(pool, node, kubeadm),
          // The network layer does its work, so kubeadm leaves it out.
          ...(kubernetes.replacesKubeProxy ? { skipPhases: ["addon/kube-proxy"] } : {}),
        },
        joinConfiguration: registration(pool, node, kubeadm),
        ...machineSetup(node, kubeadm),
      },
    },
  };
}

/** A worker pool whose machines join by kubeadm. */
export function kubeadmWorkers(input: CloudInput, pool: MachinePool, machines: Machines): KubeObject[] {
  const node = machines.node?.(pool) ?? {};
  const { kubeadm, version } = input.kubernetes;
  const spec = {
    template: {
      spec: { joinConfiguration: registration(pool, node, kubeadm), ...machineSetup(node, kubeadm) },
    },
  };
  const bootstrap = poolTemplate(
    input,
    pool,
    { apiVersion: BOOTSTRAP_API, kind: "KubeadmConfigTemplate" },
    spec,
  );
  return workerPool(input, pool, machines, bootstrap, `v${version}`);
}

function registration(pool: MachinePool, node: NodeSettings, kubeadm: KubeadmSettings): object {
  const taints = nodeTaints(pool, kubeadm.kubeletExtraArgs);
  return {
    nodeRegistration: {
      ...present({
        name: node.name,
        kubeletExtraArgs: kubeletArguments(pool, node, kubeadm.kubeletExtraArgs),
      }),
      ...(taints === undefined ? {} : { taints: taints.map((taint) => ({ ...taint })) }),
    },
  };
}

function machineSetup(node: NodeSettings, kubeadm: KubeadmSettings): object {
  const servers = node.ntpServers ?? [];
  return present({
    files: mergeFiles(node.files ?? [], kubeadm.files),
    preKubeadmCommands: [...(node.preKubeadmCommands ?? []), ...kubeadm.preKubeadmCommands],
    postKubeadmCommands: [...(node.postKubeadmCommands ?? []), ...kubeadm.postKubeadmCommands],
    users: node.users ?? [],
    ntp: servers.length === 0 ? {} : { enabled: true, servers },
  });
}

function controlPlaneRollout(pool: MachinePool): object {
  return pool.updateStrategy === undefined
    ? {}
    : { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: controlPlaneSurge(pool) } } };
}
