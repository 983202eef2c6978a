import * as vscode from "vscode";
import { loadActions } from "../../chunks.ts";
import { PANELS } from "../../ids.ts";
import { Lazy } from "../../lazy.ts";
import type { ImportPanel, PanelParts } from "./panel.ts";

/** The way to the panel of *Import Cluster*, which is loaded on first use and comes back with the window, empty. */
export class ImportClusterPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  readonly #panel: Lazy<ImportPanel>;

  constructor(parts: PanelParts) {
    this.#panel = new Lazy(async () => new (await loadActions()).ImportPanel(parts));
    this.#registration = vscode.window.registerWebviewPanelSerializer(PANELS.importCluster, this);
  }

  /** Shows the panel. Throws where no management cluster is connected. */
  async show(): Promise<void> {
    await (await this.#panel.get()).show();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    (await this.#panel.get()).restore(panel);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#panel.dispose();
  }
}
