import { describeError, isPaletteError, PaletteError } from "../../shared/errors.ts";
import {
  hostFor,
  planVirtualCluster,
  type VirtualClusterRequest,
  type VirtualFacts,
  type VirtualHost,
} from "../../virtual/index.ts";
import { withAdvice } from "../creation/undo.ts";
import type { ClusterRef, ManagementCluster } from "../management.ts";
import { virtualClusterProblems } from "./chart.ts";
import { removeVirtualCluster } from "./delete.ts";
import { virtualFacts } from "./facts.ts";
import { withHost } from "./host.ts";
import { readVirtualCluster } from "./list.ts";
import type { VirtualCluster, VirtualOptions } from "./model.ts";
import { makeNamespace } from "./namespace.ts";
import { findRecord, type VirtualRecord } from "./record.ts";
import { register } from "./register.ts";
import { waitReleased } from "./release.ts";

/** Undoing may take this long; then what remains is said. */
const UNDO_MS = 120_000;
const STEPS = 4;

/**
 * Creates a virtual cluster: Sveltos puts vCluster on the host, then the management cluster connects to it. Ends when it
 * has. A failure and a cancel undo it on both sides; one that was stopped before goes on when it is called again, and is
 * left as it is by a failure and a cancel then. Throws
 * `InvalidDocument` with the first problem of the request, and nothing was written; `AlreadyExists`, `Refused` (the
 * release), `Unreachable` (host or API server), `Prerequisite`, and what reading and writing throw.
 */
export async function createVirtualCluster(
  management: ManagementCluster,
  request: VirtualClusterRequest,
  options: VirtualOptions = {},
): Promise<VirtualCluster> {
  const { onProgress, signal, limitMs } = options;
  const { name, namespace } = request;
  const before = await findRecord(management, request, { signal });
  const facts = await virtualFacts(management, namespace, { signal });
  const host = await chooseHost(request, facts, before);
  const group = "group" in request.host ? request.host.group : undefined;
  const step = (done: number, text: string): void => onProgress?.({ step: text, done, total: STEPS });
  try {
    step(0, `Making namespace vcluster-${name} on ${host.name}`);
    await withHost(management, host, { signal }, (cluster) => makeNamespace(cluster, request, { signal }));
    step(1, `Installing vCluster on ${host.name}`);
    const objects = planVirtualCluster(
      request,
      host,
      facts.groups.find((each) => each.name === group),
    );
    for (const object of objects) {
      await management.apply(object, { signal });
    }
    const onMessage = (message: string): void => step(1, `Installing vCluster on ${host.name}: ${message}`);
    await waitReleased(management, request, { signal, limitMs, onMessage });
    step(2, `Connecting ${management.name} to ${name}`);
    await register(management, host, { request }, { signal, limitMs });
    step(STEPS, `${name} is running`);
    return await readVirtualCluster(management, { namespace, name }, { signal });
  } catch (error) {
    if (before !== undefined) {
      throw withAdvice(
        error,
        `What is there of ${name} stays. Create it again with the same answers to go on, or delete it.`,
      );
    }
    step(0, "Undoing on both sides");
    throw await undone(management, request, host, error);
  }
}

/** The host of a request, once nothing speaks against it; one that was begun stays where it is. */
async function chooseHost(
  request: VirtualClusterRequest,
  facts: VirtualFacts,
  before: VirtualRecord | undefined,
): Promise<VirtualHost> {
  const { name } = request;
  if (before?.deleting === true) {
    throw new PaletteError("AlreadyExists", `Virtual cluster ${name} is being deleted`, {
      next: `palette virtual delete ${name} finishes that.`,
    });
  }
  if (before?.pausedFrom !== undefined) {
    throw new PaletteError("AlreadyExists", `Virtual cluster ${name} is there, paused`, {
      next: "Resume it, or choose another name.",
    });
  }
  const isBegun = before !== undefined && JSON.stringify(before.request) === JSON.stringify(request);
  if (isBegun) {
    const found = facts.hosts.find((each) => each.name === before.host);
    if (found !== undefined) {
      return found;
    }
  }
  const [problem] = (await virtualClusterProblems(request, facts)).filter(
    ({ severity }) => severity === "error",
  );
  if (problem !== undefined || before !== undefined) {
    throw new PaletteError(
      "InvalidDocument",
      `${name} is not created: ${problem?.message ?? `there is a virtual cluster ${name} already`}`,
      { next: problem?.next ?? "Choose another name." },
    );
  }
  const chosen = hostFor(request, facts);
  if ("problem" in chosen) {
    throw new PaletteError("InvalidDocument", chosen.problem.message, { next: chosen.problem.next });
  }
  return chosen.host;
}

/** The error, with what became of what was written. */
async function undone(
  management: ManagementCluster,
  ref: ClusterRef,
  host: VirtualHost,
  error: unknown,
): Promise<unknown> {
  let rest = "Everything is undone on both sides.";
  try {
    await removeVirtualCluster(management, ref, host, {
      signal: AbortSignal.timeout(UNDO_MS),
      limitMs: UNDO_MS,
    });
  } catch (left) {
    rest = `Not everything could be undone (${describeError(left)}) Run palette virtual delete ${ref.name} again.`;
  }
  if (!isPaletteError(error)) {
    return error;
  }
  return new PaletteError(
    error.code,
    error.code === "Cancelled" ? error.message : `${ref.name} was not created: ${error.message}`,
    {
      ...(error.engine === undefined ? {} : { engine: error.engine }),
      next: error.next === undefined ? rest : `${rest} ${error.next}`,
      cause: error.cause,
    },
  );
}
