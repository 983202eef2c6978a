import type { KubeObject } from "../shared/kubernetes.ts";
import { deepestCause } from "./cause.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { changeOf, isLong } from "./health.ts";
import { lowered } from "./message.ts";
import type { LayerStatus, PoolStatus, StepStatus } from "./model.ts";
import type { Moment } from "./moment.ts";
import { type ClusterParts, isControlPlaneMachine } from "./parts.ts";
import { firstOpen } from "./steps.ts";
import { waitingFor } from "./waiting.ts";

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
 * workers, layers (design.md, Steps), with what it waits for.
 */
export function stageOf(
  parts: ClusterParts,
  pools: readonly PoolStatus[],
  steps: readonly StepStatus[],
  layers: readonly LayerStatus[] | undefined,
  now: Moment,
): Stage {
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
  const network = openLayers(cluster, steps, layers, "network");
  if (network !== undefined) {
    return network;
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
  const addOns = openLayers(cluster, steps, layers, "add-ons");
  if (addOns !== undefined) {
    return addOns;
  }
  return {
    key: "available",
    headline: withDetail("Not available yet", deepestCause([cluster])?.message),
    since: conditionOf(cluster, "Available")?.since,
    changing: false,
  };
}

/** A step that layers make, while it is open. */
function openLayers(
  cluster: KubeObject,
  steps: readonly StepStatus[],
  layers: readonly LayerStatus[] | undefined,
  id: "network" | "add-ons",
): Stage | undefined {
  const step = steps.find((each) => each.id === id);
  if (step === undefined || step.state === "done" || step.state === "not-applicable") {
    return undefined;
  }
  const isOfNetwork = ({ kind }: LayerStatus) => kind === "network" || kind === "cloud-controller";
  const layer = firstOpen((layers ?? []).filter((each) => isOfNetwork(each) === (id === "network")));
  const base = {
    key: layer === undefined ? id : `${id} ${layer.name}`,
    // What is put on a cluster later has nothing to do with when its creation came so far.
    since: isTrue(cluster, "Available") ? undefined : step.since,
    changing: true,
  };
  if (layer === undefined) {
    return { ...base, headline: "The network is not up yet: no node is ready" };
  }
  const said = layer.message === undefined ? undefined : lowered(layer.message);
  const headline =
    layer.state === "waiting"
      ? `${layer.name} ${said?.startsWith("waits") ? said : "waits"}`
      : `${layer.name} is being installed${said === undefined ? "" : `, ${said}`}`;
  return { ...base, headline };
}

/** Whether one of the machines comes or goes. */
function isGrowing(machines: readonly KubeObject[], now: Moment): boolean {
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
  return `${headline}, ${lowered(detail)}`;
}
