import { IMPORT_MODE, SEEN_AT, TOKEN_UNTIL } from "../imports/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type Layers, sameLayers } from "./clusters.ts";
import { oneLine } from "./message.ts";
import type { ClusterStatus, Health, LayerStatus } from "./model.ts";
import { virtualOf } from "./virtual.ts";

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

/** The statuses of imported and virtual clusters over time; one whose objects did not change is the same object. */
export class ImportedStatuses {
  #known = new Map<string, Known>();

  /** The status of every SveltosCluster among `objects` that an import, or the creation of a virtual cluster, made. */
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

function importedStatus(object: KubeObject, now: Date, layers: readonly LayerStatus[] = []): ClusterStatus {
  const { metadata } = object;
  const said = (object.status ?? {}) as SveltosStatus;
  const { phase, health, headline, ...facts } = factsOf(object, said, now);
  const failed = layers.find(({ state }) => state === "failed");
  const isPaused = facts.virtual?.state === "paused";
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? "default",
    phase,
    available: said.connectionStatus === "Healthy" && said.ready === true && !isPaused,
    deleting: metadata.deletionTimestamp !== undefined,
    unfinished: false,
    ...(failed !== undefined && health === "good" && !isPaused
      ? {
          health: "attention",
          headline: `Layer ${failed.name} failed${failed.message === undefined ? "" : `: ${failed.message}`}`,
        }
      : { health, headline }),
    creating: false,
    steps: [],
    layers,
    pools: [],
    ...facts,
    ...(said.version === undefined ? {} : { version: said.version.replace(/^v/, "") }),
    ...(metadata.creationTimestamp === undefined ? {} : { created: metadata.creationTimestamp }),
  };
}

/** What is true of a virtual cluster, or of an imported one. */
function factsOf(
  object: KubeObject,
  said: SveltosStatus,
  now: Date,
): Pick<ClusterStatus, "phase" | "health" | "headline" | "imported" | "virtual"> {
  const virtual = virtualOf(object);
  if (virtual !== undefined) {
    return { phase: "Virtual", ...virtual };
  }
  const { metadata, spec } = object;
  const mode = metadata.labels?.[IMPORT_MODE] === "full" ? "full" : "read-only";
  const tokenUntil = tokenEnd(metadata.annotations?.[TOKEN_UNTIL], said, spec);
  const seenAt = metadata.annotations?.[SEEN_AT];
  const [health, headline] =
    metadata.deletionTimestamp !== undefined
      ? (["busy", "Being detached"] as const)
      : judge(said, mode, tokenUntil !== undefined && Date.parse(tokenUntil) < now.getTime());
  return {
    phase: "Imported",
    health,
    headline,
    imported: {
      mode,
      ...(tokenUntil === undefined ? {} : { tokenUntil }),
      ...(seenAt === undefined ? {} : { seenAt }),
    },
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
