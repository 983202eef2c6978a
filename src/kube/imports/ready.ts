import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { SVELTOS_CLUSTER } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";

/** How long the management cluster may take to reach an imported cluster. */
const READY_MS = 60_000;

interface Status {
  readonly ready?: boolean;
  readonly connectionStatus?: string;
  readonly failureMessage?: string;
}

/**
 * Waits until the management cluster has connected to an imported cluster and gives its SveltosCluster. Throws
 * `Unreachable` with the engine's words after `limitMs`, or `Prerequisite` where nobody tried; `NotFound` where the object
 * goes away, and `Cancelled`.
 */
export async function waitConnected(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  server: string,
  { signal, limitMs = READY_MS }: CallOptions & { readonly limitMs?: number | undefined },
): Promise<KubeObject> {
  const { promise, resolve, reject } = Promise.withResolvers<KubeObject>();
  let last: Status | undefined;
  let lost: unknown;
  let seen = false;
  const watch = management.watch(
    SVELTOS_CLUSTER,
    { namespace, fieldSelector: `metadata.name=${name}` },
    {
      onObjects: ([cluster]) => {
        if (cluster === undefined) {
          if (seen) {
            reject(
              new PaletteError("NotFound", `SveltosCluster ${name} in ${namespace} was deleted meanwhile`),
            );
          }
          return;
        }
        seen = true;
        last = cluster.status as Status | undefined;
        if (last?.ready === true && last.connectionStatus !== "Down" && last.failureMessage === undefined) {
          resolve(cluster);
        }
      },
      onLost: (error) => {
        lost = error;
      },
      onLive: () => {
        lost = undefined;
      },
    },
  );
  const cancel = (): void => reject(new PaletteError("Cancelled", "Waiting was cancelled"));
  const timer = setTimeout(() => reject(late(management.name, name, server, limitMs, last, lost)), limitMs);
  signal?.addEventListener("abort", cancel);
  try {
    if (signal?.aborted === true) {
      cancel();
    }
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
    watch.dispose();
  }
}

function late(
  management: string,
  name: string,
  server: string,
  limitMs: number,
  status: Status | undefined,
  lost: unknown,
): PaletteError {
  const seconds = Math.round(limitMs / 1000);
  if (lost !== undefined) {
    return new PaletteError("Unreachable", `The connection to ${management} was lost`, { cause: lost });
  }
  // Whoever connects counts failures from the first on; without a word nobody tried.
  if (status?.failureMessage === undefined && status?.connectionStatus === undefined) {
    return new PaletteError(
      "Prerequisite",
      `Nothing on ${management} tried to connect to ${name} within ${seconds} s`,
      { next: "See that sveltoscluster-manager of Sveltos runs there." },
    );
  }
  return new PaletteError(
    "Unreachable",
    `${management} did not reach the API server of ${name} at ${server} within ${seconds} s`,
    {
      ...(status.failureMessage === undefined ? {} : { engine: status.failureMessage }),
      next: `Let ${management} through to ${server}, or give an address that it can reach.`,
    },
  );
}
