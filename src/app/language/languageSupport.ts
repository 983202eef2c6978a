import * as vscode from "vscode";
import { describeError } from "../../shared/errors.ts";
import { loadLanguageClient } from "../chunks.ts";
import { LANGUAGES } from "../ids.ts";
import type { Log } from "../log.ts";
import type { Registries } from "../registries/registries.ts";
import type { LanguageService, LanguageServiceState } from "./client.ts";

const IDS: readonly string[] = Object.values(LANGUAGES);

/** Loads the language client with the first profile or cluster request, and shows its state in the status item. */
export class LanguageSupport implements vscode.Disposable {
  readonly #module: string;
  readonly #log: Log;
  readonly #registries: Registries;
  readonly #subscriptions: vscode.Disposable[] = [];
  #service: Promise<LanguageService> | undefined;
  #status: vscode.LanguageStatusItem | undefined;

  constructor(extensionPath: vscode.Uri, log: Log, registries: Registries) {
    this.#module = vscode.Uri.joinPath(extensionPath, "dist", "server.cjs").fsPath;
    this.#log = log;
    this.#registries = registries;
    this.#subscriptions.push(vscode.workspace.onDidOpenTextDocument((document) => this.#consider(document)));
    for (const document of vscode.workspace.textDocuments) {
      this.#consider(document);
    }
  }

  /** Starts the server anew, or for the first time. */
  async restart(): Promise<void> {
    const running = await this.#service?.catch(() => undefined);
    if (running === undefined) {
      this.#service = undefined;
      await this.#start();
    } else {
      await running.restart();
    }
  }

  /** Ends the server and waits for it. */
  async stop(): Promise<void> {
    const running = await this.#service?.catch(() => undefined);
    await running?.stop();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#status?.dispose();
  }

  #consider(document: vscode.TextDocument): void {
    if (this.#service === undefined && IDS.includes(document.languageId)) {
      void this.#start();
    }
  }

  async #start(): Promise<void> {
    this.#show("starting");
    this.#service = loadLanguageClient().then((room) =>
      room.startLanguageClient(this.#module, this.#log.channel, this.#registries),
    );
    void this.#registries.start();
    try {
      const service = await this.#service;
      this.#subscriptions.push(service.onDidChangeState((state) => this.#show(state)));
      this.#show("running");
    } catch (error) {
      this.#log.error(`The language server did not start: ${describeError(error)}`);
      this.#show("stopped");
    }
  }

  #show(state: LanguageServiceState): void {
    this.#status ??= vscode.languages.createLanguageStatusItem(
      "palette.language",
      IDS.map((language) => ({ language })),
    );
    const item = this.#status;
    item.name = "Palette";
    item.busy = state === "starting";
    item.severity =
      state === "stopped" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = {
      starting: "Palette: checking starts",
      running: "Palette: checked while you type",
      stopped: "Palette: checking has stopped",
    }[state];
    item.command =
      state === "stopped"
        ? { command: "palette.restartLanguageServer", title: "Restart Language Server" }
        : { command: "palette.showLog", title: "Show Log" };
  }
}
