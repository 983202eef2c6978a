import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { throwIfCancelled } from "../errors.ts";
import { isAlive } from "../processes/stop.ts";
import type { Probe } from "./components.ts";
import type { Credentials } from "./credentials.ts";
import type { ProcessRecord } from "./state.ts";

/** How long one question about health may take. */
const timeoutMs = 2000;

/** Asks a component whether it is ready; no answer in time counts as no. */
export function isReady(probe: Probe, credentials: Credentials | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const options = {
      host: "127.0.0.1",
      port: probe.port,
      path: probe.path,
      timeout: timeoutMs,
      agent: false as const,
      headers: probe.token === true ? { authorization: `Bearer ${credentials?.token ?? ""}` } : {},
    };
    const req = probe.tls
      ? httpsGet({ ...options, ca: credentials?.ca }, answered)
      : httpGet(options, answered);
    req.on("error", () => resolve(false));
    req.on("timeout", () => req.destroy());
    function answered(res: { statusCode?: number | undefined; resume(): void }) {
      res.resume();
      resolve(res.statusCode === 200);
    }
  });
}

/** Waits until a process is ready: "died" when it ended meanwhile, "late" when the time is over. */
export async function waitReady(
  record: ProcessRecord,
  credentials: Credentials,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<"ready" | "died" | "late"> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    throwIfCancelled(signal);
    if (await isReady(record.probe, credentials)) {
      return "ready";
    }
    if (!(await isAlive(record))) {
      return "died";
    }
    if (performance.now() > deadline) {
      return "late";
    }
    await sleep(100);
  }
}
