import { readFile } from "node:fs/promises";
import { writePrivate } from "./files.ts";

/** What is known of a process that the sandbox started. */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;
  /** When it started, as `startOf` gives it: with the number, what makes it ours. */
  readonly start: string;
  /** When it started, for people: ISO 8601. */
  readonly since: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly server?: string | undefined;
  /** Names the credentials that it read when it started. */
  readonly credentials?: string;
  readonly log: string;
  readonly probe: {
    readonly port: number;
    readonly path: string;
    readonly tls: boolean;
    readonly token?: boolean;
  };
  readonly endpoint: string;
  readonly children?: string | undefined;
}

/** The file that outlives the program: what was started, and which ports it has. */
export interface State {
  readonly components: readonly ProcessRecord[];
  /** Kept over stops, so that addresses stay where they can. */
  readonly ports: Readonly<Record<string, number>>;
}

const empty: State = { components: [], ports: {} };

/** Reads a state file. A file that is missing, or is none, counts as nothing started: a process is ours by record only. */
export async function readState(path: string): Promise<State> {
  try {
    return parseState(await readFile(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return empty;
    }
    throw error;
  }
}

/** The state in a text; what names no process is left out. */
export function parseState(text: string): State {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return empty;
  }
  const { components, ports } = (typeof value === "object" && value !== null ? value : {}) as {
    components?: unknown;
    ports?: unknown;
  };
  return {
    components: Array.isArray(components) ? components.flatMap(recordOf) : [],
    ports: Object.fromEntries(
      Object.entries(typeof ports === "object" && ports !== null ? ports : {}).filter(
        (entry): entry is [string, number] => Number.isInteger(entry[1]) && entry[1] > 0 && entry[1] < 65_536,
      ),
    ),
  };
}

/**
 * The record in a value, if it names a process. What else is missing, from an older version say, is filled up, so
 * that the process is still known as ours: it then differs from what should run, and is started anew.
 */
function recordOf(value: unknown): ProcessRecord[] {
  const record = (typeof value === "object" && value !== null ? value : {}) as Partial<ProcessRecord>;
  const { name, pid, start } = record;
  // 0 and negative numbers mean groups to kill(2), and 1 is the system's own.
  const isProcess = typeof pid === "number" && Number.isInteger(pid) && pid > 1;
  if (typeof name !== "string" || !isProcess || typeof start !== "string" || start === "") {
    return [];
  }
  return [
    {
      since: new Date(0).toISOString(),
      command: "",
      args: [],
      env: {},
      log: "",
      probe: { port: 0, path: "/", tls: false },
      endpoint: "",
      ...record,
      name,
      pid,
      start,
    },
  ];
}

export async function writeState(path: string, state: State): Promise<void> {
  await writePrivate(path, `${JSON.stringify(state, undefined, 2)}\n`);
}
