import * as vscode from "vscode";
import type { ClusterRef } from "../../../kube/index.ts";
import { formatDuration } from "../../../shared/duration.ts";
import type { ClusterStatus } from "../../../status/model.ts";
import type { FleetWatch } from "../../connection/fleetWatch.ts";

/**
 * Follows clusters that are being created until they are done, each once, whether their panels are open or not; says
 * so in one notification where nobody looks at the panel.
 */
export class Creations implements vscode.Disposable {
  readonly #fleet: FleetWatch;
  readonly #isVisible: (ref: ClusterRef) => boolean;
  readonly #open: (ref: ClusterRef) => void;
  readonly #followed = new Map<string, { readonly ref: ClusterRef; readonly hold: vscode.Disposable }>();
  readonly #subscription: vscode.Disposable;

  constructor(fleet: FleetWatch, isVisible: (ref: ClusterRef) => boolean, open: (ref: ClusterRef) => void) {
    this.#fleet = fleet;
    this.#isVisible = isVisible;
    this.#open = open;
    this.#subscription = fleet.onDidChange(() => this.#look());
  }

  /** Takes a cluster as it was just seen; from then on it is followed if it is being created. */
  seen(ref: ClusterRef, status: ClusterStatus): void {
    const key = keyOf(ref);
    if (status.creating && !this.#followed.has(key)) {
      this.#followed.set(key, { ref, hold: this.#fleet.hold() });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const key of [...this.#followed.keys()]) {
      this.#leave(key);
    }
  }

  #look(): void {
    const { fleet } = this.#fleet;
    if (this.#followed.size === 0 || fleet === undefined || fleet.connection.state !== "live") {
      return;
    }
    const statuses = new Map(fleet.clusters.map((status) => [keyOf(status), status]));
    for (const [key, { ref }] of [...this.#followed]) {
      const status = statuses.get(key);
      if (status === undefined || !status.creating) {
        this.#leave(key);
        if (status?.available === true && !this.#isVisible(ref)) {
          void this.#tell(status);
        }
      }
    }
  }

  async #tell(status: ClusterStatus): Promise<void> {
    const done = status.steps.at(-1)?.until;
    const took =
      status.created === undefined || done === undefined
        ? ""
        : `, created in ${formatDuration((Date.parse(done) - Date.parse(status.created)) / 1000)}`;
    const show = "Show Cluster";
    const chosen = await vscode.window.showInformationMessage(
      `Cluster ${status.name} is running${took}`,
      show,
    );
    if (chosen === show) {
      this.#open(status);
    }
  }

  #leave(key: string): void {
    this.#followed.get(key)?.hold.dispose();
    this.#followed.delete(key);
  }
}

function keyOf({ namespace, name }: ClusterRef): string {
  return `${namespace}/${name}`;
}
