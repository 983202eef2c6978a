import type { KubeObject } from "../shared/kubernetes.ts";
import { deepestCause } from "./cause.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { changeOf, isLong } from "./health.ts";
import type { PoolStatus } from "./model.ts";
import type { ClusterParts } from "./pools.ts";

/** What a cluster is at, while nothing is wrong. */
export interface Stage {
  /** Stays the same while the stage lasts. */
  readonly key: string;
  readonly headline: string;
  readonly since: string | undefined;
  /** Somebody wants it to change: it is not simply less than it should be. */
  readonly changing: boolean;
}

/**
 * The first step of a cluster that is not done: infrastructure, control plane initialized, control plane,
 * workers (design.md, Steps), with what it waits for.
 */
export function stageOf(parts: ClusterParts, pools: readonly PoolStatus[], now: Date): Stage {
  const { cluster, controlPlane, deployments } = parts;
  if (!isTrue(cluster, "InfrastructureReady")) {
    const since = conditionOf(cluster, "InfrastructureReady")?.since;
    return {
      key: "infrastructure",
      headline: withDetail("Infrastructure is being set up", conditionText(cluster, "InfrastructureReady")),
      since,
      changing: true,
    };
  }
  const controlPlanePools = pools.filter((pool) => pool.isControlPlane);
  if (!isTrue(cluster, "ControlPlaneInitialized")) {
    const machines = parts.machines.filter(isControlPlaneMachine);
    return {
      key: "initialize",
      headline: withDetail("The first control plane machine is starting", waitingFor(machines)),
      since: conditionOf(cluster, "ControlPlaneInitialized")?.since,
      changing: true,
    };
  }
  const unready = controlPlanePools.find(({ health }) => health !== "good");
  if (unready !== undefined) {
    const machines = parts.machines.filter(isControlPlaneMachine);
    return {
      key: "control-plane",
      headline: withDetail(counted("Control plane", [unready]), waitingFor(machines)),
      since: undefined,
      changing:
        (controlPlane !== undefined && changeOf(controlPlane) !== undefined) || isGrowing(machines, now),
    };
  }
  const workers = pools.filter((pool) => !pool.isControlPlane && pool.health !== "good");
  if (workers.length > 0) {
    const machines = parts.machines.filter((machine) => !isControlPlaneMachine(machine));
    const title = workers.length === 1 ? `Worker pool ${workers[0]?.name ?? ""}` : "Workers";
    return {
      key: "workers",
      headline: withDetail(counted(title, workers), waitingFor(machines)),
      since: undefined,
      changing:
        !isTrue(cluster, "Available") ||
        deployments.some((each) => changeOf(each) !== undefined) ||
        isGrowing(machines, now),
    };
  }
  return {
    key: "available",
    headline: withDetail("Not available yet", deepestCause([cluster])?.message),
    since: conditionOf(cluster, "Available")?.since,
    changing: false,
  };
}

function isControlPlaneMachine({ metadata }: KubeObject): boolean {
  return metadata.labels?.["cluster.x-k8s.io/control-plane"] !== undefined;
}

/** What machines wait for themselves; that the cluster is not there yet is said already. */
function waitingFor(machines: readonly KubeObject[]): string | undefined {
  const message = deepestCause(machines.filter((machine) => !isTrue(machine, "Ready")))?.message;
  return message === undefined || /control plane to be initialized/i.test(message) ? undefined : message;
}

/** Whether one of the machines comes or goes. */
function isGrowing(machines: readonly KubeObject[], now: Date): boolean {
  return machines.some(
    (machine) =>
      machine.metadata.deletionTimestamp !== undefined ||
      (!isTrue(machine, "Ready") && !isLong(machine.metadata.creationTimestamp, now)),
  );
}

function conditionText(object: KubeObject, type: string): string | undefined {
  const message = conditionOf(object, type)?.message;
  return message === "" ? undefined : message;
}

function counted(title: string, pools: readonly PoolStatus[]): string {
  const ready = pools.reduce((sum, pool) => sum + pool.ready, 0);
  const desired = pools.reduce((sum, pool) => sum + pool.desired, 0);
  return `${title}: ${ready} of ${desired} ready`;
}

function withDetail(headline: string, detail: string | undefined): string {
  if (detail === undefined) {
    return headline;
  }
  // Names such as KubeadmConfig keep their capital.
  const isWord = /^[A-Z][a-z]*(?![A-Za-z])/.test(detail);
  return `${headline}, ${isWord ? detail.charAt(0).toLowerCase() + detail.slice(1) : detail}`;
}
