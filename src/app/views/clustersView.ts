import * as vscode from "vscode";
import { describeError } from "../../shared/errors.ts";
import type { ClusterStatus } from "../../status/model.ts";
import type { Connection } from "../connection/connection.ts";
import type { FleetWatch } from "../connection/fleetWatch.ts";
import { isCancelled } from "../errors.ts";
import { VIEWS } from "../ids.ts";
import {
  type ClusterNode,
  childNodes,
  clusterNodes,
  clusterRow,
  keyOf,
  parentNode,
  type RowsView,
} from "./clusterNodes.ts";
import { holdWhileVisible } from "./holdWhileVisible.ts";
import { treeItem } from "./treeItem.ts";

/** Where more clusters than this deviate, none is unfolded by itself. */
const MOST_UNFOLDED = 10;

/** The row of a cluster, which stays the same object while the cluster changes: VS Code knows it by that. */
type Root = { readonly kind: "cluster"; cluster: ClusterStatus; virtual: readonly ClusterStatus[] };

/** The *Clusters* tree: cluster, steps, pools, machines; live while visible, stale but readable when cut off. */
export class ClustersView implements vscode.TreeDataProvider<ClusterNode>, vscode.Disposable {
  readonly #connection: Connection;
  readonly #fleet: FleetWatch;
  readonly #view: vscode.TreeView<ClusterNode>;
  readonly #changed = new vscode.EventEmitter<ClusterNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  /** Whether the clusters are of several namespaces. */
  #namespaced = false;
  /** The rows of the clusters as last shown, in order. */
  #roots: readonly Root[] = [];
  /** What all rows are shown with. */
  #rows: RowsView = { stale: false, namespaced: false };
  /** Broken clusters as last shown, by row id, to unfold those that turn bad. */
  #troubled = new Set<string>();

  constructor(connection: Connection, fleet: FleetWatch) {
    this.#connection = connection;
    this.#fleet = fleet;
    this.#view = vscode.window.createTreeView(VIEWS.clusters, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      fleet.onDidChange(() => this.#update()),
      connection.onDidChange(() => this.#update()),
    ];
    this.#subscriptions.push(holdWhileVisible(this.#view, fleet));
    this.#update();
  }

  getChildren(node?: ClusterNode): ClusterNode[] | Promise<ClusterNode[]> {
    if (node !== undefined) {
      return childNodes(node);
    }
    // What is known is given at once: only the first look shows that it loads.
    const known = this.#fleet.fleet;
    return known === undefined
      ? this.#fleet.first().then((fleet) => [...this.#renew(fleet?.clusters ?? [])])
      : [...this.#renew(known.clusters)];
  }

  getTreeItem(node: ClusterNode): vscode.TreeItem {
    return treeItem(clusterRow(node, this.#rows));
  }

  getParent(node: ClusterNode): ClusterNode | undefined {
    return parentNode(node, this.#roots);
  }

  /** Opens the view and selects a cluster as soon as the watch has seen it. */
  async reveal(ref: { readonly namespace: string; readonly name: string }): Promise<void> {
    await vscode.commands.executeCommand(`${VIEWS.clusters}.focus`);
    const found = await this.#fleet.seen(ref);
    if (found !== undefined) {
      await this.#view.reveal(this.#nodeOf(found), { select: true, focus: false, expand: true });
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  get #stale(): boolean {
    const { kind } = this.#connection.state;
    return kind === "unreachable" || this.#fleet.fleet?.connection.state === "stale";
  }

  #update(): void {
    const [first, ...others] = this.#fleet.fleet?.clusters ?? [];
    this.#namespaced = others.some(({ namespace }) => namespace !== first?.namespace);
    const { state } = this.#connection;
    const { namespace } = this.#fleet.fleet?.connection ?? {};
    const only = namespace === undefined ? "" : `, namespace ${namespace} only`;
    this.#view.description =
      state.kind === "none" ? "" : `${state.choice.context}${only}${this.#stale ? ", no connection" : ""}`;
    this.#view.message = this.#message() ?? "";
    this.#refresh();
    void this.#unfoldTrouble();
  }

  /** Has VS Code draw anew what changed: the rows of the clusters that did, or all where rows come or go. */
  #refresh(): void {
    const clusters = this.#fleet.fleet?.clusters ?? [];
    const folded = clusters.filter(({ health }) => health !== "good").length > MOST_UNFOLDED;
    const rows = { stale: this.#stale, namespaced: this.#namespaced, folded };
    const sameRows = JSON.stringify(rows) === JSON.stringify(this.#rows);
    this.#rows = rows;
    const before = new Map(this.#roots.map((root) => [root, [root.cluster, ...root.virtual]]));
    const roots = this.#renew(clusters);
    if (!sameRows || roots.length !== before.size || roots.some((root) => !before.has(root))) {
      this.#changed.fire(undefined);
      return;
    }
    const changed = roots.filter((root) => {
      const known = before.get(root);
      const now = [root.cluster, ...root.virtual];
      return known?.length !== now.length || now.some((cluster, i) => cluster !== known[i]);
    });
    if (changed.length > 0) {
      this.#changed.fire(changed);
    }
  }

  #renew(clusters: readonly ClusterStatus[]): readonly Root[] {
    const known = new Map(this.#roots.map((root) => [keyOf(root.cluster), root]));
    this.#roots = clusterNodes(clusters).map((node) => {
      const root: Root = known.get(keyOf(node.cluster)) ?? { ...node };
      root.cluster = node.cluster;
      root.virtual = node.virtual;
      return root;
    });
    return this.#roots;
  }

  /** The row of a cluster: a top row, or one below its host. */
  #nodeOf(cluster: ClusterStatus): ClusterNode {
    const known = this.#roots.find((root) => keyOf(root.cluster) === keyOf(cluster));
    return known ?? { kind: "cluster", cluster, virtual: [] };
  }

  #message(): string | undefined {
    const { state } = this.#connection;
    if ((this.#fleet.fleet?.clusters.length ?? 0) === 0) {
      // VS Code shows either a message or the welcome view, and that one has the buttons.
      return undefined;
    }
    if (state.kind === "unreachable") {
      const cause = isCancelled(state.error) ? "Not connected." : describeError(state.error);
      return `${cause} This is the last known state.`;
    }
    const connection = this.#fleet.fleet?.connection;
    if (connection?.state !== "stale") {
      return undefined;
    }
    const since = connection.since === undefined ? "" : ` since ${clockTime(connection.since)}`;
    const next = connection.nextTry === undefined ? "" : ` Next try at ${clockTime(connection.nextTry)}.`;
    const where = state.kind === "none" ? "the management cluster" : state.choice.context;
    return `No connection to ${where}${since}. This is the last known state.${next}`;
  }

  /** Unfolds a cluster that turns bad while it is watched; what the user folded before stays folded. */
  async #unfoldTrouble(): Promise<void> {
    const troubled = (this.#fleet.fleet?.clusters ?? []).filter((cluster) => cluster.health === "bad");
    const before = this.#troubled;
    this.#troubled = new Set(troubled.map(keyOf));
    const fresh = troubled.filter((cluster) => !before.has(keyOf(cluster)));
    if (!this.#view.visible || fresh.length > MOST_UNFOLDED) {
      return;
    }
    for (const cluster of fresh) {
      await this.#view.reveal(this.#nodeOf(cluster), { select: false, focus: false, expand: true });
    }
  }
}

function clockTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? iso
    : time.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
}
