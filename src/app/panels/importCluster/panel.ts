import * as vscode from "vscode";
import {
  IMPORT_TO_HOST,
  type ImportAction,
  type ImportToHost,
  type ImportToView,
} from "../../../shared/importCluster.ts";
import { dispatch, readMessage } from "../../../shared/messages.ts";
import { showError } from "../../errors.ts";
import { PANELS } from "../../ids.ts";
import { browseKubeconfig } from "../../imports/places.ts";
import { sidesOf } from "../../imports/wishes.ts";
import type { Log } from "../../log.ts";
import { objectsText } from "../../objectsText.ts";
import type { VirtualDocuments } from "../../virtualDocuments.ts";
import { loadPage } from "../webviewPage.ts";
import { formOf } from "./form.ts";
import { type ImportParts, ImportSession } from "./session.ts";

export interface PanelParts extends ImportParts {
  readonly log: Log;
  readonly documents: VirtualDocuments;
}

/** The panel of *Import Cluster*, of which there is one. */
export class ImportPanel implements vscode.Disposable {
  readonly #parts: PanelParts;
  #open: { readonly panel: vscode.WebviewPanel; readonly session: ImportSession } | undefined;
  #shown: NodeJS.Immediate | undefined;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  /** Shows the panel. Throws where no management cluster is connected. */
  async show(): Promise<void> {
    if (this.#reveal()) {
      return;
    }
    await this.#parts.connection.get();
    // While it was being connected, the command may have run again.
    if (!this.#reveal()) {
      this.#adopt(
        vscode.window.createWebviewPanel(PANELS.importCluster, "Import Cluster", vscode.ViewColumn.Active),
      );
    }
  }

  /** Takes the panel that VS Code brings back with the window; a tab in the background comes when there may be another. */
  restore(panel: vscode.WebviewPanel): void {
    if (this.#reveal()) {
      panel.dispose();
    } else {
      this.#adopt(panel);
    }
  }

  dispose(): void {
    clearImmediate(this.#shown);
    this.#open?.session.dispose();
  }

  /** Shows the panel where it is open, and gives whether it is. */
  #reveal(): boolean {
    this.#open?.panel.reveal();
    return this.#open !== undefined;
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const session = new ImportSession(this.#parts, () => this.#draw());
    this.#open = { panel, session };
    const following = this.#parts.connection.onDidChange((state) => this.#run(session.follow(state)));
    panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value, session));
    panel.onDidDispose(() => {
      following.dispose();
      session.dispose();
      this.#open = undefined;
    });
    loadPage(panel.webview, this.#parts.context.extensionUri, "importCluster", "Import Cluster");
  }

  #receive(value: unknown, session: ImportSession): void {
    const message = readMessage<ImportToHost>(IMPORT_TO_HOST, value);
    if (message === undefined) {
      this.#parts.log.warn("The import panel sent a message that is not understood.");
      return;
    }
    dispatch(message, {
      ready: () => this.#run(session.load()),
      edit: ({ field, value: text }) => this.#run(session.edit(field, text)),
      choose: ({ id, on }) => this.#run(session.choose(id, on)),
      rename: ({ id, name }) => session.rename(id, name),
      act: ({ action }) => this.#run(this.#act(action, session)),
    });
  }

  #run(work: Promise<unknown>): void {
    void work.catch((error: unknown) => showError(error, this.#parts.log));
  }

  /** Draws once for all that changes at the same time. */
  #draw(): void {
    this.#shown ??= setImmediate(() => {
      this.#shown = undefined;
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#open === undefined) {
      return;
    }
    const { panel, session } = this.#open;
    const [first] = session.chosen;
    const choice = first === undefined ? undefined : await session.choiceOf(first);
    const message: ImportToView = { type: "show", form: formOf(session, choice) };
    await panel.webview.postMessage(message);
  }

  async #act(action: ImportAction, session: ImportSession): Promise<void> {
    const [first] = session.chosen;
    switch (action) {
      case "addKubeconfig":
        await session.load(await browseKubeconfig());
        return;
      case "several":
      case "one":
        session.allowSeveral(action === "several");
        return;
      case "allow":
        await session.check(
          true,
          session.chosen.filter(({ asks }) => asks),
        );
        return;
      case "check":
        await session.check(false);
        return;
      case "import":
        await session.import();
        return;
      case "stop":
        session.stop();
        return;
      case "again":
        for (const item of session.items) {
          item.chosen = false;
        }
        this.#draw();
        return;
      case "openYaml":
      case "copyManifest": {
        const choice = first === undefined ? undefined : await session.choiceOf(first);
        if (choice === undefined) {
          return;
        }
        const { imported, management } = sidesOf(choice);
        if (action === "copyManifest") {
          await vscode.env.clipboard.writeText(await objectsText(imported, []));
          return;
        }
        await this.#parts.documents.show(
          `${choice.namespace}/${choice.name}.import.yaml`,
          await objectsText(
            [...imported, ...management],
            [`What Import Cluster writes for ${choice.name}, on it and on ${session.managementName}.`],
          ),
          { beside: true },
        );
        return;
      }
      case "createProfile":
        if (first !== undefined) {
          const { path, context } = first.place;
          await vscode.commands.executeCommand("palette.createProfileFromCluster", { path, context });
        }
        return;
      case "showClusters":
        await vscode.commands.executeCommand("palette.clusters.focus");
        return;
      case "changeManagementCluster":
        await vscode.commands.executeCommand("palette.connectManagementCluster");
        return;
    }
  }
}
