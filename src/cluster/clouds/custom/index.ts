import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { KubernetesSettings } from "../../kubernetes.ts";
import { POOL_LABEL } from "../../machines/objects.ts";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { Cloud, CloudInput, CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { error } from "../problems.ts";
import fields from "./fields.json" with { type: "json" };
import { fill, objectsIn } from "./template.ts";

interface CustomConfig {
  readonly values: string;
  readonly variables?: Readonly<Record<string, string>>;
}

interface CustomPool {
  readonly values?: string;
}

const CLUSTER_API = "cluster.x-k8s.io/v1beta2";

/** The user's own Cluster API template with variables (palette.md 4, Custom), for clouds that have no folder here. */
export const cloud: Cloud = {
  id: "custom",
  title: "Custom template",
  fields: cloudFields(fields),
  // Which kinds there are, the template says.
  provider: { name: "custom", title: "Your template's provider", version: "", kinds: [] },
  identities: [],
  distributions: ["kubeadm", "k3s", "rke2", "k0s", "managed"],
  notes: ["Objects are those of your own template. Nothing is known of its provider here."],
  check,
  render(input) {
    const objects = templateObjects(input.request, variablesOf(input.request, input.kubernetes)).objects;
    const clusters = objects.filter(isCluster);
    return [...clusters, ...objects.filter((object) => !isCluster(object))].map((object) =>
      withMetadata(object, input),
    );
  },
};

/** What a template must be before objects can be made of it. The versions that it asks for come from the profile. */
function check(request: ClusterRequest): CloudProblem[] {
  const { objects, missing, problem } = templateObjects(request, variablesOf(request));
  const at = ["cloudConfig", "values"];
  const problems: CloudProblem[] = [];
  const refuse = (message: string, path: CloudProblem["path"] = at): void => {
    problems.push(error(path, message));
  };
  if (problem !== undefined) {
    refuse(problem);
    return problems;
  }
  if (missing.length > 0) {
    refuse(`The template's variables ${missing.join(", ")} have no value.`, ["cloudConfig"]);
  }
  const clusters = objects.filter(isCluster);
  const [cluster] = clusters;
  if (cluster === undefined || clusters.length > 1) {
    refuse(`The template needs one Cluster of ${CLUSTER_API}, and has ${clusters.length}.`);
  } else if (cluster.metadata.name !== request.name) {
    refuse(`The Cluster of the template is called ${cluster.metadata.name}. Write \${CLUSTER_NAME} there.`);
  }
  const old = objects.find(
    ({ apiVersion }) =>
      /(?:^|\.)cluster\.x-k8s\.io\/v1(?:alpha|beta1)/.test(apiVersion) && isCore(apiVersion),
  );
  if (old !== undefined) {
    refuse(
      `${old.kind} ${old.metadata.name} is ${old.apiVersion}, which Cluster API 1.16 no longer has. Write ${CLUSTER_API}.`,
    );
  }
  const elsewhere = objects.find(
    ({ metadata }) => (metadata.namespace ?? request.namespace) !== request.namespace,
  );
  if (elsewhere !== undefined) {
    refuse(
      `${elsewhere.kind} ${elsewhere.metadata.name} is for namespace ${elsewhere.metadata.namespace}, and the cluster for ${request.namespace}. Write \${NAMESPACE} there.`,
    );
  }
  return problems;
}

interface TemplateObjects {
  readonly objects: readonly KubeObject[];
  readonly missing: readonly string[];
  readonly problem?: string;
}

function templateObjects(request: ClusterRequest, values: Readonly<Record<string, string>>): TemplateObjects {
  const cluster = fill(configOf<CustomConfig>(request.cloudConfig).values ?? "", values);
  const parts = [
    cluster,
    ...request.machinePools.map((pool) =>
      fill(configOf<CustomPool>(pool.cloudConfig).values ?? "", {
        ...values,
        POOL_NAME: pool.name,
        POOL_SIZE: String(pool.size),
      }),
    ),
  ];
  const missing = [...new Set(parts.flatMap((part) => part.missing))];
  const read = parts.map(({ text }) => objectsIn(text));
  const problem = read.find((part) => part.problem !== undefined)?.problem;
  return {
    objects: read.flatMap(({ objects }) => objects),
    missing,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** What templates may ask for without being told: clusterctl's names. Settings of the profile are known when rendering. */
function variablesOf(
  request: ClusterRequest,
  kubernetes?: KubernetesSettings,
): Readonly<Record<string, string>> {
  const count = (pools: readonly MachinePool[]): string =>
    String(pools.reduce((sum, { size }) => sum + size, 0));
  return {
    ...configOf<CustomConfig>(request.cloudConfig).variables,
    CLUSTER_NAME: request.name,
    NAMESPACE: request.namespace,
    CONTROL_PLANE_MACHINE_COUNT: count(request.machinePools.filter((pool) => pool.isControlPlane)),
    WORKER_MACHINE_COUNT: count(request.machinePools.filter((pool) => !pool.isControlPlane)),
    KUBERNETES_VERSION: `v${kubernetes?.version ?? "0.0.0"}`,
    POD_CIDR: kubernetes?.podCidrs[0] ?? "",
    SERVICE_CIDR: kubernetes?.serviceCidrs[0] ?? "",
    SERVICE_DOMAIN: kubernetes?.serviceDomain ?? "",
  };
}

function isCluster({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion === CLUSTER_API && kind === "Cluster";
}

function isCore(apiVersion: string): boolean {
  return /^(?:(?:bootstrap|controlplane|addons)\.)?cluster\.x-k8s\.io\//.test(apiVersion);
}

function withMetadata(object: KubeObject, { request, metadata }: CloudInput): KubeObject {
  const pool = request.machinePools.find(({ name }) => object.metadata.name.endsWith(`-${name}`))?.name;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      namespace: request.namespace,
      labels: {
        ...object.metadata.labels,
        ...metadata.labels,
        ...(pool === undefined ? {} : { [POOL_LABEL]: pool }),
      },
      annotations: { ...object.metadata.annotations, ...metadata.annotations },
    },
  };
}
