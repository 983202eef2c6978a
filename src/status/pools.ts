import type { KubeObject } from "../shared/kubernetes.ts";
import { deepestCause } from "./cause.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { changeOf, healthOf, worst } from "./health.ts";
import { oneLine } from "./message.ts";
import type { MachineStatus, PoolStatus } from "./model.ts";
import type { Moment } from "./moment.ts";
import { type ClusterParts, isControlPlaneMachine } from "./parts.ts";

/** On everything of a machine pool: its name. */
export const POOL_LABEL = "palette-onboarding/pool";
const DEPLOYMENT_LABEL = "cluster.x-k8s.io/deployment-name";
const MACHINE_POOL_LABEL = "cluster.x-k8s.io/pool-name";

/**
 * Made once: a collator for each comparison would take most of the time of a large fleet. With the first comparison: making
 * it takes 15 ms, which nobody should wait for while the extension is loaded.
 */
let names: Intl.Collator | undefined;

interface Counters {
  readonly desired: number;
  readonly ready: number;
  readonly upToDate: number;
}

/** The pools of a cluster: the control plane first, then the worker pools by name. */
export function poolsOf(parts: ClusterParts, now: Moment): PoolStatus[] {
  const controlPlane = controlPlanePool(parts, now);
  const owners = [...parts.deployments, ...parts.machinePools];
  const groups = Map.groupBy(owners, ({ metadata }) => metadata.labels?.[POOL_LABEL] ?? metadata.name);
  const machinesOf = Map.groupBy(parts.machines, ownerName);
  const workers = [...groups].map(([name, members]) => {
    const machines = members.flatMap(({ metadata }) => machinesOf.get(metadata.name) ?? []);
    return pool(name, false, members, machines, sum(members.map(countersOf)), now);
  });
  workers.sort(byName);
  return [...(controlPlane === undefined ? [] : [controlPlane]), ...workers, ...otherMachines(parts, now)];
}

function controlPlanePool(parts: ClusterParts, now: Moment): PoolStatus | undefined {
  const { cluster, controlPlane } = parts;
  const machines = parts.machines.filter(isControlPlaneMachine);
  const summary = (
    cluster.status as { controlPlane?: Readonly<Record<string, number | undefined>> } | undefined
  )?.controlPlane;
  if (controlPlane === undefined && summary === undefined && machines.length === 0) {
    return undefined;
  }
  const counters =
    controlPlane === undefined
      ? {
          desired: summary?.desiredReplicas ?? machines.length,
          ready: summary?.readyReplicas ?? machines.filter((machine) => isTrue(machine, "Ready")).length,
          upToDate: summary?.upToDateReplicas ?? machines.length,
        }
      : countersOf(controlPlane);
  const name = controlPlane?.metadata.labels?.[POOL_LABEL] ?? "control-plane";
  return pool(name, true, controlPlane === undefined ? [] : [controlPlane], machines, counters, now);
}

/** Machines that no pool of a known kind owns. */
function otherMachines({ machines, deployments, machinePools }: ClusterParts, now: Moment): PoolStatus[] {
  const names = new Set([...deployments, ...machinePools].map(({ metadata }) => metadata.name));
  const others = machines.filter(
    (machine) => !isControlPlaneMachine(machine) && !names.has(ownerName(machine) ?? ""),
  );
  if (others.length === 0) {
    return [];
  }
  const ready = others.filter((machine) => isTrue(machine, "Ready")).length;
  const counters = { desired: others.length, ready, upToDate: others.length };
  return [pool("other machines", false, [], others, counters, now)];
}

function pool(
  name: string,
  isControlPlane: boolean,
  owners: readonly KubeObject[],
  machines: readonly KubeObject[],
  counters: Counters,
  now: Moment,
): PoolStatus {
  const statuses = machines.map((machine) => machineStatus(machine, now)).sort(byName);
  const complete = counters.ready >= counters.desired && machines.length <= counters.desired;
  const good =
    complete &&
    !owners.some((owner) => changeOf(owner) !== undefined) &&
    statuses.every(({ health }) => health === "good");
  const base = { name, isControlPlane, ...counters, machines: statuses };
  if (good) {
    return { ...base, health: "good" };
  }
  const cause = deepestCause([...owners, ...machines]);
  const oldest = owners[0]?.metadata.creationTimestamp;
  const health = worst([
    healthOf(cause, cause?.condition.since ?? oldest, now),
    ...statuses.map((each) => each.health).filter((each) => each === "bad" || each === "attention"),
  ]);
  return { ...base, health, ...(cause === undefined ? {} : { headline: cause.message }) };
}

function machineStatus(machine: KubeObject, now: Moment): MachineStatus {
  const status = machine.status as { phase?: string } | undefined;
  const version = (machine.spec as { version?: string } | undefined)?.version?.replace(/^v/, "");
  const base = {
    name: machine.metadata.name,
    phase: status?.phase ?? "Pending",
    ...(version === undefined ? {} : { version }),
  };
  if (machine.metadata.deletionTimestamp !== undefined) {
    const deleting = conditionOf(machine, "Deleting")?.message ?? "";
    return {
      ...base,
      health: "busy",
      headline: deleting === "" ? "Deleting" : oneLine(deleting),
      since: machine.metadata.deletionTimestamp,
    };
  }
  if (isTrue(machine, "Ready") && base.phase !== "Failed") {
    const since = conditionOf(machine, "Ready")?.since;
    return { ...base, health: "good", ...(since === undefined ? {} : { since }) };
  }
  const cause = deepestCause([machine]);
  const since = cause?.condition.since ?? machine.metadata.creationTimestamp;
  const health = base.phase === "Failed" ? "bad" : healthOf(cause, since, now);
  return {
    ...base,
    health,
    ...(since === undefined ? {} : { since }),
    ...(cause === undefined ? {} : { headline: cause.message }),
  };
}

/** The MachineDeployment or MachinePool of a worker machine. */
function ownerName({ metadata: { labels } }: KubeObject): string | undefined {
  return labels?.[DEPLOYMENT_LABEL] ?? labels?.[MACHINE_POOL_LABEL];
}

function countersOf({ spec, status }: KubeObject): Counters {
  const counts = status as Readonly<Record<string, number | undefined>> | undefined;
  return {
    desired: (spec as { replicas?: number } | undefined)?.replicas ?? 0,
    ready: counts?.readyReplicas ?? 0,
    upToDate: counts?.upToDateReplicas ?? 0,
  };
}

function sum(all: readonly Counters[]): Counters {
  return {
    desired: all.reduce((total, { desired }) => total + desired, 0),
    ready: all.reduce((total, { ready }) => total + ready, 0),
    upToDate: all.reduce((total, { upToDate }) => total + upToDate, 0),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  names ??= new Intl.Collator("en", { numeric: true });
  return names.compare(a.name, b.name);
}
