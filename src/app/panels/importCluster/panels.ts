import * as vscode from "vscode";
import { loadActions } from "../../chunks.ts";
import { PANELS } from "../../ids.ts";
import type { ImportPanel, PanelParts } from "./panel.ts";

/** The way to the panel of *Import Cluster*, which is loaded on first use and comes back with the window, empty. */
export class ImportClusterPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #registration: vscode.Disposable;
  #panel: Promise<ImportPanel> | undefined;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#registration = vscode.window.registerWebviewPanelSerializer(PANELS.importCluster, this);
  }

  /** Shows the panel. Throws where no management cluster is connected. */
  async show(): Promise<void> {
    await (await this.#load()).show();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    (await this.#load()).restore(panel);
  }

  dispose(): void {
    this.#registration.dispose();
    void this.#panel?.then((panel) => panel.dispose());
  }

  #load(): Promise<ImportPanel> {
    this.#panel ??= loadActions().then(({ ImportPanel }) => new ImportPanel(this.#parts));
    return this.#panel;
  }
}
