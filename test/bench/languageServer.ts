import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
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

/** A language server to measure: how to start it, and what it wants to be told. */
export interface ServerUnderTest {
  readonly name: string;
  readonly program: string;
  readonly languageId: string;
  /** The answer to every question about the section `yaml` of the settings. */
  readonly settings: object;
}

export interface Measured {
  /** From starting the process to the first diagnostics of the document. */
  readonly firstDiagnostics: number;
  /** From a change to the diagnostics of the changed text, the server's own delay included, in the median. */
  readonly afterChange: number;
  /** Resident memory of the process at the end, in bytes. */
  readonly memory: number;
}

/** Starts the server, opens `text`, changes it some times, and stops the server. Takes milliseconds. */
export async function measure(server: ServerUnderTest, uri: string, text: string): Promise<Measured> {
  const started = performance.now();
  const child = spawn(node, [server.program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
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
        textDocument: { publishDiagnostics: { versionSupport: true } },
      },
    });
    await connection.sendNotification(InitializedNotification.type, {});
    const first = published(connection, uri);
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: server.languageId, version: 1, text },
    });
    await first;
    const firstDiagnostics = performance.now() - started;
    const changes: number[] = [];
    for (let version = 2; version <= 12; version += 1) {
      const again = published(connection, uri);
      const changed = performance.now();
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text: `${text}# change ${version}\n` }],
      });
      await again;
      changes.push(performance.now() - changed);
    }
    const memory = residentMemory(child);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    return { firstDiagnostics, afterChange: median(changes), memory };
  } finally {
    connection.dispose();
    child.kill();
  }
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function published(connection: ProtocolConnection, uri: string): Promise<void> {
  return new Promise((resolve) => {
    const listener = connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      if (params.uri === uri) {
        listener.dispose();
        resolve();
      }
    });
  });
}

function residentMemory({ pid }: ChildProcess): number {
  if (process.platform === "linux") {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}
