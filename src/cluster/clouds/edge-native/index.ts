import type { KubeObject } from "../../../shared/kubernetes.ts";
import { clusterObject } from "../../machines/cluster.ts";
import type { Machines, NodeFile } from "../../machines/node.ts";
import {
  objectMetadata,
  POOL_LABEL,
  poolMetadata,
  poolName,
  poolTemplate,
  present,
} from "../../machines/objects.ts";
import { workerPool } from "../../machines/workers.ts";
import type { MachinePool } from "../../model.ts";
import { joinName } from "../../names.ts";
import type { Cloud, CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { identities } from "./accounts.ts";
import { check } from "./check.ts";
import { type EdgeHost, type EdgePool, endpointOf, hostsOf } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { k0sConfig, k0sVersion, workerArguments } from "./k0s.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Any machine that SSH reaches, by k0smotron (engines.md 3 and Appendix A, k0s-remote.yaml). */
export const cloud: Cloud = {
  id: "edge-native",
  title: "Edge, or any machine with SSH",
  fields: cloudFields(fields),
  provider: {
    name: "k0sproject-k0smotron",
    title: "k0smotron",
    version: "2.1.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "RemoteCluster" },
      { apiVersion: API_VERSION, kind: "RemoteMachineTemplate" },
      { apiVersion: API_VERSION, kind: "PooledRemoteMachine" },
      { apiVersion: "controlplane.cluster.x-k8s.io/v1beta2", kind: "K0sControlPlane" },
      { apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2", kind: "K0sWorkerConfigTemplate" },
    ],
  },
  identities,
  distributions: ["k0s"],
  notes: ["k0s is installed on machines that are there already; their operating system stays."],
  check,
  render: (input) => {
    const { request } = input;
    const controlPlanePool = request.machinePools.find(({ isControlPlane }) => isControlPlane);
    if (controlPlanePool === undefined) {
      throw new TypeError("A cluster needs a control plane pool");
    }
    const endpoint = { host: endpointOf(request).host, port: 6443 };
    const machines: Machines = {
      cluster: {
        apiVersion: API_VERSION,
        kind: "RemoteCluster",
        metadata: objectMetadata(input, request.name),
        spec: { controlPlaneEndpoint: endpoint },
      },
      controlPlaneEndpoint: endpoint,
      machineTemplate: (pool) => machineTemplate(input, pool),
    };
    const template = machineTemplate(input, controlPlanePool);
    const control = controlPlane(input, controlPlanePool, template);
    return [
      clusterObject(input, control, machines.cluster, endpoint),
      machines.cluster,
      ...request.machinePools.flatMap((pool) =>
        hostsOf(pool).map((host) => pooledMachine(input, pool, host)),
      ),
      template,
      control,
      ...request.machinePools
        .filter((pool) => !pool.isControlPlane)
        .flatMap((pool) => workers(input, pool, machines)),
    ];
  },
};

/** Machines of a pool take free hosts with its mark. */
function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const spec = { template: { spec: { pool: poolName(input.request.name, pool.name) } } };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "RemoteMachineTemplate" }, spec);
}

function pooledMachine(input: CloudInput, pool: MachinePool, host: EdgeHost): KubeObject {
  const { name } = input.request;
  const { hostName, address, port = 22, user = "root", useSudo, sshKey = input.account?.name } = host;
  return {
    apiVersion: API_VERSION,
    kind: "PooledRemoteMachine",
    metadata: poolMetadata(input, pool, joinName([name, hostName], 80)),
    spec: {
      pool: poolName(name, pool.name),
      machine: { address, port, user, ...present({ useSudo }), sshKeyRef: { name: sshKey } },
    },
  };
}

/** Control planes are updated where they are, since there is no spare host. The reference still has an apiVersion. */
function controlPlane(input: CloudInput, pool: MachinePool, template: KubeObject): KubeObject {
  const { request, kubernetes } = input;
  return {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "K0sControlPlane",
    metadata: poolMetadata(input, pool, poolName(request.name, pool.name)),
    spec: {
      replicas: pool.size,
      version: k0sVersion(kubernetes.version),
      updateStrategy: "InPlace",
      k0sConfigSpec: {
        k0s: k0sConfig(kubernetes, endpointOf(request)),
        ...present({
          args: pool.useControlPlaneAsWorker
            ? ["--enable-worker", "--no-taints", ...workerArguments(pool, kubernetes)]
            : [],
          ...software(input, pool),
        }),
      },
      machineTemplate: {
        metadata: { labels: { [POOL_LABEL]: pool.name } },
        infrastructureRef: {
          apiVersion: template.apiVersion,
          kind: template.kind,
          name: template.metadata.name,
        },
      },
    },
  };
}

/** Workers are replaced one by one: the old one leaves its host first. */
function workers(input: CloudInput, pool: MachinePool, machines: Machines): KubeObject[] {
  const version = k0sVersion(input.kubernetes.version);
  const spec = {
    template: {
      spec: present({
        version,
        args: workerArguments(pool, input.kubernetes),
        ...software(input, pool),
      }),
    },
  };
  const bootstrap = poolTemplate(
    input,
    pool,
    { apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2", kind: "K0sWorkerConfigTemplate" },
    spec,
  );
  return workerPool(
    input,
    { ...pool, updateStrategy: { type: "RollingUpdateScaleIn" } },
    machines,
    bootstrap,
    version,
  );
}

/** What the Kubernetes layer puts on hosts, in k0smotron's words. */
function software(
  { kubernetes: { kubeadm } }: CloudInput,
  { cloudConfig }: MachinePool,
): Record<string, unknown> {
  return {
    downloadURL: configOf<EdgePool>(cloudConfig).k0sDownloadURL,
    files: filesOf(kubeadm.files),
    preK0sCommands: kubeadm.preKubeadmCommands,
    postK0sCommands: kubeadm.postKubeadmCommands,
  };
}

/**
 * k0smotron's webhook refuses a worker that has a path twice or a file without content: the last one of a path
 * counts, as it does on a kubeadm machine, and an empty file gets a line end.
 */
function filesOf(files: readonly NodeFile[]): object[] {
  const last = new Map(files.map((file) => [file.path, file]));
  return [...last.values()].map(({ path, content, permissions }) =>
    present({ path, content: content || "\n", permissions }),
  );
}
