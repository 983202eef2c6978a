import { withBounds } from "../../machines/autoscaling.ts";
import { clusterNetwork } from "../../machines/cluster.ts";
import { CLUSTER_API, objectMetadata, POOL_LABEL } from "../../machines/objects.ts";
import type { CloudConfig, ConfigValue, MachinePool } from "../../model.ts";
import type { Cloud, CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { error } from "../problems.ts";
import fields from "./fields.json" with { type: "json" };

interface ClassConfig {
  readonly class: string;
  readonly classNamespace?: string;
  readonly variables?: CloudConfig;
}

interface ClassPool {
  readonly class?: string;
  readonly failureDomain?: string;
  readonly variables?: CloudConfig;
}

/** A class of clusters that the management cluster has (engines.md 1.1, Topology): one object, the rest is its own. */
export const cloud: Cloud = {
  id: "cluster-class",
  title: "ClusterClass",
  fields: cloudFields(fields),
  provider: {
    name: "cluster-class",
    title: "Cluster API with ClusterTopology",
    version: "1.14.2",
    kinds: [],
  },
  identities: [],
  distributions: ["kubeadm", "k3s", "rke2", "k0s"],
  notes: [
    "The class decides what the cluster is made of; the profile gives the Kubernetes version and its networks.",
  ],
  check: ({ machinePools }) =>
    machinePools.flatMap((pool, i) =>
      pool.isControlPlane || configOf<ClassPool>(pool.cloudConfig).class !== undefined
        ? []
        : [error(["machinePools", i, "cloudConfig"], `Pool ${pool.name} needs a class of the ClusterClass.`)],
    ),
  render: (input) => [clusterOf(input)],
};

function clusterOf(input: CloudInput) {
  const { request, kubernetes } = input;
  const config = configOf<ClassConfig>(request.cloudConfig);
  const controlPlane = request.machinePools.find((pool) => pool.isControlPlane);
  const workers = request.machinePools.filter((pool) => !pool.isControlPlane);
  const overrides = controlPlane && overridesOf(controlPlane);
  return {
    apiVersion: CLUSTER_API,
    kind: "Cluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      clusterNetwork: clusterNetwork(kubernetes),
      topology: {
        classRef: {
          name: config.class,
          ...(config.classNamespace === undefined ? {} : { namespace: config.classNamespace }),
        },
        version: `v${kubernetes.version}`,
        controlPlane: {
          metadata: { labels: { [POOL_LABEL]: controlPlane?.name ?? "" } },
          replicas: controlPlane?.size ?? 1,
          ...overrides,
        },
        ...(workers.length === 0 ? {} : { workers: { machineDeployments: workers.map(workerOf) } }),
        ...variablesOf(config.variables),
      },
    },
  };
}

function workerOf(pool: MachinePool): object {
  const config = configOf<ClassPool>(pool.cloudConfig);
  const { annotations } = withBounds({ name: pool.name }, pool.autoscaling);
  return {
    class: config.class,
    name: pool.name,
    metadata: {
      labels: { [POOL_LABEL]: pool.name },
      ...(annotations === undefined ? {} : { annotations }),
    },
    ...(pool.autoscaling === undefined ? { replicas: pool.size } : {}),
    ...(config.failureDomain === undefined ? {} : { failureDomain: config.failureDomain }),
    ...overridesOf(pool),
  };
}

function overridesOf(pool: MachinePool): object {
  const { variables } = variablesOf(configOf<ClassPool>(pool.cloudConfig).variables);
  return variables === undefined ? {} : { variables: { overrides: variables } };
}

function variablesOf(values: CloudConfig = {}): { variables?: { name: string; value: ConfigValue }[] } {
  const variables = Object.entries(values).map(([name, value]) => ({ name, value }));
  return variables.length === 0 ? {} : { variables };
}
