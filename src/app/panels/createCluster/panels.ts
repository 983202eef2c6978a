import * as vscode from "vscode";
import { loadActions } from "../../chunks.ts";
import { PANELS } from "../../ids.ts";
import type { CreateForms } from "./forms.ts";
import type { FormApp } from "./session.ts";

/** The way to the forms of *Create Cluster*, which are loaded with the first. */
export class CreateClusterPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #app: FormApp;
  readonly #registration: vscode.Disposable;
  #forms: Promise<CreateForms> | undefined;

  constructor(app: FormApp) {
    this.#app = app;
    this.#registration = vscode.window.registerWebviewPanelSerializer(PANELS.createCluster, this);
  }

  /** Opens a new form, with a profile chosen where one is given. */
  async open(choice?: string): Promise<void> {
    await (await this.#load()).open(choice);
  }

  /** Opens the form on a request file, or shows the one that is open on it. */
  async openFile(uri: vscode.Uri): Promise<void> {
    await (await this.#load()).openFile(uri);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#load()).restore(panel, state);
  }

  dispose(): void {
    this.#registration.dispose();
    void this.#forms?.then((forms) => forms.dispose());
  }

  #load(): Promise<CreateForms> {
    this.#forms ??= loadActions().then(({ CreateForms }) => new CreateForms(this.#app));
    return this.#forms;
  }
}
