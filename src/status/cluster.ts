import {
  CLAIMED,
  CLOUD_TYPE,
  isBeingWritten,
  isUnfinished,
  PROFILE,
  PROFILE_VERSION,
  WRITING_MS,
} from "../cluster/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type Cause, causeKey, causesOf, type Source } from "./cause.ts";
import { findKnown } from "./causes/index.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { isLong } from "./health.ts";
import { oneLine } from "./message.ts";
import type { CauseStatus, ClusterStatus, LayerStatus, PoolStatus, TodoItem } from "./model.ts";
import type { Moment } from "./moment.ts";
import { type ClusterParts, isControlPlaneMachine } from "./parts.ts";
import { poolsOf } from "./pools.ts";
import { providerOf } from "./provider.ts";
import { stageOf } from "./stage.ts";
import { stepsOf } from "./steps.ts";

/** How much later than the control plane a cluster may become available for the first time, and be said not to be yet. */
const SETTLING_MS = 120_000;
/** What becomes available later than this after its control plane came up was so before. */
const LAST_FIRST_MS = 2 * 60 * 60_000;
/** How long after a cluster was available the rest of its steps still counts as its creation. */
const FINISHING_MS = 30 * 60_000;

/** Since when a cluster has the same cause; outlives new ids and numbers in its message (design.md, Cause and age). */
export interface CauseAge {
  readonly key: string;
  readonly since: string;
}

interface Spec {
  readonly topology?: { readonly version?: string };
}

/** The status of one cluster, and the age to hand in the next time. */
export function statusOf(
  parts: ClusterParts,
  layers: readonly LayerStatus[] | undefined,
  now: Moment,
  before: CauseAge | undefined,
): { readonly status: ClusterStatus; readonly age: CauseAge | undefined } {
  const { cluster } = parts;
  const { metadata } = cluster;
  const pools = poolsOf(parts, now);
  const judgment = judge(parts, pools, layers, now);
  const { problem } = judgment;
  const steps = stepsOf({
    ...parts,
    pools,
    layers,
    problem: problem === undefined ? undefined : { known: problem.known, cause: problem.cause },
  });
  const told = judgment.told ?? stageJudgment(parts, pools, steps, layers, judgment.lacking, now);
  const creating = isCreating(cluster, steps.at(-1)?.state === "done", now);
  const age = ageOf(told, creating ? metadata.creationTimestamp : now.now.toISOString(), before);
  const health = told.slow && isLong(age?.since ?? told.since, now) ? "attention" : told.health;
  const profile = profileOf(cluster);
  const cloudType = metadata.labels?.[CLOUD_TYPE];
  const version = versionOf(parts);
  const since = age?.since ?? told.since;
  const status: ClusterStatus = {
    name: metadata.name,
    namespace: metadata.namespace ?? "",
    phase: (cluster.status as { phase?: string } | undefined)?.phase ?? "Pending",
    available: isTrue(cluster, "Available"),
    deleting: metadata.deletionTimestamp !== undefined,
    unfinished: isUnfinished(cluster),
    health,
    headline: told.headline,
    ...(since === undefined ? {} : { since }),
    ...(cloudType === undefined ? {} : { cloudType }),
    ...(profile === undefined ? {} : { profile }),
    ...(version === undefined ? {} : { version }),
    ...(metadata.creationTimestamp === undefined ? {} : { created: metadata.creationTimestamp }),
    creating,
    ...(problem === undefined ? {} : { cause: causeStatus(problem, cluster) }),
    steps,
    layers: layers ?? [],
    pools,
  };
  return { status, age };
}

/** What there is to say of a cluster. */
interface Told extends Pick<ClusterStatus, "health" | "headline"> {
  /** What its age is keyed on; absent where `since` is the age. */
  readonly key?: string;
  readonly since?: string | undefined;
  /** It deserves a look when it takes long. */
  readonly slow?: true;
}

interface Problem {
  readonly known: string | undefined;
  readonly cause: Source | undefined;
  readonly todo: readonly TodoItem[];
}

interface Judgment {
  /** Absent where nothing is wrong and the cluster is not there yet. */
  readonly told?: Told;
  readonly problem?: Problem;
  readonly lacking: readonly Cause[];
}

function judge(
  parts: ClusterParts,
  pools: readonly PoolStatus[],
  layers: readonly LayerStatus[] | undefined,
  now: Moment,
): Judgment {
  const { cluster } = parts;
  const unfinished = isUnfinished(cluster) && cluster.metadata.deletionTimestamp === undefined;
  if (unfinished) {
    return { told: unfinishedState(cluster, now), lacking: [] };
  }
  const available = conditionOf(cluster, "Available");
  const settled =
    available?.status === "True" &&
    pools.every(({ health }) => health === "good") &&
    (layers ?? []).every(({ state }) => state === "ready");
  const all = settled ? [] : causesOf(relevant(parts));
  // Before the control plane is there, nobody can have reached it.
  const lacking = isTrue(cluster, "ControlPlaneInitialized")
    ? all
    : all.filter(({ condition }) => condition.type !== "RemoteConnectionProbe");
  const errors = lacking.filter(({ isError }) => isError);
  const found = findKnown({ ...parts, lacking, errors, layers, now });
  if (found !== undefined) {
    const { headline, health, cause, todo, id } = found;
    const since = found.since ?? cause?.condition.since;
    return {
      told: {
        headline,
        health,
        since,
        ...(cause !== undefined && found.since === undefined ? { key: causeKey(cause) } : {}),
      },
      problem: { known: id, cause, todo },
      lacking,
    };
  }
  if (cluster.metadata.deletionTimestamp !== undefined) {
    return { told: deletingState(cluster), lacking };
  }
  if (settled) {
    return { told: { health: "good", headline: "Available", since: available.since }, lacking };
  }
  const failed = layers?.find(({ state }) => state === "failed");
  const [error] = errors;
  if (error !== undefined) {
    return {
      told: { health: "bad", headline: error.message, key: causeKey(error), since: error.condition.since },
      problem: { known: undefined, cause: error, todo: [] },
      lacking,
    };
  }
  if (failed !== undefined) {
    return {
      told: {
        health: "bad",
        headline: `Layer ${failed.name} is not installed${failed.message === undefined ? "" : `: ${failed.message}`}`,
        key: `layer ${failed.name}`,
      },
      problem: { known: undefined, cause: undefined, todo: [] },
      lacking,
    };
  }
  return { lacking };
}

