import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { agentKubelet, agentWorkers } from "./agents.ts";
import type { Argument } from "./arguments.ts";
import { type Machines, mergeFiles, type NodeFile, type NodeSettings } from "./node.ts";
import { POOL_LABEL, poolMetadata, poolName, present } from "./objects.ts";

/** What k3s brings itself and layers take the place of. */
const REPLACED = ["servicelb", "traefik", "local-storage"];

/**
 * KThreesControlPlane (cluster-api-k3s 0.3). It still refers to its machine template by apiVersion (engines.md 1.1).
 * k3s brings Flannel only where the network layer is that.
 */
export function k3sControlPlane(
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
    kind: "KThreesControlPlane",
    metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
    spec: {
      replicas: pool.size,
      version: k3sVersion(kubernetes.version),
      machineTemplate: {
        metadata: { labels: { [POOL_LABEL]: pool.name } },
        infrastructureRef: {
          apiVersion: template.apiVersion,
          kind: template.kind,
          name: template.metadata.name,
        },
      },
      kthreesConfigSpec: {
        serverConfig: present({
          cloudProviderName: node.externalCloudProvider === true ? "external" : "",
          disableCloudController: true,
          clusterCidr: kubernetes.podCidrs.join(","),
          serviceCidr: kubernetes.serviceCidrs.join(","),
          clusterDomain: kubernetes.serviceDomain,
          disableComponents: REPLACED,
          tlsSan: [...(node.certSANs ?? []), ...kubeadm.apiServer.certSANs],
          kubeAPIServerArg: flags(kubeadm.apiServer.extraArgs),
          kubeControllerManagerArgs: flags(kubeadm.controllerManager.extraArgs),
          kubeSchedulerArgs: flags(kubeadm.scheduler.extraArgs),
        }),
        ...agent(pool, node, input),
      },
    },
  };
}

/** A worker pool whose machines join by the k3s agent. */
export function k3sWorkers(input: CloudInput, pool: MachinePool, machines: Machines): KubeObject[] {
  return agentWorkers(input, pool, machines, {
    kind: "KThreesConfigTemplate",
    agent: agent(pool, machines.node?.(pool) ?? {}, input),
    version: k3sVersion(input.kubernetes.version),
  });
}

/** k3s releases carry a suffix; the first of each Kubernetes version stands for it. */
function k3sVersion(version: string): string {
  return `v${version}+k3s1`;
}

function agent(pool: MachinePool, node: NodeSettings, input: CloudInput): object {
  const { kubeadm, network, replacesKubeProxy } = input.kubernetes;
  const server =
    pool.isControlPlane && network !== "flannel"
      ? ["flannel-backend: none", "disable-network-policy: true"]
      : [];
  const proxy = pool.isControlPlane && replacesKubeProxy ? ["disable-kube-proxy: true"] : [];
  const config = [...server, ...proxy];
  const time = timeServers(node);
  const kubelet = agentKubelet(pool, node, input.kubernetes);
  return present({
    agentConfig: present({
      nodeName: node.name,
      nodeLabels: kubelet.labels,
      nodeTaints: kubelet.taints,
      kubeletArgs: flags(kubelet.arguments),
    }),
    files: mergeFiles(
      config.length === 0
        ? []
        : [
            {
              path: "/etc/rancher/k3s/config.yaml.d/network.yaml",
              owner: "root:root",
              permissions: "0600",
              content: `${config.join("\n")}\n`,
            },
          ],
      time.files,
      node.files ?? [],
      kubeadm.files,
    ),
    preK3sCommands: [...time.commands, ...(node.preKubeadmCommands ?? []), ...kubeadm.preKubeadmCommands],
    postK3sCommands: [...(node.postKubeadmCommands ?? []), ...kubeadm.postKubeadmCommands],
  });
}

/** The bootstrap provider of k3s has no field for them (those of kubeadm and RKE2 have). */
function timeServers({ ntpServers = [] }: NodeSettings): {
  readonly files: readonly NodeFile[];
  readonly commands: readonly string[];
} {
  return ntpServers.length === 0
    ? { files: [], commands: [] }
    : {
        files: [
          {
            path: "/etc/systemd/timesyncd.conf.d/cluster.conf",
            owner: "root:root",
            permissions: "0644",
            content: `[Time]\nNTP=${ntpServers.join(" ")}\n`,
          },
        ],
        commands: ["systemctl restart systemd-timesyncd"],
      };
}

function flags(arguments_: readonly Argument[]): string[] {
  return arguments_.map(({ name, value }) => `${name}=${value}`);
}
