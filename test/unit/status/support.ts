import type { KubeObject } from "../../../src/shared/kubernetes.ts";

const CORE = "cluster.x-k8s.io/v1beta2";
const CREATED = "2026-11-24T10:00:00Z";

export interface TestCondition {
  readonly type: string;
  readonly status?: "True" | "False" | "Unknown";
  readonly reason?: string;
  readonly message?: string;
  readonly severity?: string;
  readonly lastTransitionTime?: string;
}

/** Conditions as servers give them: all but the type may be left out. */
function conditions(...all: readonly TestCondition[]): object[] {
  return all.map((each) => ({
    status: "True",
    reason: each.type,
    message: "",
    lastTransitionTime: CREATED,
    ...each,
  }));
}

export interface TestObject {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: object;
  readonly status?: object;
  readonly conditions?: readonly TestCondition[];
  readonly deleted?: string;
  readonly owner?: { readonly kind: string; readonly name: string };
}

/** An object of the cluster `prod` in the namespace `team`. */
export function object(apiVersion: string, kind: string, given: TestObject): KubeObject {
  const { name, labels = {}, spec = {}, status = {}, deleted, owner } = given;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: "team",
      uid: `${kind}-${name}`,
      creationTimestamp: CREATED,
      labels: { "cluster.x-k8s.io/cluster-name": "prod", ...labels },
      ...(deleted === undefined ? {} : { deletionTimestamp: deleted, finalizers: ["test/keep"] }),
      ...(owner === undefined ? {} : { ownerReferences: [{ ...owner, uid: `${owner.kind}-${owner.name}` }] }),
    },
    spec,
    status: { ...status, conditions: conditions(...(given.conditions ?? [])) },
  };
}

/** How far a cluster is. */
export type Progress = "new" | "infrastructure" | "initialized" | "available";
const ORDER: readonly Progress[] = ["new", "infrastructure", "initialized", "available"];
/** When a cluster got that far. */
const TIMES: Readonly<Record<Progress, string>> = {
  new: CREATED,
  infrastructure: "2026-11-24T10:04:10Z",
  initialized: "2026-11-24T10:07:35Z",
  available: "2026-11-24T10:12:00Z",
};

/** The Cluster `prod`, whose infrastructure is of a kind such as `AWSCluster`. */
export function cluster(
  infrastructure: string,
  progress: Progress,
  extra: Partial<TestObject> & { readonly controlPlane?: string } = {},
): KubeObject {
  const reached = (step: Progress) => ORDER.indexOf(progress) >= ORDER.indexOf(step);
  const condition = (type: string, step: Progress): TestCondition =>
    reached(step)
      ? { type, lastTransitionTime: TIMES[step] }
      : { type, status: "False", reason: "NotReady", message: `${type} not yet reported` };
  const { controlPlane = "KubeadmControlPlane", ...others } = extra;
  return object(CORE, "Cluster", {
    name: "prod",
    ...others,
    spec: {
      controlPlaneEndpoint: reached("infrastructure") ? { host: "api.prod.test", port: 6443 } : {},
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: infrastructure, name: "prod" },
      controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: controlPlane, name: "prod" },
      ...others.spec,
    },
    conditions: [
      condition("InfrastructureReady", "infrastructure"),
      condition("ControlPlaneInitialized", "initialized"),
      condition("ControlPlaneAvailable", "available"),
      condition("WorkersAvailable", "available"),
      condition("Available", "available"),
    ]
      .filter(({ type }) => !others.conditions?.some((each) => each.type === type))
      .concat(others.conditions ?? []),
  });
}

export function controlPlane(ready: number, desired = 3): KubeObject {
  return object("controlplane.cluster.x-k8s.io/v1beta2", "KubeadmControlPlane", {
    name: "prod",
    spec: { replicas: desired, version: "v1.36.4" },
    status: { readyReplicas: ready, upToDateReplicas: desired },
  });
}

export function deployment(ready: number, desired = 2): KubeObject {
  return object(CORE, "MachineDeployment", {
    name: "workers",
    labels: { "palette-onboarding/pool": "workers" },
    spec: { replicas: desired },
    status: { readyReplicas: ready, upToDateReplicas: desired },
  });
}

/** A Machine whose infrastructure is of a kind such as `AWSMachine`; its name says whether it is of the control plane. */
export function machine(
  infrastructure: string,
  name: string,
  all: readonly TestCondition[],
  status: object = {},
): KubeObject {
  return object(CORE, "Machine", {
    name,
    labels: name.startsWith("cp")
      ? { "cluster.x-k8s.io/control-plane": "" }
      : { "cluster.x-k8s.io/deployment-name": "workers" },
    spec: {
      clusterName: "prod",
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: infrastructure, name },
    },
    status,
    conditions: all,
  });
}

/** The conditions of a machine that is a ready node. */
export const READY: readonly TestCondition[] = [
  { type: "Ready" },
  { type: "BootstrapConfigReady" },
  { type: "InfrastructureReady" },
  { type: "NodeReady", lastTransitionTime: "2026-11-24T10:08:40Z" },
];
