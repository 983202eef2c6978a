import {
  AGENT,
  AGENT_NAMESPACE,
  type AgentToken,
  checkImport,
  type ImportChoice,
  type ImportFacts,
  importObjects,
  isLeftover,
  type PlannedObject,
  problemsOf,
  TOKEN_SECONDS,
  TOKEN_UNTIL,
} from "../../imports/index.ts";
import { describeError, isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { type CallOptions, refOf, type TaskOptions } from "../management.ts";
import { waitConnected } from "./ready.ts";
import { type Ends, type Left, removeWritten, type Written } from "./undo.ts";

/** Undoing is tried this long on each side; then what remains is said. */
const UNDO_MS = 90_000;

export interface ImportOptions extends TaskOptions {
  /** How long the management cluster may take to connect. */
  readonly limitMs?: number | undefined;
}

/** What an import came to. */
export interface Imported {
  /** The SveltosCluster, connected. */
  readonly cluster: KubeObject;
  /** End of the first token, ISO 8601. */
  readonly tokenUntil: string;
}

/** What the user entered, as the choice of an import: what was not entered comes from the facts. */
export function importChoice(
  facts: ImportFacts,
  entered: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly mode: ImportChoice["mode"];
    readonly address?: string | undefined;
    readonly tlsServerName?: string | undefined;
    readonly proxyUrl?: string | undefined;
  },
): ImportChoice {
  const tlsServerName = entered.tlsServerName ?? facts.tlsServerName;
  return {
    name: entered.name,
    namespace: entered.namespace,
    labels: entered.labels,
    mode: entered.mode,
    server: (entered.address ?? facts.server).replace(/\/+$/, ""),
    managementCluster: facts.management.name,
    uid: facts.uid,
    seenAt: facts.server,
    ...(facts.management.uid === undefined ? {} : { managementUid: facts.management.uid }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
    ...(entered.proxyUrl === undefined ? {} : { proxyUrl: entered.proxyUrl }),
    ...(facts.certificateAuthority === undefined ? {} : { certificateAuthority: facts.certificateAuthority }),
  };
}

/**
 * Imports a cluster: writes the objects in order on both sides, with a token of the service account that they make, and
 * waits until the management cluster has connected. Any failure and a cancel remove all of it on both sides, from the
 * last to the first; shared objects stay.
 *
 * Throws `Refused` where the checks say no and nothing was written, and else what hindered it, with what is left in its
 * advice.
 */
export async function importCluster(
  ends: Ends,
  facts: ImportFacts,
  choice: ImportChoice,
  { onProgress, signal, limitMs }: ImportOptions = {},
): Promise<Imported> {
  const { name, namespace, mode, server } = choice;
  const [problem] = problemsOf(checkImport(facts, { name, namespace, mode, address: server }));
  if (problem !== undefined) {
    throw new PaletteError("Refused", `${name} is not imported: ${problem.message}`, {
      next: [problem.next, "Nothing was written."].filter((each) => each !== undefined).join(" "),
    });
  }
  const takesOver = facts.mark !== undefined && isLeftover(facts, choice);
  const plan = (token?: AgentToken): PlannedObject[] =>
    importObjects(choice, token).filter(({ shared }) => shared === undefined || facts.management.policies);
  const planned = plan();
  const total = planned.length + 1;
  const written: Written[] = [];
  try {
    let token: AgentToken | undefined;
    for (const [done, preview] of planned.entries()) {
      const { side, object } = preview;
      onProgress?.({ step: `Creating ${object.kind} ${object.metadata.name}`, done, total });
      // The token can be had once the service account and its role are there.
      if (side === "management" && token === undefined) {
        token = await ends.imported.requestToken({ namespace: AGENT_NAMESPACE, name: AGENT }, TOKEN_SECONDS, {
          signal,
        });
      }
      const filled = token === undefined ? preview : plan(token)[done];
      await write(ends, filled ?? preview, takesOver, written, { signal });
    }
    onProgress?.({ step: `Waiting until ${ends.management.name} has connected`, done: total - 1, total });
    const cluster = await waitConnected(ends.management, choice, server, { signal, limitMs });
    onProgress?.({ step: `${name} is imported`, done: total, total });
    return { cluster, tokenUntil: cluster.metadata.annotations?.[TOKEN_UNTIL] ?? "" };
  } catch (error) {
    onProgress?.({ step: "Undoing on both sides", done: 0, total });
    const left = await removeWritten(ends, written, { signal: AbortSignal.timeout(UNDO_MS) });
    throw undone(name, error, left);
  }
}

async function write(
  ends: Ends,
  { side, object, shared }: PlannedObject,
  takesOver: boolean,
  written: Written[],
  options: CallOptions,
): Promise<void> {
  const end = ends[side];
  if (shared === true) {
    // Other imports use it as well; whoever may not write it is content where it is there.
    if ((await end.get(refOf(object), options).catch(() => undefined)) === undefined) {
      await end.create(object, options).catch((error: unknown) => {
        if (!isPaletteError(error, "AlreadyExists")) {
          throw error;
        }
      });
    }
    return;
  }
  // An answer that never comes may still mean that the object is there.
  written.push({ side, object, since: end.now() });
  const wrote = await create(end, object, side === "imported" && takesOver, options).catch(
    (error: unknown) => {
      if (!isPaletteError(error, "Unreachable") && !isPaletteError(error, "Cancelled")) {
        written.pop();
      }
      throw error;
    },
  );
  written[written.length - 1] = { side, object: wrote };
}

async function create(
  end: Ends["imported"],
  object: KubeObject,
  takesOver: boolean,
  options: CallOptions,
): Promise<KubeObject> {
  if (!takesOver) {
    return end.create(object, options);
  }
  try {
    return await end.create(object, options);
  } catch (error) {
    if (!isPaletteError(error, "AlreadyExists")) {
      throw error;
    }
    return end.apply(object, options);
  }
}

/** The error with what became of the objects. */
function undone(name: string, error: unknown, left: readonly Left[]): unknown {
  if (!isPaletteError(error)) {
    return error;
  }
  const rest = left.flatMap(({ objects }) => objects);
  const next =
    left.length === 0
      ? "Everything is undone on both sides."
      : `${rest.join(", ")} could not be removed (${describeError(left[0]?.error)}). Remove them with: ${left.flatMap(({ commands }) => commands).join("; ")}`;
  return new PaletteError(
    error.code,
    error.code === "Cancelled" ? error.message : `${name} was not imported: ${error.message}`,
    {
      ...(error.engine === undefined ? {} : { engine: error.engine }),
      next: error.next === undefined ? next : `${next} ${error.next}`,
      cause: error.cause,
    },
  );
}
