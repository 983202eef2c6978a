import { PROFILE } from "../cluster/index.ts";
import { isPaletteError, PaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { CLUSTER, SECRET } from "./kinds.ts";
import type { CallOptions, ClusterRef, KindRef, ListOptions, ManagementCluster } from "./management.ts";

/** Label that Cluster API puts on everything that belongs to a cluster. */
export const CLUSTER_NAME_LABEL = "cluster.x-k8s.io/cluster-name";

/** API groups whose objects make up a cluster; Secrets are never among them. */
const GROUPS = /(?:^|\.)cluster\.x-k8s\.io$/;

/** Gives the kubeconfig of a cluster. It is a credential. Throws `NotFound` where there is none yet. */
export async function kubeconfigOf(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions = {},
): Promise<string> {
  const secret = await management.get({ ...SECRET, namespace, name: `${name}-kubeconfig` }, options);
  const value = (secret?.data as Record<string, string> | undefined)?.value;
  if (value === undefined) {
    const there = await management.get({ ...CLUSTER, namespace, name }, options);
    throw there === undefined
      ? clusterNotFound(management, { namespace, name })
      : new PaletteError("NotFound", `Cluster ${name} has no kubeconfig yet`, {
          next: "It comes once the infrastructure is ready.",
        });
  }
  return Buffer.from(value, "base64").toString("utf8");
}

/**
 * Gives every Cluster API object of a cluster as the server has it, the Cluster first, without the bookkeeping
 * of field managers. Throws `NotFound`.
 */
export async function clusterObjects(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions = {},
): Promise<KubeObject[]> {
  const cluster = await management.get({ ...CLUSTER, namespace, name }, options);
  if (cluster === undefined) {
    throw clusterNotFound(management, { namespace, name });
  }
  const others = await objectsLabeled(management, { namespace, name }, options);
  return [cluster, ...others.filter(({ kind }) => kind !== CLUSTER.kind)].map(withoutBookkeeping);
}

/**
 * Every Cluster API object that is labeled with the name of a cluster, the Cluster or not; none of a kind that the user
 * may not see.
 */
export async function objectsLabeled(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions,
): Promise<KubeObject[]> {
  const labelSelector = `${CLUSTER_NAME_LABEL}=${name}`;
  return objectsOf(management, true, { ...options, namespace, labelSelector });
}

/**
 * Objects of a cluster that have no namespace, as zones of vSphere: the Cluster cannot own them. None of a kind that
 * the user may not see, since then nobody has written any for them.
 */
export async function objectsWithoutNamespace(
  management: ManagementCluster,
  { name }: ClusterRef,
  options: CallOptions,
): Promise<KubeObject[]> {
  // A cluster's name is there only once, and only what was made from a profile is ours to remove.
  const labelSelector = `${CLUSTER_NAME_LABEL}=${name},${PROFILE}`;
  return objectsOf(management, false, { ...options, labelSelector });
}

/** Objects of Cluster API's kinds, with a namespace or without, of which the user may see any. */
async function objectsOf(
  management: ManagementCluster,
  withNamespace: boolean,
  options: ListOptions,
): Promise<KubeObject[]> {
  const kinds = await clusterApiKinds(management, withNamespace, options);
  const lists = await Promise.all(
    kinds.map((kind) =>
      management.list(kind, options).catch((error: unknown) => {
        if (isPaletteError(error, "Forbidden")) {
          return [];
        }
        throw error;
      }),
    ),
  );
  return lists.flat();
}

export function clusterNotFound(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
): PaletteError {
  return new PaletteError("NotFound", `There is no cluster ${name} in ${namespace} on ${management.name}`);
}

/**
 * The kinds of Cluster API and its providers, with a namespace or without, each in the version that the server prefers,
 * or in the first one that has it: providers share a group and need not have all of its versions.
 */
async function clusterApiKinds(
  management: ManagementCluster,
  withNamespace: boolean,
  options: CallOptions,
): Promise<KindRef[]> {
  const { groups = [] } = (await management.raw("/apis", options)) as {
    groups?: {
      name: string;
      preferredVersion?: { groupVersion: string };
      versions?: { groupVersion: string }[];
    }[];
  };
  const found = await Promise.all(
    groups
      .filter(({ name }) => GROUPS.test(name))
      .map(async ({ preferredVersion, versions = [] }) => {
        const all = new Set([preferredVersion, ...versions].flatMap((each) => each?.groupVersion ?? []));
        const lists = await Promise.all(
          [...all].map((apiVersion) => kindsIn(management, apiVersion, withNamespace, options)),
        );
        // The first of a kind stands last here, and the last one counts.
        return new Map(
          lists
            .flat()
            .reverse()
            .map((each) => [each.kind, each]),
        ).values();
      }),
  );
  return found.flatMap((kinds) => [...kinds]);
}

async function kindsIn(
  management: ManagementCluster,
  apiVersion: string,
  withNamespace: boolean,
  options: CallOptions,
): Promise<KindRef[]> {
  const { resources = [] } = (await management.raw(`/apis/${apiVersion}`, options)) as {
    resources?: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
  };
  return resources
    .filter(
      ({ name, namespaced, verbs }) =>
        namespaced === withNamespace && verbs.includes("list") && !name.includes("/"),
    )
    .map(({ kind }) => ({ apiVersion, kind }));
}

function withoutBookkeeping(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata as KubeObject["metadata"] & {
    managedFields?: unknown;
  };
  return { ...object, metadata };
}
