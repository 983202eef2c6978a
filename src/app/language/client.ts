import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind } from "vscode-languageclient/node";
import { REGISTRIES_NOTIFICATION } from "../../shared/notifications.ts";
import { isForeign } from "../foreign.ts";
import { LANGUAGES } from "../ids.ts";
import type { Registries } from "../registries/registries.ts";
import { YieldedFiles } from "./yieldedFiles.ts";

/** What the rest of the extension knows about the running client. */
export interface LanguageService {
  readonly onDidChangeState: vscode.Event<LanguageServiceState>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export type LanguageServiceState = "starting" | "running" | "stopped";

const STATES: Readonly<Record<State, LanguageServiceState>> = {
  [State.Starting]: "starting",
  [State.Running]: "running",
  [State.Stopped]: "stopped",
  [State.StartFailed]: "stopped",
};

/**
 * Starts the language server `module` for profiles and cluster requests, and tells it what is known of the user's
 * registries. Throws where it does not start.
 */
export async function startLanguageClient(
  module: string,
  log: vscode.LogOutputChannel,
  registries: Pick<Registries, "known" | "onDidChange">,
): Promise<LanguageService> {
  const changed = new vscode.EventEmitter<LanguageServiceState>();
  let restarts = 0;
  const yielded = new YieldedFiles(() => client.diagnostics);
  const client: LanguageClient = new LanguageClient(
    "palette",
    "Palette",
    {
      // Each change leaves garbage behind that is soon collected: room for more of it would only stay taken.
      run: { module, transport: TransportKind.ipc, options: { execArgv: ["--max-semi-space-size=2"] } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
    },
    {
      documentSelector: Object.values(LANGUAGES).map((language) => ({ language })),
      // Where the link behind the code of a diagnostic leads.
      initializationOptions: {
        rulePages: vscode.Uri.joinPath(vscode.Uri.file(module), "..", "..", "docs", "rules").toString(),
      },
      outputChannel: log,
      diagnosticCollectionName: "palette",
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => next(uri, [...yielded.take(uri, diagnostics)]),
        workspace: {
          // The server wants nothing of what package managers and git write, which can be very much at once.
          didChangeWatchedFile: async (event, next) => {
            if (!isForeign(event.uri)) {
              await next(event);
            }
          },
        },
      },
      // A server that dies is started again a few times, and then said in the status item, not in a toast.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => {
          restarts += 1;
          return restarts <= 4
            ? { action: CloseAction.Restart, handled: true }
            : { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
  const tell = (): void => {
    if (client.state === State.Running) {
      void client.sendNotification(REGISTRIES_NOTIFICATION, { registries: registries.known });
    }
  };
  const telling = registries.onDidChange(tell);
  client.onDidChangeState(({ newState }) => {
    changed.fire(STATES[newState]);
    // A server that starts again has forgotten it.
    if (newState === State.Running) {
      tell();
    }
  });
  await client.start();
  return {
    onDidChangeState: changed.event,
    async restart() {
      restarts = 0;
      await client.restart();
    },
    async stop() {
      changed.dispose();
      telling.dispose();
      yielded.dispose();
      await client.dispose();
    },
  };
}
