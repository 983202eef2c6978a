import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { node } from "../../scripts/processes.ts";
import { typingPlace } from "./profiles.ts";

/** A language server to measure: how to start it, and what it wants to be told. */
export interface ServerUnderTest {
  readonly name: string;
  readonly program: string;
  /** Flags of Node.js that its client starts it with. */
  readonly flags: readonly string[];
  readonly languageId: string;
  /** The answer to every question about the section `yaml` of the settings. */
  readonly settings: object;
}

/** What one process of a server took, in milliseconds. Of the lists, each entry is one time. */
export interface Measured {
  /** From starting the process to the answer to `initialize`. */
  readonly start: number;
  /** From opening the document to its diagnostics. */
  readonly open: number;
  /** From a typed character to the diagnostics of the changed text, the server's own delay included. */
  readonly keystroke: readonly number[];
  /** Processor time of the server for one typed character, its diagnostics and nothing else, in the mean. */
  readonly keystrokeWork: number;
  /** From a typed character to the completions at its place, which wait for the new text. */
  readonly completion: readonly number[];
  /** From a typed character to the outline of the new text. */
  readonly symbols: readonly number[];
  /** Resident memory of the process at the end, in bytes. */
  readonly memory: number;
}

const ROUNDS = 12;

/**
 * Starts the server, opens `text`, types in it and asks about it, and stops the server. Throws when the server finds
 * the valid text wrong, or does not find what is wrong where a field is misspelled: then it does not do the work.
 */
export async function measure(server: ServerUnderTest, uri: string, text: string): Promise<Measured> {
  const started = performance.now();
  const child = spawn(node, [...server.flags, server.program, "--stdio"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  try {
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => (section === "yaml" ? server.settings : null)),
    );
    connection.onRequest(RegistrationRequest.type, () => {});
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          completion: { completionItem: { snippetSupport: true } },
        },
      },
    });
    const start = performance.now() - started;
    await connection.sendNotification(InitializedNotification.type, {});
    await idle(child);
    const document = { uri };
    const open = await timed(async () => {
      const first = published(connection, uri);
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: server.languageId, version: 1, text },
      });
      const problems = await first;
      if (problems.some(({ severity }) => severity === 1)) {
        throw new Error(`${server.name} finds the valid profile wrong: ${problems[0]?.message}`);
      }
    });
    await idle(child);

    const place = typingPlace(text);
    let version = 1;
    /** Types a character behind the place, or takes it away again. */
    const type = async (character: string, there: boolean): Promise<void> => {
      version += 1;
      const end = there ? { ...place, character: place.character + 1 } : place;
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: place, end }, text: there ? "" : character }],
      });
    };

    const keystroke: number[] = [];
    const before = processorTime(child);
    for (let round = 0; round < ROUNDS; round += 1) {
      const again = published(connection, uri);
      keystroke.push(
        await timed(async () => {
          await type("0", round % 2 === 1);
          await again;
        }),
      );
    }
    await idle(child);
    const keystrokeWork = (processorTime(child) - before) / ROUNDS;

    const ask = async (question: () => Promise<unknown>): Promise<number[]> => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const again = published(connection, uri);
        times.push(
          await timed(async () => {
            await type("0", round % 2 === 1);
            await question();
          }),
        );
        await again;
      }
      return times;
    };
    const key = { line: place.line, character: text.split("\n")[place.line]?.indexOf("replicas") ?? 0 };
    const completion = await ask(() =>
      connection.sendRequest(CompletionRequest.type, { textDocument: document, position: key }),
    );
    const symbols = await ask(() =>
      connection.sendRequest(DocumentSymbolRequest.type, { textDocument: document }),
    );
    const memory = residentMemory(child);
    await spoil(connection, uri, text, version + 1, server.name);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    return { start, open, keystroke, keystrokeWork, completion, symbols, memory };
  } finally {
    connection.dispose();
    child.kill();
  }
}

/** Misspells a field at the top and expects the server to say so. */
async function spoil(
  connection: ProtocolConnection,
  uri: string,
  text: string,
  version: number,
  name: string,
): Promise<void> {
  const found = published(connection, uri);
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version },
    contentChanges: [{ text: text.replace("metadata:", "metdata:") }],
  });
  if ((await found).length === 0) {
    throw new Error(`${name} does not see a misspelled field.`);
  }
}

async function timed(task: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

/** The value that `share` of the numbers do not exceed: 0.5 for the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function published(connection: ProtocolConnection, uri: string): Promise<Diagnostic[]> {
  return new Promise((resolve) => {
    const listener = connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      if (params.uri === uri) {
        listener.dispose();
        resolve(params.diagnostics);
      }
    });
  });
}

/** Waits until the process has used no processor for a while: what it does of its own accord is done. */
async function idle(child: ChildProcess): Promise<void> {
  let last = processorTime(child);
  for (let quiet = 0; quiet < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = processorTime(child);
    quiet = now - last < 10 ? quiet + 1 : 0;
    last = now;
  }
}

/** What the process used of the processors until now, in milliseconds. */
function processorTime({ pid }: ChildProcess): number {
  if (process.platform === "linux") {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    // User and system time, in ticks of 10 ms.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }
  const time = execFileSync("ps", ["-o", "cputime=", "-p", String(pid)], { encoding: "utf8" });
  const parts = time.trim().split(":").map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
}

function residentMemory({ pid }: ChildProcess): number {
  if (process.platform === "linux") {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}
