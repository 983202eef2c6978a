import * as vscode from "vscode";
import { loadActions } from "../../chunks.ts";
import { PANELS } from "../../ids.ts";
import { Lazy } from "../../lazy.ts";
import type { CreateForms } from "./forms.ts";
import type { FormApp } from "./session.ts";

/** The way to the forms of *Create Cluster*, which are loaded with the first. */
export class CreateClusterPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  readonly #forms: Lazy<CreateForms>;

  constructor(app: FormApp) {
    this.#forms = new Lazy(async () => new (await loadActions()).CreateForms(app));
    this.#registration = vscode.window.registerWebviewPanelSerializer(PANELS.createCluster, this);
  }

  /** Opens a new form, with a profile chosen where one is given. */
  async open(choice?: string): Promise<void> {
    await (await this.#forms.get()).open(choice);
  }

  /** Opens the form on a request file, or shows the one that is open on it. */
  async openFile(uri: vscode.Uri): Promise<void> {
    await (await this.#forms.get()).openFile(uri);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#forms.get()).restore(panel, state);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#forms.dispose();
  }
}
