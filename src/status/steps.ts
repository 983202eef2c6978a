import { attachedProfiles } from "../layers/labels.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { Source } from "./cause.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { lowered } from "./message.ts";
import type { LayerStatus, PoolStatus, StepId, StepStatus } from "./model.ts";
import { type ClusterParts, hasNode, infrastructureOf, isControlPlaneMachine, machineOf } from "./parts.ts";
import { isManaged, isPretended } from "./provider.ts";
import { waitingFor } from "./waiting.ts";

/** What the steps are made from. */
export interface StepInput extends ClusterParts {
  readonly pools: readonly PoolStatus[];
  readonly layers: readonly LayerStatus[] | undefined;
  /** What stops the cluster, where something does: the known cause and who says so. */
  readonly problem: { readonly known: string | undefined; readonly cause: Source | undefined } | undefined;
}

/** One step as it is by itself, without those around it. */
interface Draft {
  readonly id: StepId;
  readonly title: string;
  readonly state: "done" | "open" | "not-applicable";
  readonly until?: string | undefined;
  readonly detail: string;
}

/** The seven steps of a cluster, in order (design.md, Steps). */
export function stepsOf(input: StepInput): StepStatus[] {
  const drafts = [
    infrastructure(input),
    initialized(input),
    network(input),
    controlPlane(input),
    workers(input),
    addOns(input),
  ];
  const all = [...drafts, healthy(input, drafts)];
  const first = all.find(({ state }) => state === "open")?.id;
  const broken = input.problem === undefined ? undefined : (brokenStep(input, all) ?? first ?? "healthy");
  let end = input.cluster.metadata.creationTimestamp;
  return all.map(({ id, title, state, until, detail }) => {
    const shown = id === broken ? "problem" : state !== "open" ? state : id === first ? "current" : "waiting";
    const since = end;
    const finished = state === "done" ? until : undefined;
    if (finished !== undefined && (end === undefined || finished > end)) {
      end = finished;
    }
    const timed = (shown === "done" && finished !== undefined) || shown === "current" || shown === "problem";
    return {
      id,
      title,
      state: shown,
      ...(timed && since !== undefined ? { since } : {}),
      ...(shown === "done" && finished !== undefined ? { until: finished } : {}),
      detail,
    };
  });
}

/** Which step a problem stops, where that is not simply the first one that is open. */
function brokenStep({ problem, machines }: StepInput, steps: readonly Draft[]): StepId | undefined {
  const { known, cause } = problem ?? {};
  const wanted: StepId | undefined =
    known === "network-missing" || known === "cloud-controller-missing"
      ? "network"
      : cause !== undefined && isWorker(cause.object, machines)
        ? "workers"
        : undefined;
  return steps.find(({ id, state }) => id === wanted && state === "open")?.id;
}

function isWorker(object: KubeObject, machines: readonly KubeObject[]): boolean {
  if (object.kind === "MachineDeployment" || object.kind === "MachinePool") {
    return true;
  }
  const machine = machineOf(object, machines);
  return machine !== undefined && !isControlPlaneMachine(machine);
}

function infrastructure(input: StepInput): Draft {
  const { cluster } = input;
  const base = { id: "infrastructure", title: "Infrastructure" } as const;
  const condition = conditionOf(cluster, "InfrastructureReady");
  const { host, port } =
    (cluster.spec as { controlPlaneEndpoint?: { host?: string; port?: number } } | undefined)
      ?.controlPlaneEndpoint ?? {};
  return condition?.status === "True"
    ? {
        ...base,
        state: "done",
        until: condition.since,
        detail: host === undefined || host === "" ? "" : `API server at ${host}:${port ?? 6443}`,
      }
    : { ...base, state: "open", detail: condition?.message.split("\n")[0] ?? "" };
}

function initialized({ cluster, machines }: StepInput): Draft {
  const base = { id: "initialized", title: "Control plane initialized" } as const;
  const condition = conditionOf(cluster, "ControlPlaneInitialized");
  if (condition?.status === "True") {
    const detail = isManaged(cluster) ? "The API server answers" : "The first machine answers";
    return { ...base, state: "done", until: condition.since, detail };
  }
  const detail = isTrue(cluster, "InfrastructureReady")
    ? (waitingFor(machines.filter(isControlPlaneMachine)) ?? "The first machine is starting")
    : "Waits for the infrastructure";
  return { ...base, state: "open", detail };
}

