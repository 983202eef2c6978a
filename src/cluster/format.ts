import { stringify } from "yaml";
import type { KubeObject } from "../shared/kubernetes.ts";
import { cloudOf } from "./clouds/index.ts";
import {
  type ClusterRequest,
  type MachinePool,
  type ProfileRef,
  REQUEST_API_VERSION,
  REQUEST_KIND,
} from "./model.ts";
import { hasControlPlanePool } from "./rules/c06-control-plane.ts";

/** Objects as a stream of YAML documents, for reading and for kubectl. */
export function formatObjects(objects: readonly KubeObject[]): string {
  return objects
    .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
    .join("");
}

/** A request as the text of a `*.cluster.yaml`; parsing it gives the same request. */
export function formatRequest(request: ClusterRequest): string {
  return stringify(
    {
      apiVersion: REQUEST_API_VERSION,
      kind: REQUEST_KIND,
      metadata: {
        name: request.name,
        namespace: request.namespace,
        ...filled({ labels: request.labels, annotations: request.annotations }),
      },
      spec: {
        cloudType: request.cloudType,
        ...(request.cloudAccount === undefined ? {} : { cloudAccount: request.cloudAccount }),
        ...filled({ cloudConfig: request.cloudConfig }),
        profiles: request.profiles,
        machinePools: request.machinePools.map((pool) => ({
          poolConfig: poolConfig(pool),
          ...filled({ cloudConfig: pool.cloudConfig }),
        })),
      },
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

function poolConfig(pool: MachinePool): object {
  const { name, isControlPlane, size, autoscaling, additionalLabels, taints, updateStrategy } = pool;
  return {
    name,
    ...(isControlPlane ? { isControlPlane } : {}),
    size,
    ...autoscaling,
    ...filled({ additionalLabels, taints, updateStrategy }),
    ...(pool.useControlPlaneAsWorker ? { useControlPlaneAsWorker: true } : {}),
    ...(pool.architecture === "amd64" ? {} : { machinePoolProperties: { archType: pool.architecture } }),
  };
}

/** Without maps and lists that hold nothing. */
function filled(fields: Readonly<Record<string, object | undefined>>): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && Object.keys(value).length > 0),
  );
}

/** A pool as forms and flows begin it. */
export function newPool(name: string, isControlPlane: boolean, size: number): MachinePool {
  return {
    name,
    isControlPlane,
    size,
    additionalLabels: {},
    taints: [],
    useControlPlaneAsWorker: false,
    architecture: "amd64",
    cloudConfig: {},
  };
}

/** What a new request begins with. */
export interface NewRequest {
  readonly name: string;
  readonly namespace: string;
  readonly cloudType: string;
  readonly profile: ProfileRef;
}

/**
 * The request that a form begins with: one control plane machine and two workers where the cloud's clusters have
 * machines of their own, two workers where its service runs the control plane.
 */
export function newRequest({ name, namespace, cloudType, profile }: NewRequest): ClusterRequest {
  const cloud = cloudOf(cloudType);
  const hasPools = cloud === undefined || cloud.distributions.length > 0;
  const workers = hasPools ? [newPool("workers", false, 2)] : [];
  return {
    name,
    namespace,
    labels: {},
    annotations: {},
    cloudType,
    cloudConfig: {},
    profiles: [profile],
    machinePools:
      cloud === undefined || hasControlPlanePool(cloud)
        ? [newPool("control-plane", true, 1), ...workers]
        : workers,
  };
}
