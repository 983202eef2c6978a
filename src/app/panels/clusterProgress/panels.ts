import * as vscode from "vscode";
import type { ClusterRef } from "../../../kube/index.ts";
import type { ClusterStatus } from "../../../status/model.ts";
import type { Connection } from "../../connection/connection.ts";
import type { FleetWatch } from "../../connection/fleetWatch.ts";
import { PANELS } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { VirtualDocuments } from "../../virtualDocuments.ts";
import { Creations } from "./creations.ts";
import { ClusterProgressPanel, isOf, type ProgressKept } from "./panel.ts";

/** What a panel works with. */
export interface ProgressParts {
  readonly extension: vscode.Uri;
  /** Version of this extension. */
  readonly version: string;
  readonly connection: Connection;
  readonly fleet: FleetWatch;
  readonly documents: VirtualDocuments;
  readonly log: Log;
  seen(ref: ClusterRef, status: ClusterStatus): void;
}

/** The panels of clusters, one for each; they come back with the window. */
export class ClusterProgressPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #parts: ProgressParts;
  readonly #panels = new Set<ClusterProgressPanel>();
  readonly #creations: Creations;
  readonly #registration: vscode.Disposable;

  constructor(parts: Omit<ProgressParts, "seen">) {
    this.#creations = new Creations(
      parts.fleet,
      (ref) => this.#find(ref)?.isVisible === true,
      (ref) => this.open(ref),
    );
    this.#parts = { ...parts, seen: (ref, status) => this.#creations.seen(ref, status) };
    this.#registration = vscode.window.registerWebviewPanelSerializer(PANELS.clusterProgress, this);
  }

  /** Shows the panel of a cluster of the connected management cluster. */
  open({ namespace, name }: ClusterRef): void {
    const found = this.#find({ namespace, name });
    if (found !== undefined) {
      found.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      PANELS.clusterProgress,
      `Cluster: ${name}`,
      vscode.ViewColumn.Active,
    );
    const { choice } = this.#parts.connection;
    this.#adopt(panel, { namespace, name, context: choice?.context, path: choice?.path });
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = readKept(state);
    if (kept === undefined) {
      panel.dispose();
      return;
    }
    this.#adopt(panel, kept);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#creations.dispose();
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  #adopt(webview: vscode.WebviewPanel, kept: ProgressKept): void {
    const panel = new ClusterProgressPanel(webview, kept, this.#parts);
    this.#panels.add(panel);
    webview.onDidDispose(() => {
      this.#panels.delete(panel);
      panel.dispose();
    });
  }

  #find({ namespace, name }: ClusterRef): ClusterProgressPanel | undefined {
    const { choice } = this.#parts.connection;
    return [...this.#panels].find(
      ({ kept }) => kept.name === name && kept.namespace === namespace && isOf(kept, choice),
    );
  }
}

/** What a page had kept, where it is what we gave it. */
function readKept(state: unknown): ProgressKept | undefined {
  if (typeof state !== "object" || state === null) {
    return undefined;
  }
  const { namespace, name, context, path } = state as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return typeof namespace === "string" && typeof name === "string"
    ? { namespace, name, context: text(context), path: text(path) }
    : undefined;
}
