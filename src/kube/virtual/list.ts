import { VIRTUAL_CLUSTER } from "../../cluster/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import { CLUSTER_SUMMARY, CONFIG_MAP, SVELTOS_CLUSTER } from "../kinds.ts";
import { listOrNone } from "../listOrNone.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import type { VirtualCluster } from "./model.ts";
import { recordOf, type VirtualRecord } from "./record.ts";
import { releaseSummary, releaseTrouble } from "./release.ts";

/** All virtual clusters of a management cluster, or of one namespace of it, as they are now. */
export async function listVirtualClusters(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string | undefined } = {},
): Promise<VirtualCluster[]> {
  const [records, clusters, summaries] = await Promise.all([
    management.list(CONFIG_MAP, { ...options, labelSelector: VIRTUAL_CLUSTER }),
    listOrNone(management, SVELTOS_CLUSTER, { ...options, labelSelector: VIRTUAL_CLUSTER }),
    listOrNone(management, CLUSTER_SUMMARY, options),
  ]);
  return records
    .flatMap((object) => recordOf(object) ?? [])
    .map((record) => statusOf(record, clusters, summaries))
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** One virtual cluster as it is now. Throws `NotFound`. */
export async function readVirtualCluster(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions,
): Promise<VirtualCluster> {
  const found = (await listVirtualClusters(management, { ...options, namespace })).find(
    (each) => each.name === name,
  );
  if (found === undefined) {
    throw new PaletteError("NotFound", `Virtual cluster ${name} was deleted meanwhile`);
  }
  return found;
}

function statusOf(
  { request, host, pausedFrom, deleting, object }: VirtualRecord,
  clusters: readonly KubeObject[],
  summaries: readonly KubeObject[],
): VirtualCluster {
  const { name, namespace, resources, endpoint } = request;
  const inNamespace = ({ metadata }: KubeObject): boolean => metadata.namespace === namespace;
  const registered = clusters.find((each) => inNamespace(each) && each.metadata.name === name);
  const said = mapOf(registered?.status);
  const isConnected = said.ready === true && said.connectionStatus === "Healthy";
  const trouble =
    releaseTrouble(releaseSummary(summaries.filter(inNamespace), name)) ??
    (typeof said.failureMessage === "string" ? said.failureMessage : undefined);
  const awake = isConnected ? "running" : "waiting";
  const state = deleting ? "deleting" : pausedFrom !== undefined ? "paused" : awake;
  return {
    name,
    namespace,
    host,
    resources,
    endpoint,
    state,
    ...("group" in request.host ? { group: request.host.group } : {}),
    ...(typeof said.version === "string" ? { kubernetesVersion: said.version.replace(/^v/, "") } : {}),
    ...(trouble === undefined || state !== "waiting" ? {} : { message: trouble }),
    ...(object.metadata.creationTimestamp === undefined
      ? {}
      : { created: object.metadata.creationTimestamp }),
  };
}
