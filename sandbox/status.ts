import { readFile } from "node:fs/promises";
import type { Credentials } from "./plane/credentials.ts";
import { isReady } from "./plane/health.ts";
import { type Layout, managementContext, workloadContext } from "./plane/layout.ts";
import { lastLines } from "./plane/logs.ts";
import { type ProcessRecord, readState } from "./plane/state.ts";
import { isAlive } from "./processes/stop.ts";

export interface ComponentStatus {
  readonly name: string;
  /** Running is ready; starting is not yet ready; unhealthy was given its time and is not; died ended by itself. */
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
  /** The second cluster, where it was asked for. */
  readonly workload?: { readonly kubeconfig: string; readonly context: string };
  readonly components: readonly ComponentStatus[];
}

/** Asks every component how it is. */
export async function statusOf(layout: Layout): Promise<SandboxStatus> {
  const { components: records } = await readState(layout.stateFile);
  const credentials = await readCredentials(layout);
  const components = await Promise.all(records.map((record) => componentStatus(record, credentials)));
  const running = components.some(({ state }) => state !== "died");
  return {
    running,
    healthy: components.length > 0 && components.every(({ state }) => state === "running"),
    kubeconfig: layout.kubeconfig,
    context: managementContext,
    ...(records.some(({ name }) => name.startsWith("workload-"))
      ? { workload: { kubeconfig: layout.workloadKubeconfig, context: workloadContext } }
      : {}),
    components,
  };
}

async function componentStatus(
  record: ProcessRecord,
  credentials: Credentials | undefined,
): Promise<ComponentStatus> {
  const { name, pid, endpoint, log } = record;
  if (!(await isAlive(record))) {
    return { name, state: "died", log, lastLines: await lastLines(log) };
  }
  return (await isReady(record.probe, credentials))
    ? { name, state: "running", pid, endpoint, log }
    : { name, state: "unhealthy", pid, endpoint, log, lastLines: await lastLines(log) };
}

async function readCredentials(layout: Layout): Promise<Credentials | undefined> {
  try {
    const [ca, token] = await Promise.all([layout.ca, layout.token].map((path) => readFile(path, "utf8")));
    return { ca: ca ?? "", token: token ?? "" };
  } catch {
    return undefined;
  }
}
