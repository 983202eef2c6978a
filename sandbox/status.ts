import { readFile } from "node:fs/promises";
import { managementNames, workloadNames } from "./plane/components.ts";
import type { Credentials } from "./plane/credentials.ts";
import { isReady } from "./plane/health.ts";
import { type Layout, logOf, managementContext, workloadContext } from "./plane/layout.ts";
import { lastLines } from "./plane/logs.ts";
import { type ProcessRecord, readState } from "./plane/state.ts";
import { isAlive } from "./processes/stop.ts";

export interface ComponentStatus {
  readonly name: string;
  /**
   * Running is ready; starting is young and not yet ready; unhealthy had its time and is not; died ended without
   * having been stopped; stopped was not started.
   */
  readonly state: "running" | "starting" | "unhealthy" | "died" | "stopped";
  readonly pid?: number;
  readonly endpoint?: string;
  /** Path of the log file. */
  readonly log: string;
  /** End of the log, of a component that does not run as it should. */
  readonly lastLines?: readonly string[];
}

export interface SandboxStatus {
  /** Whether a process of the plane runs. */
  readonly running: boolean;
  /** Whether every component of it is ready. */
  readonly healthy: boolean;
  readonly kubeconfig: string;
  readonly context: string;
  /** A kubectl of the version of the API server, as a link that is there after the first start. */
  readonly kubectl: string;
  /** The second cluster, where it was asked for. */
  readonly workload?: { readonly kubeconfig: string; readonly context: string };
  readonly components: readonly ComponentStatus[];
}

/** How long a component that is not ready counts as starting. */
const startingMs = 60_000;

/** Asks every component how it is; those that do not run because nobody started them are there as well. */
export async function statusOf(layout: Layout): Promise<SandboxStatus> {
  const { components: records } = await readState(layout.stateFile);
  const credentials = await readCredentials(layout);
  const workload = records.some(({ name }) => name.startsWith("workload-"));
  const components = await Promise.all(
    [...managementNames, ...(workload ? workloadNames : [])].map(async (name): Promise<ComponentStatus> => {
      const record = records.find((each) => each.name === name);
      return record === undefined
        ? { name, state: "stopped", log: logOf(layout, name) }
        : componentStatus(record, credentials);
    }),
  );
  return {
    running: components.some(({ state }) => state !== "died" && state !== "stopped"),
    healthy: components.every(({ state }) => state === "running"),
    kubeconfig: layout.kubeconfig,
    context: managementContext,
    kubectl: layout.kubectl,
    ...(workload ? { workload: { kubeconfig: layout.workloadKubeconfig, context: workloadContext } } : {}),
    components,
  };
}

async function componentStatus(
  record: ProcessRecord,
  credentials: Credentials | undefined,
): Promise<ComponentStatus> {
  const { name, pid, endpoint, log, since } = record;
  if (!(await isAlive(record))) {
    return { name, state: "died", log, lastLines: await lastLines(log) };
  }
  if (await isReady(record.probe, credentials)) {
    return { name, state: "running", pid, endpoint, log };
  }
  const starting = Date.now() - Date.parse(since) < startingMs;
  return {
    name,
    state: starting ? "starting" : "unhealthy",
    pid,
    endpoint,
    log,
    lastLines: await lastLines(log),
  };
}

async function readCredentials(layout: Layout): Promise<Credentials | undefined> {
  try {
    const [ca, token] = await Promise.all([layout.ca, layout.token].map((path) => readFile(path, "utf8")));
    return { ca: ca ?? "", token: token ?? "" };
  } catch {
    return undefined;
  }
}
