import type { KubeObject } from "../../shared/kubernetes.ts";
import type { MachinePool } from "../model.ts";
import { contractRef, machineTemplateName, POOL_LABEL, poolName } from "./builders.ts";
import type { CloudInput } from "./cloud.ts";

const CLUSTER_API = "cluster.x-k8s.io/v1beta2";
const BOOTSTRAP_API = "bootstrap.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE_API = "controlplane.cluster.x-k8s.io/v1beta2";

/** What a cloud adds to a cluster that kubeadm sets up. */
export interface Infrastructure {
  readonly cluster: KubeObject;
  machineTemplate(pool: MachinePool): KubeObject;
}

/**
 * A kubeadm cluster as plain objects: Cluster, infrastructure cluster, control plane with its machine template,
 * and per worker pool a machine template, a bootstrap template and a MachineDeployment (engines.md 1.1).
 */
export function kubeadmCluster(input: CloudInput, infrastructure: Infrastructure): KubeObject[] {
  const { request, metadata, kubernetes } = input;
  const controlPlanePool = request.machinePools.find((pool) => pool.isControlPlane);
  if (controlPlanePool === undefined) {
    throw new TypeError("A cluster needs a control plane pool");
  }
  const template = infrastructure.machineTemplate(controlPlanePool);
  const controlPlane = kubeadmControlPlane(input, controlPlanePool, template);
  const cluster: KubeObject = {
    apiVersion: CLUSTER_API,
    kind: "Cluster",
    metadata: { name: request.name, namespace: request.namespace, ...metadata },
    spec: {
      clusterNetwork: {
        pods: { cidrBlocks: [...kubernetes.podCidrs] },
        services: { cidrBlocks: [...kubernetes.serviceCidrs] },
        serviceDomain: kubernetes.serviceDomain,
      },
      controlPlaneRef: contractRef(controlPlane),
      infrastructureRef: contractRef(infrastructure.cluster),
    },
  };
  const workers = request.machinePools.filter((pool) => !pool.isControlPlane);
  return [
    cluster,
    infrastructure.cluster,
    template,
    controlPlane,
    ...workers.flatMap((pool) => workerPool(input, pool, infrastructure.machineTemplate(pool))),
  ];
}

function kubeadmControlPlane(input: CloudInput, pool: MachinePool, template: KubeObject): KubeObject {
  const { request, kubernetes } = input;
  return {
    apiVersion: CONTROL_PLANE_API,
    kind: "KubeadmControlPlane",
    metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
    spec: {
      replicas: pool.size,
      version: `v${kubernetes.version}`,
      machineTemplate: {
        metadata: { labels: { [POOL_LABEL]: pool.name } },
        spec: { infrastructureRef: contractRef(template) },
      },
      kubeadmConfigSpec: {
        clusterConfiguration: { apiServer: { certSANs: ["localhost", "127.0.0.1"] } },
        initConfiguration: nodeRegistration(pool),
        joinConfiguration: nodeRegistration(pool),
      },
    },
  };
}

function workerPool(input: CloudInput, pool: MachinePool, template: KubeObject): KubeObject[] {
  const { request, kubernetes } = input;
  const spec = { template: { spec: { joinConfiguration: nodeRegistration(pool) } } };
  const bootstrap: KubeObject = {
    apiVersion: BOOTSTRAP_API,
    kind: "KubeadmConfigTemplate",
    metadata: poolMetadata(input, pool, machineTemplateName(request.name, pool.name, spec)),
    spec,
  };
  return [
    template,
    bootstrap,
    {
      apiVersion: CLUSTER_API,
      kind: "MachineDeployment",
      metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
      spec: {
        clusterName: request.name,
        replicas: pool.size,
        selector: { matchLabels: {} },
        template: {
          metadata: { labels: { [POOL_LABEL]: pool.name } },
          spec: {
            clusterName: request.name,
            version: `v${kubernetes.version}`,
            bootstrap: { configRef: contractRef(bootstrap) },
            infrastructureRef: contractRef(template),
          },
        },
      },
    },
  ];
}

function poolMetadata(
  { request, metadata }: CloudInput,
  pool: MachinePool,
  name: string,
): KubeObject["metadata"] {
  return {
    name,
    namespace: request.namespace,
    labels: { ...metadata.labels, [POOL_LABEL]: pool.name },
    annotations: metadata.annotations,
  };
}

/** Node labels go through the kubelet. Disks of trial machines are those of the host, so their filling evicts nothing. */
function nodeRegistration(pool: MachinePool): object {
  const labels = Object.entries(pool.additionalLabels)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return {
    nodeRegistration: {
      kubeletExtraArgs: [
        { name: "eviction-hard", value: "nodefs.available<0%,nodefs.inodesFree<0%,imagefs.available<0%" },
        ...(labels.length === 0 ? [] : [{ name: "node-labels", value: labels.join(",") }]),
      ],
    },
  };
}
