import * as vscode from "vscode";
import type { KeptForm } from "../../../shared/createCluster.ts";
import { PANELS } from "../../ids.ts";
import { LayerValues } from "./layerValues.ts";
import { CreateClusterPanel } from "./panel.ts";
import { RequestText } from "./requestText.ts";
import { loadRooms } from "./rooms.ts";
import type { FormApp } from "./session.ts";

/** What a form begins with before a profile is chosen. */
export const EMPTY = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: ""
  namespace: default
spec:
  profiles: []
  machinePools: []
`;

/** All forms of *Create Cluster*. */
export class CreateForms implements vscode.Disposable {
  readonly #panels = new Set<CreateClusterPanel>();
  readonly #layerValues = new LayerValues();
  readonly #app: FormApp;

  constructor(app: FormApp) {
    this.#app = app;
  }

  /** Opens a new form, with a profile chosen where one is given. */
  async open(choice?: string): Promise<void> {
    const panel = await this.#make(this.#newPanel(), new RequestText(EMPTY));
    if (choice !== undefined) {
      await panel.choose(choice);
    }
  }

  /** Opens the form on a request file, or shows the one that is open on it. */
  async openFile(uri: vscode.Uri): Promise<void> {
    const open = [...this.#panels].find((panel) => panel.uri?.toString() === uri.toString());
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    await this.#make(this.#newPanel(), new RequestText(document.getText(), document));
  }

  /** Takes a form that VS Code brings back after a reload or a restart of the window. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { uri, text } = isKept(state) ? state : { uri: null, text: EMPTY };
    const document = uri === null ? undefined : await openAgain(vscode.Uri.parse(uri, true));
    await this.#make(panel, new RequestText(document?.getText() ?? text, document));
  }

  dispose(): void {
    this.#layerValues.dispose();
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  #newPanel(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(PANELS.createCluster, "Create Cluster", vscode.ViewColumn.Active);
  }

  async #make(webview: vscode.WebviewPanel, text: RequestText): Promise<CreateClusterPanel> {
    const rooms = await loadRooms();
    const panel = new CreateClusterPanel(this.#app, webview, rooms, text, this.#layerValues);
    this.#panels.add(panel);
    webview.onDidDispose(() => {
      this.#panels.delete(panel);
      panel.dispose();
    });
    return panel;
  }
}

/** The document as it was, if it still is: an untitled one comes back by itself, or is gone. */
async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined || uri.scheme === "untitled") {
    return open;
  }
  return Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
}

function isKept(state: unknown): state is KeptForm {
  return (
    typeof state === "object" &&
    state !== null &&
    "uri" in state &&
    "text" in state &&
    typeof state.text === "string" &&
    (state.uri === null || typeof state.uri === "string")
  );
}
