import { PaletteError } from "../../src/shared/errors.ts";
import { throwIfCancelled } from "../errors.ts";
import { isAlive } from "../processes/stop.ts";
import type { Component, Programs } from "./components.ts";
import type { Credentials } from "./credentials.ts";
import { waitReady } from "./health.ts";
import { lastLines } from "./logs.ts";
import type { ProcessRecord } from "./state.ts";
import type { Supervisor } from "./supervisor.ts";

/** What an error says about a start that did not come to its end. */
export const afterwards = "What was started is stopped again; the data is kept.";

/** How long a component may take to be ready; far more than it takes on a slow machine. */
const readyLimitMs = 90_000;

/** How long one that ran before may take to answer, before it counts as hanging. */
const hangLimitMs = 10_000;

/** Starts components side by side, those that do not run as they should, and waits until all are ready. */
export async function startReady(
  components: readonly Component[],
  supervisor: Supervisor,
  programs: Programs,
  credentials: Credentials,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pending: { component: Component; record: ProcessRecord; started: boolean }[] = [];
  for (const component of components) {
    throwIfCancelled(signal);
    pending.push({ component, ...(await supervisor.ensure(component, programs, credentials)) });
  }
  // One after the other: all have started, and the record is written by one at a time.
  for (const { component, record, started } of pending) {
    const hangs = !started && (await waitReady(record, credentials, hangLimitMs, signal)) !== "ready";
    const current = hangs ? await supervisor.restart(component, programs, credentials) : record;
    const result = await waitReady(current, credentials, readyLimitMs, signal);
    if (result !== "ready") {
      throw await notReady(component.name, current, result);
    }
  }
}

/** The ports of the components that run. */
export async function heldPorts({ ports, records }: Supervisor): Promise<Set<number>> {
  const owners = new Set<string>();
  for (const record of records) {
    if (await isAlive(record)) {
      owners.add(record.name);
    }
  }
  return new Set(
    Object.entries(ports)
      .filter(
        ([name]) => owners.has(name.split("/")[0] ?? name) || (name === "cluster" && owners.has("capi-dev")),
      )
      .map(([, port]) => port),
  );
}

async function notReady(
  name: string,
  { log }: ProcessRecord,
  result: "died" | "late",
): Promise<PaletteError> {
  return new PaletteError(
    "Unreachable",
    result === "died"
      ? `${name} ended while the local management cluster started`
      : `${name} was not ready within ${readyLimitMs / 1000} s`,
    { engine: (await lastLines(log, 3)).join("\n"), next: `${afterwards} Its log: ${log}` },
  );
}
