import { IMPORT_MODE, SEEN_AT, TOKEN_UNTIL } from "../imports/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type Layers, sameLayers } from "./clusters.ts";
import { oneLine } from "./message.ts";
import type { ClusterStatus, Health, LayerStatus } from "./model.ts";

/** What Sveltos says of a cluster that it knows by a kubeconfig. */
interface SveltosStatus {
  readonly ready?: boolean;
  readonly version?: string;
  readonly connectionStatus?: string;
  readonly failureMessage?: string;
  readonly lastReconciledTokenRequestAt?: string;
}

interface Known {
  readonly object: KubeObject;
  readonly layers: readonly LayerStatus[] | undefined;
  readonly status: ClusterStatus;
}

/** The statuses of imported clusters over time; one whose objects did not change is the same object. */
export class ImportedStatuses {
  #known = new Map<string, Known>();

  /** The status of every SveltosCluster among `objects` that an import made. */
  update(objects: readonly KubeObject[], now: Date, layers?: Layers): readonly ClusterStatus[] {
    const known = new Map<string, Known>();
    for (const object of objects) {
      if (object.metadata.labels?.[IMPORT_MODE] === undefined) {
        continue;
      }
      const key = `${object.metadata.namespace ?? "default"}/${object.metadata.name}`;
      const own = layers?.get(key);
      const before = this.#known.get(key);
      known.set(
        key,
        before?.object === object && sameLayers(before.layers, own)
          ? before
          : { object, layers: own, status: importedStatus(object, now, own) },
      );
    }
    this.#known = known;
    return [...known.values()].map(({ status }) => status);
  }
}

function importedStatus(
  { metadata, status, spec }: KubeObject,
  now: Date,
  layers: readonly LayerStatus[] = [],
): ClusterStatus {
  const mode = metadata.labels?.[IMPORT_MODE] === "full" ? "full" : "read-only";
  const said = (status ?? {}) as SveltosStatus;
  const tokenUntil = tokenEnd(metadata.annotations?.[TOKEN_UNTIL], said, spec);
  const deleting = metadata.deletionTimestamp !== undefined;
  const isConnected = said.connectionStatus === "Healthy" && said.ready === true;
  const [health, headline] = deleting
    ? (["busy", "Being detached"] as const)
    : judge(said, mode, tokenUntil !== undefined && Date.parse(tokenUntil) < now.getTime());
  const seenAt = metadata.annotations?.[SEEN_AT];
  const failed = layers.find(({ state }) => state === "failed");
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? "default",
    phase: "Imported",
    available: isConnected,
    deleting,
    unfinished: false,
    health: failed !== undefined && health === "good" ? "attention" : health,
    headline:
      failed !== undefined && health === "good"
        ? `Layer ${failed.name} failed${failed.message === undefined ? "" : `: ${failed.message}`}`
        : headline,
    creating: false,
    steps: [],
    layers,
    pools: [],
    imported: {
      mode,
      ...(tokenUntil === undefined ? {} : { tokenUntil }),
      ...(seenAt === undefined ? {} : { seenAt }),
    },
    ...(said.version === undefined ? {} : { version: said.version.replace(/^v/, "") }),
    ...(metadata.creationTimestamp === undefined ? {} : { created: metadata.creationTimestamp }),
  };
}

function judge(
  { ready, connectionStatus, failureMessage }: SveltosStatus,
  mode: "read-only" | "full",
  expired: boolean,
): readonly [Health, string] {
  const why = failureMessage === undefined || failureMessage === "" ? "" : `: ${oneLine(failureMessage)}`;
  if (connectionStatus === "Down") {
    return expired ? ["bad", `The token expired, re-authenticate${why}`] : ["bad", `No connection${why}`];
  }
  if (why !== "") {
    return ["attention", `The last connection failed${why}`];
  }
  return ready === true
    ? ["good", mode === "full" ? "Imported, full permission" : "Imported, read-only"]
    : ["busy", "Connecting"];
}

/** End of the token in use: that of the first one, or of the last renewal. Servers may have given it a shorter life. */
function tokenEnd(
  first: string | undefined,
  { lastReconciledTokenRequestAt }: SveltosStatus,
  spec: unknown,
): string | undefined {
  const duration = (spec as { tokenRequestRenewalOption?: { tokenDuration?: string } } | undefined)
    ?.tokenRequestRenewalOption?.tokenDuration;
  const renewed = Date.parse(lastReconciledTokenRequestAt ?? "");
  const seconds = secondsOf(duration);
  if (Number.isNaN(renewed) || seconds === 0) {
    return first;
  }
  const end = new Date(renewed + seconds * 1000).toISOString();
  return first === undefined || end > new Date(first).toISOString() ? end : first;
}

/** Seconds of a duration as Kubernetes writes it, for example `24h0m0s`. */
function secondsOf(duration = ""): number {
  const [, h = 0, m = 0, s = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
}
