import { VIRTUAL_CLUSTER, VIRTUAL_DELETING, VIRTUAL_HOST, VIRTUAL_PAUSED } from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { isLong } from "./health.ts";
import { oneLine } from "./message.ts";
import type { ClusterStatus, Health, VirtualStatus } from "./model.ts";
import type { Moment } from "./moment.ts";

/** The part of a SveltosCluster's status that tells whether a virtual cluster answers. */
interface Connection {
  readonly ready?: boolean;
  readonly connectionStatus?: string;
  readonly failureMessage?: string;
}

/** What a SveltosCluster says of itself where it is a virtual cluster: how it is, and the sentence that says so. */
export function virtualOf({
  metadata,
  status,
}: KubeObject):
  | { readonly virtual: VirtualStatus; readonly health: Health; readonly headline: string }
  | undefined {
  const host = metadata.labels?.[VIRTUAL_HOST];
  if (host === undefined) {
    return undefined;
  }
  const { ready, connectionStatus, failureMessage } = (status ?? {}) as Connection;
  const why = failureMessage === undefined || failureMessage === "" ? "" : `: ${oneLine(failureMessage)}`;
  if (metadata.deletionTimestamp !== undefined) {
    return { virtual: { host, state: "deleting" }, health: "busy", headline: "Being deleted" };
  }
  if (metadata.labels?.[VIRTUAL_PAUSED] !== undefined) {
    return { virtual: { host, state: "paused" }, health: "good", headline: "Paused" };
  }
  if (connectionStatus === "Down") {
    return { virtual: { host, state: "running" }, health: "bad", headline: `No connection${why}` };
  }
  if (ready !== true) {
    return { virtual: { host, state: "waiting" }, health: "busy", headline: "Starting" };
  }
  return {
    virtual: { host, state: "running" },
    ...(why === ""
      ? { health: "good", headline: "Running" }
      : { health: "attention", headline: `The last connection failed${why}` }),
  };
}

/**
 * Virtual clusters that the management cluster is not connected to: those whose creation, or whose deletion, is under way
 * or was stopped. `records` are the ConfigMaps that it keeps of all, `connected` the clusters that it knows.
 */
export function unconnectedVirtual(
  records: readonly KubeObject[],
  connected: readonly ClusterStatus[],
  moment: Moment,
): ClusterStatus[] {
  const known = new Set(connected.map(({ namespace, name }) => `${namespace}/${name}`));
  return records.flatMap(({ metadata }): ClusterStatus[] => {
    const { labels = {}, namespace = "default", deletionTimestamp, creationTimestamp } = metadata;
    const [name, host] = [labels[VIRTUAL_CLUSTER], labels[VIRTUAL_HOST]];
    if (name === undefined || host === undefined || known.has(`${namespace}/${name}`)) {
      return [];
    }
    const deleting = deletionTimestamp !== undefined || labels[VIRTUAL_DELETING] !== undefined;
    const isLate = !deleting && isLong(creationTimestamp, moment);
    return [
      {
        name,
        namespace,
        phase: "Virtual",
        available: false,
        deleting,
        unfinished: false,
        health: isLate ? "attention" : "busy",
        headline: deleting
          ? "Being deleted"
          : isLate
            ? "Not connected yet. Create it again to go on, or delete it"
            : "Being created",
        creating: false,
        steps: [],
        layers: [],
        pools: [],
        virtual: { host, state: deleting ? "deleting" : "waiting" },
        ...(creationTimestamp === undefined ? {} : { created: creationTimestamp }),
      },
    ];
  });
}
