import type * as vscode from "vscode";
import type { ClusterRef, ManagementCluster } from "../../../kube/index.ts";
import { isPaletteError } from "../../../shared/errors.ts";
import type { ClusterDetail } from "../../../status/progress.ts";
import { loadKube } from "../../chunks.ts";
import type { Connection } from "../../connection/connection.ts";
import type { FleetWatch } from "../../connection/fleetWatch.ts";

/** What is known of the cluster of a panel. */
export type Followed =
  /** Nothing was heard yet. */
  | { readonly kind: "waiting" }
  | { readonly kind: "seen"; readonly detail: ClusterDetail }
  /** There is no such cluster; `before` where there was one. */
  | { readonly kind: "absent"; readonly before: ClusterDetail | undefined }
  /** Nothing was ever heard, and here is why. */
  | { readonly kind: "unreachable"; readonly error: unknown };

/**
 * Follows one cluster through the connection that all share: over lost connections, and over new ones to the same
 * management cluster. What was seen stays, marked as stale.
 */
export class Following implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #ref: ClusterRef;
  readonly #isThere: () => boolean;
  readonly #onChange: () => void;
  readonly #subscriptions: vscode.Disposable[];
  #watch: { readonly cluster: ManagementCluster; dispose(): void } | undefined;
  #state: Followed = { kind: "waiting" };
  #disposed = false;

  /** @param isThere whether the cluster is on the management cluster that is chosen: another may have one of its name */
  constructor(
    connection: Connection,
    fleet: FleetWatch,
    ref: ClusterRef,
    isThere: () => boolean,
    onChange: () => void,
  ) {
    this.#connection = connection;
    this.#isThere = isThere;
    this.#ref = ref;
    this.#onChange = onChange;
    this.#subscriptions = [
      connection.onDidChange(() => void this.#look()),
      // Whoever holds the fleet has the connection made, and made again when it is lost.
      fleet.hold(),
    ];
    void this.#look();
  }

  get state(): Followed {
    return this.#state;
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  async #look(): Promise<void> {
    const { state } = this.#connection;
    if (state.kind === "unreachable" && this.#isThere()) {
      this.#lose(state.error);
    }
    const cluster = state.kind === "connected" && this.#isThere() ? state.cluster : undefined;
    if (this.#watch?.cluster !== cluster) {
      // Nobody else ends it: a client that is replaced is only let go.
      this.#watch?.dispose();
      this.#watch = undefined;
      this.#onChange();
    }
    if (cluster === undefined || this.#watch !== undefined) {
      return;
    }
    // Taken before the chunk is loaded, so that a second call does not begin a second watch.
    const mine = { cluster, dispose: () => {} };
    this.#watch = mine;
    const { watchCluster } = await loadKube();
    if (this.#disposed || this.#watch !== mine) {
      return;
    }
    this.#watch = {
      cluster,
      dispose: watchCluster(cluster, this.#ref, (detail) => this.#saw(detail)).dispose,
    };
  }

  #saw(detail: ClusterDetail | undefined): void {
    const before = this.#state.kind === "seen" ? this.#state.detail : undefined;
    if (detail !== undefined) {
      this.#state = { kind: "seen", detail };
    } else if (this.#state.kind !== "absent") {
      this.#state = { kind: "absent", before };
    }
    this.#onChange();
  }

  #lose(error: unknown): void {
    if (isPaletteError(error, "Cancelled")) {
      return;
    }
    if (this.#state.kind === "seen") {
      const { detail } = this.#state;
      const since = detail.stale?.since ?? new Date().toISOString();
      this.#state = { kind: "seen", detail: { ...detail, stale: { ...detail.stale, since } } };
    } else if (this.#state.kind === "waiting") {
      this.#state = { kind: "unreachable", error };
    }
    this.#onChange();
  }
}