function network(input: StepInput): Draft {
  const { cluster, machines, layers = [] } = input;
  const base = { id: "network", title: "Network" } as const;
  if (isManaged(cluster)) {
    return { ...base, state: "not-applicable", detail: "Comes with the cloud's service" };
  }
  if (isPretended(cluster, infrastructureOf(input))) {
    return { ...base, state: "not-applicable", detail: "In-memory machines have no network" };
  }
  const needed = layers.filter(({ kind }) => kind === "network" || kind === "cloud-controller");
  if (needed.length > 0) {
    return layerStep(base, needed);
  }
  // Nobody tells about layers: a node that is ready has a network, and a provider ID from the cloud controller.
  const ready = machines.filter(hasNode).filter((machine) => isTrue(machine, "NodeReady"));
  const since = ready.map((machine) => conditionOf(machine, "NodeReady")?.since).sort()[0];
  return ready.length > 0
    ? { ...base, state: "done", until: since, detail: "The first node is ready" }
    : {
        ...base,
        state: "open",
        detail: isTrue(cluster, "ControlPlaneInitialized")
          ? "Waits until a node is ready"
          : "Waits for the control plane",
      };
}

function controlPlane({ cluster, pools }: StepInput): Draft {
  const base = { id: "control-plane", title: "Control plane available" } as const;
  const condition = conditionOf(cluster, "ControlPlaneAvailable");
  const detail = counted(pools.filter(({ isControlPlane }) => isControlPlane));
  return condition?.status === "True"
    ? { ...base, state: "done", until: condition.since, detail }
    : { ...base, state: "open", detail };
}

function workers({ cluster, pools, deployments, machinePools }: StepInput): Draft {
  const base = { id: "workers", title: "Workers" } as const;
  if (deployments.length + machinePools.length === 0) {
    return { ...base, state: "not-applicable", detail: "The cluster has no worker pool" };
  }
  const condition = conditionOf(cluster, "WorkersAvailable");
  const detail = counted(pools.filter(({ isControlPlane }) => !isControlPlane));
  return condition?.status === "True"
    ? { ...base, state: "done", until: condition.since, detail }
    : { ...base, state: "open", detail };
}

function addOns(input: StepInput): Draft {
  const { cluster, layers } = input;
  const base = { id: "add-ons", title: "Add-ons" } as const;
  if (isPretended(cluster, infrastructureOf(input))) {
    return { ...base, state: "not-applicable", detail: "In-memory machines run no add-ons" };
  }
  const wanted = (layers ?? []).filter(({ kind }) => kind === "storage" || kind === "add-on");
  if (wanted.length === 0) {
    // Sveltos tells about layers once the control plane answers.
    const isEarly =
      !isTrue(cluster, "ControlPlaneInitialized") && attachedProfiles(cluster.metadata.labels).length > 0;
    if (isEarly) {
      return { ...base, state: "open", detail: "Waits for the control plane" };
    }
    return { ...base, state: "not-applicable", detail: "No layer is put on this cluster" };
  }
  return layerStep(base, wanted);
}

function healthy({ cluster, pools }: StepInput, before: readonly Draft[]): Draft {
  const base = { id: "healthy", title: "Healthy" } as const;
  const available = conditionOf(cluster, "Available");
  const ready = pools.every(({ health }) => health === "good");
  if (available?.status === "True" && ready && before.every(({ state }) => state !== "open")) {
    const last = [available.since, ...before.map(({ until }) => until)].filter((each) => each !== undefined);
    return { ...base, state: "done", until: last.sort().at(-1), detail: "All machines are ready" };
  }
  return { ...base, state: "open", detail: ready ? "" : counted(pools) };
}

/** The layer to look at: one that failed, else the first that is not ready. */
export function firstOpen(layers: readonly LayerStatus[]): LayerStatus | undefined {
  return layers.find(({ state }) => state === "failed") ?? layers.find(({ state }) => state !== "ready");
}

function layerStep(base: Pick<Draft, "id" | "title">, layers: readonly LayerStatus[]): Draft {
  const open =
    layers.find(({ state }) => state === "failed") ?? layers.find(({ state }) => state !== "ready");
  if (open === undefined) {
    const names =
      layers.length > 3 ? `${layers.length} layers` : layers.map(({ name }) => name).join(" and ");
    return {
      ...base,
      state: "done",
      until: layers
        .map(({ since }) => since)
        .filter((since) => since !== undefined)
        .sort()
        .at(-1),
      detail: `${names} ready`,
    };
  }
  const words = { failed: "not installed", installing: "being installed", waiting: "waiting", ready: "" };
  const others = layers.filter(({ state }) => state !== "ready").length - 1;
  const rest = others === 0 ? "" : `, ${others} more ${others === 1 ? "layer waits" : "layers wait"}`;
  return {
    ...base,
    state: "open",
    detail: `${open.name}, ${open.message === undefined ? words[open.state] : lowered(open.message)}${rest}`,
  };
}

function counted(pools: readonly PoolStatus[]): string {
  const ready = pools.reduce((sum, pool) => sum + pool.ready, 0);
  const desired = pools.reduce((sum, pool) => sum + pool.desired, 0);
  return desired === 0 ? "" : `${ready} of ${desired} ${desired === 1 ? "machine" : "machines"} ready`;
}
