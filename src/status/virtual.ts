import { VIRTUAL_HOST, VIRTUAL_PAUSED } from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { oneLine } from "./message.ts";
import type { Health, VirtualStatus } from "./model.ts";

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
