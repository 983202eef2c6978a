import { stringify } from "yaml";
import type { Distribution } from "../clouds/cloud.ts";
import type { NodeSettings } from "./node.ts";

const IMAGE = "ghcr.io/kube-vip/kube-vip:v1.0.4";

/** Where a distribution keeps static pods, and credentials that are on each of its control planes. */
const PLACES: Partial<
  Readonly<Record<Distribution, { readonly pods: string; readonly kubeconfig: string }>>
> = {
  kubeadm: { pods: "/etc/kubernetes/manifests", kubeconfig: "/etc/kubernetes/admin.conf" },
  k3s: { pods: "/var/lib/rancher/k3s/agent/pod-manifests", kubeconfig: "/etc/rancher/k3s/k3s.yaml" },
  rke2: { pods: "/var/lib/rancher/rke2/agent/pod-manifests", kubeconfig: "/etc/rancher/rke2/rke2.yaml" },
};

/** A virtual address for the API server that one of the control plane's machines holds. */
export interface VirtualAddress {
  /** Address, or the name of one that a DHCP server gives and dynamic DNS knows. */
  readonly host: string;
  /** Network interface; the one of the default route without it. */
  readonly interface?: string;
  readonly dynamicDns?: true;
}

/**
 * What control planes need where the cloud has no load balancer of its own: kube-vip as a static pod. Since
 * Kubernetes 1.29 admin.conf works only after `kubeadm init` is through, so the first machine uses super-admin.conf,
 * which only that machine has.
 */
export function kubeVip(
  distribution: Distribution,
  address: VirtualAddress,
): Pick<NodeSettings, "files" | "preKubeadmCommands"> {
  const places = PLACES[distribution];
  if (places === undefined) {
    throw new TypeError(`kube-vip does not know where ${distribution} keeps static pods`);
  }
  const path = `${places.pods}/kube-vip.yaml`;
  return {
    files: [
      {
        path,
        owner: "root:root",
        permissions: "0644",
        content: stringify(pod(address, places.kubeconfig), { lineWidth: 0 }),
      },
    ],
    preKubeadmCommands:
      distribution === "kubeadm"
        ? [
            `if [ -f /run/kubeadm/kubeadm.yaml ]; then sed -i 's#path: /etc/kubernetes/admin.conf#path: /etc/kubernetes/super-admin.conf#' ${path}; fi`,
          ]
        : [],
  };
}

function pod({ host, interface: device, dynamicDns }: VirtualAddress, kubeconfig: string): object {
  const settings: Readonly<Record<string, string>> = {
    vip_arp: "true",
    port: "6443",
    ...(device === undefined ? {} : { vip_interface: device }),
    vip_subnet: host.includes(":") ? "128" : "32",
    ...(dynamicDns === true ? { vip_ddns: "true" } : {}),
    cp_enable: "true",
    cp_namespace: "kube-system",
    vip_leaderelection: "true",
    vip_leasename: "plndr-cp-lock",
    vip_leaseduration: "15",
    vip_renewdeadline: "10",
    vip_retryperiod: "2",
    address: host,
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "kube-vip", namespace: "kube-system" },
    spec: {
      hostNetwork: true,
      // It talks to the API server of its own machine, whose certificate has this name.
      hostAliases: [{ ip: "127.0.0.1", hostnames: ["kubernetes"] }],
      containers: [
        {
          name: "kube-vip",
          image: IMAGE,
          imagePullPolicy: "IfNotPresent",
          args: ["manager"],
          env: [
            { name: "vip_nodename", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
            ...Object.entries(settings).map(([name, value]) => ({ name, value })),
          ],
          securityContext: { capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] } },
          volumeMounts: [{ name: "kubeconfig", mountPath: "/etc/kubernetes/admin.conf" }],
        },
      ],
      volumes: [{ name: "kubeconfig", hostPath: { path: kubeconfig, type: "File" } }],
    },
  };
}
