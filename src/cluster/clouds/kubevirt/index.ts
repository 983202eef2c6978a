import type { KubeObject } from "../../../shared/kubernetes.ts";
import { machineCluster } from "../../machines/index.ts";
import { objectMetadata } from "../../machines/objects.ts";
import type { Cloud, CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { identities } from "./accounts.ts";
import fields from "./fields.json" with { type: "json" };
import { API_VERSION, imageOf, type KubevirtConfig, type KubevirtPool, machineTemplate } from "./machines.ts";

/** Virtual machines in a Kubernetes cluster, by KubeVirt (engines.md 3 and Appendix A, kubevirt.yaml). */
export const cloud: Cloud = {
  id: "kubevirt",
  title: "KubeVirt",
  fields: cloudFields(fields),
  provider: {
    name: "kubevirt",
    title: "Cluster API Provider KubeVirt",
    version: "0.11.2",
    kinds: ["KubevirtCluster", "KubevirtMachineTemplate"].map((kind) => ({ apiVersion: API_VERSION, kind })),
  },
  identities,
  distributions: ["kubeadm", "k3s", "rke2"],
  notes: [
    "Without a cloud account the virtual machines run on the management cluster itself, which needs KubeVirt.",
  ],
  image: (input) => {
    const pools = input.request.machinePools.map(({ cloudConfig }) => configOf<KubevirtPool>(cloudConfig));
    const own = pools.find(({ image }) => image !== undefined) ?? pools[0];
    return { text: own === undefined ? "" : imageOf(input, own), lookedUp: false };
  },
  render: (input) =>
    machineCluster(input, {
      cluster: clusterObject(input),
      machineTemplate: (pool) => machineTemplate(input, pool),
      // The provider looks for the node by the name of its machine, which is the virtual machine's host name.
      node: () => ({ name: "{{ local_hostname }}" }),
    }),
};

function clusterObject(input: CloudInput): KubeObject {
  const { request, account } = input;
  const { controlPlaneServiceType = "LoadBalancer" } = configOf<KubevirtConfig>(request.cloudConfig);
  return {
    apiVersion: API_VERSION,
    kind: "KubevirtCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      controlPlaneServiceTemplate: { spec: { type: controlPlaneServiceType } },
      ...(account === undefined
        ? {}
        : {
            infraClusterSecretRef: {
              apiVersion: "v1",
              kind: account.kind,
              name: account.name,
              namespace: request.namespace,
            },
          }),
    },
  };
}