function stageJudgment(
  parts: ClusterParts,
  pools: readonly PoolStatus[],
  steps: ClusterStatus["steps"],
  layers: readonly LayerStatus[] | undefined,
  lacking: readonly Cause[],
  now: Moment,
): Told {
  const stage = stageOf(parts, pools, steps, layers, now);
  const settled = isTrue(parts.cluster, "Available") && !stage.changing;
  return {
    headline: stage.headline,
    health: settled ? "attention" : "busy",
    key: stage.key,
    since: stage.since ?? lacking[0]?.condition.since,
    slow: true,
  };
}

function unfinishedState(cluster: KubeObject, now: Moment): Told {
  const { annotations, creationTimestamp: since } = cluster.metadata;
  // Notes the moment at which its writer must have given up.
  now.passed(annotations?.[CLAIMED], WRITING_MS);
  return isBeingWritten(cluster, now.now)
    ? { health: "busy", headline: "Its objects are being written", since }
    : {
        health: "attention",
        headline: "Creation stopped half-way. Create it again to complete it, or delete it",
        since,
      };
}

function deletingState(cluster: KubeObject): Told {
  const blocking = oneLine(conditionOf(cluster, "Deleting")?.message ?? "");
  return {
    health: "busy",
    headline: blocking === "" ? "Deleting" : `Deleting: ${blocking}`,
    since: cluster.metadata.deletionTimestamp,
  };
}

/** What a cause is looked for in. */
function relevant({
  cluster,
  controlPlane,
  deployments,
  machinePools,
  machines,
  others,
}: ClusterParts): KubeObject[] {
  return [
    cluster,
    ...(controlPlane === undefined ? [] : [controlPlane]),
    ...deployments,
    ...machinePools,
    ...machines.filter(({ metadata }) => metadata.deletionTimestamp === undefined),
    ...others.filter(({ metadata }) => metadata.deletionTimestamp === undefined),
  ];
}

/** @param first since when it is so where nothing tells: since it was seen, but for what a cluster begins with */
function ageOf(told: Told, first: string | undefined, before: CauseAge | undefined): CauseAge | undefined {
  const { key } = told;
  if (key === undefined) {
    return undefined;
  }
  const since = before?.key === key ? before.since : (told.since ?? first);
  return since === undefined ? undefined : { key, since };
}

/**
 * Whether a cluster was never available yet, or became so a moment ago. Nothing says so outright: one that was has an
 * `Available` that turned later than its control plane came up, with each lost connection.
 */
function isCreating(cluster: KubeObject, done: boolean, now: Moment): boolean {
  if (cluster.metadata.deletionTimestamp !== undefined || done) {
    return false;
  }
  const available = conditionOf(cluster, "Available");
  const initialized = conditionOf(cluster, "ControlPlaneInitialized");
  const turned = Date.parse(available?.since ?? "");
  if (available?.status === "True") {
    const again = turned > Date.parse(initialized?.since ?? "") + LAST_FIRST_MS;
    return !again && !now.passed(available.since, FINISHING_MS);
  }
  return !(initialized?.status === "True" && turned > Date.parse(initialized.since ?? "") + SETTLING_MS);
}

function causeStatus({ known, cause, todo }: Problem, cluster: KubeObject): CauseStatus {
  const source =
    cause === undefined
      ? {}
      : {
          source: {
            provider: providerTitle(cause.object, cluster),
            apiVersion: cause.object.apiVersion,
            kind: cause.object.kind,
            name: cause.object.metadata.name,
            type: cause.condition.type,
            status: cause.condition.status,
            reason: cause.condition.reason,
            message: cause.condition.message,
          },
        };
  return { ...(known === undefined ? {} : { known }), todo, ...source };
}

function providerTitle(object: KubeObject, cluster: KubeObject): string {
  const own = providerOf(object);
  const title = own === "The provider" ? providerOf(cluster) : own;
  return /^The /.test(title) ? title.replace(/^The /, "the ") : `the ${title} provider`;
}

/** The Kubernetes version, from whoever has it: the control plane, the topology, a machine of the control plane. */
function versionOf({ cluster, controlPlane, machines }: ClusterParts): string | undefined {
  const specs = [controlPlane, machines.find(isControlPlaneMachine)].map(
    (object) => (object?.spec as { version?: string } | undefined)?.version,
  );
  const version = specs[0] ?? ((cluster.spec ?? {}) as Spec).topology?.version ?? specs[1];
  return version?.replace(/^v/, "");
}

function profileOf({ metadata }: KubeObject): ClusterStatus["profile"] {
  const name = metadata.annotations?.[PROFILE] ?? metadata.labels?.[PROFILE];
  const version = metadata.annotations?.[PROFILE_VERSION] ?? metadata.labels?.[PROFILE_VERSION];
  return name === undefined || version === undefined ? undefined : { name, version };
}
