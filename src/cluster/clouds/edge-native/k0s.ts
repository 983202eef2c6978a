import type { KubernetesSettings } from "../../kubernetes.ts";
import { agentKubelet } from "../../machines/agents.ts";
import type { Argument } from "../../machines/arguments.ts";
import { present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import { contentHash, shortHash } from "../../names.ts";

/** k0s releases carry a suffix; the first of each Kubernetes version stands for it. */
export function k0sVersion(version: string): string {
  return `v${version}+k0s.0`;
}

/** k0s' own configuration; networks of pods and services come from the Cluster (k0smotron 2.1). */
export function k0sConfig(
  { kubeadm, replacesKubeProxy }: KubernetesSettings,
  { type, host }: { readonly type: string; readonly host: string },
): object {
  return {
    apiVersion: "k0s.k0sproject.io/v1beta1",
    kind: "ClusterConfig",
    metadata: { name: "k0s" },
    spec: present({
      api: present({
        externalAddress: type === "External" ? host : undefined,
        sans: [host, ...kubeadm.apiServer.certSANs],
        extraArgs: map(kubeadm.apiServer.extraArgs),
      }),
      controllerManager: present({ extraArgs: map(kubeadm.controllerManager.extraArgs) }),
      scheduler: present({ extraArgs: map(kubeadm.scheduler.extraArgs) }),
      network: {
        // The network layer is another step.
        provider: "custom",
        ...(replacesKubeProxy ? { kubeProxy: { disabled: true } } : {}),
        ...(type === "VIP" ? { controlPlaneLoadBalancing: virtualAddress(host) } : {}),
      },
    }),
  };
}

/**
 * One of the control plane's hosts holds the address by VRRP. The number of the virtual router must be another for
 * each cluster of a network, and its password is a mark that tells neighbors apart, not a secret.
 */
function virtualAddress(host: string): object {
  const last = Number(/\.(\d+)$/.exec(host)?.[1] ?? Number.parseInt(contentHash(host).slice(0, 2), 16));
  return {
    enabled: true,
    type: "Keepalived",
    keepalived: {
      vrrpInstances: [
        {
          virtualIPs: [`${host}/${host.includes(":") ? "128" : "32"}`],
          virtualRouterID: Math.max(1, last),
          authPass: shortHash(host),
        },
      ],
    },
  };
}

/** Arguments of a host that runs workloads. */
export function workerArguments(pool: MachinePool, kubernetes: KubernetesSettings): string[] {
  const { labels, taints, arguments: others } = agentKubelet(pool, {}, kubernetes);
  const kubelet = others.map(({ name, value }) => `--${name}=${value}`);
  return [
    ...(labels.length === 0 ? [] : [`--labels=${labels.join(",")}`]),
    ...(taints.length === 0 ? [] : [`--taints=${taints.join(",")}`]),
    ...(kubelet.length === 0 ? [] : [`--kubelet-extra-args=${kubelet.join(" ")}`]),
  ];
}

function map(arguments_: readonly Argument[]): Record<string, string> {
  return Object.fromEntries(arguments_.map(({ name, value }) => [name, value]));
}
