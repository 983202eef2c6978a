import * as vscode from "vscode";
import type { PublishedProfile } from "../../kube/index.ts";
import type { Connection } from "../connection/connection.ts";
import type { FleetWatch } from "../connection/fleetWatch.ts";
import { VIEWS } from "../ids.ts";
import { openCommand, workspacePath } from "../profiles/places.ts";
import type { ProfileFile, ProfileIndex } from "../profiles/profileIndex.ts";
import type { LayerSummary, TextPlace } from "../profiles/summary.ts";
import type { Row } from "./clusterNodes.ts";
import { holdWhileVisible } from "./holdWhileVisible.ts";
import {
  layerRow,
  missingLayerRow,
  profileFileRow,
  publishedGroupRow,
  publishedRow,
} from "./profileNodes.ts";
import { treeItem } from "./treeItem.ts";

export type ProfileNode =
  | { readonly kind: "file"; readonly file: ProfileFile }
  | {
      readonly kind: "layer";
      readonly file: ProfileFile;
      readonly index: number;
      readonly layer: LayerSummary;
    }
  | { readonly kind: "missing"; readonly file: ProfileFile; readonly layer: string }
  | { readonly kind: "group" }
  | { readonly kind: "published"; readonly profile: PublishedProfile };

/** The *Profiles* tree: the files of the workspace with their layers, and the published versions. */
export class ProfilesView implements vscode.TreeDataProvider<ProfileNode>, vscode.Disposable {
  readonly #index: ProfileIndex;
  readonly #fleet: FleetWatch;
  readonly #connection: Connection;
  readonly #view: vscode.TreeView<ProfileNode>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  #seen = "";

  constructor(index: ProfileIndex, connection: Connection, fleet: FleetWatch) {
    this.#index = index;
    this.#connection = connection;
    this.#fleet = fleet;
    this.#view = vscode.window.createTreeView(VIEWS.profiles, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      index.onDidChange(() => this.#changed.fire()),
      fleet.onDidChange(() => this.#updatePublished()),
    ];
    this.#subscriptions.push(holdWhileVisible(this.#view, fleet));
  }

  async getChildren(node?: ProfileNode): Promise<ProfileNode[]> {
    switch (node?.kind) {
      case undefined: {
        const files = (await this.#index.files()).map((file): ProfileNode => ({ kind: "file", file }));
        return this.#published.length > 0 ? [...files, { kind: "group" }] : files;
      }
      case "file": {
        const { file } = node;
        return [
          ...file.summary.layers.map((layer, index): ProfileNode => ({ kind: "layer", file, index, layer })),
          ...file.summary.missing.map((layer): ProfileNode => ({ kind: "missing", file, layer })),
        ];
      }
      case "group":
        return this.#published.map((profile) => ({ kind: "published", profile }));
      default:
        return [];
    }
  }

  getTreeItem(node: ProfileNode): vscode.TreeItem {
    switch (node.kind) {
      case "file": {
        const { uri, summary } = node.file;
        return opening(profileFileRow(uri.toString(), workspacePath(uri), summary), uri);
      }
      case "layer": {
        const { uri } = node.file;
        return opening(layerRow(uri.toString(), node.index, node.layer), uri, node.layer.place);
      }
      case "missing": {
        const { uri, summary } = node.file;
        return opening(missingLayerRow(uri.toString(), node.layer), uri, summary.errors[0]?.place);
      }
      case "group":
        return treeItem(publishedGroupRow(this.#connection.choice?.context ?? "", this.#published.length));
      case "published":
        return treeItem(publishedRow(node.profile));
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  get #published(): readonly PublishedProfile[] {
    return this.#fleet.fleet?.published ?? [];
  }

  /** Machines come and go far more often than versions: only those matter here. */
  #updatePublished(): void {
    const seen = this.#published
      .map(({ namespace, name, version }) => `${namespace}/${name}/${version}`)
      .join();
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#changed.fire();
    }
  }
}

function opening(row: Row, uri: vscode.Uri, place?: TextPlace): vscode.TreeItem {
  const item = treeItem(row);
  item.command = openCommand(uri, place);
  return item;
}
