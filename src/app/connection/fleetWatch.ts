import * as vscode from "vscode";
import type { Fleet, ManagementCluster } from "../../kube/index.ts";
import { describeError } from "../../shared/errors.ts";
import type { ClusterStatus } from "../../status/model.ts";
import { loadKube } from "../chunks.ts";
import type { ContextKeys } from "../contextKeys.ts";
import { isCancelled } from "../errors.ts";
import { CONTEXT } from "../ids.ts";
import type { Log } from "../log.ts";
import { type Connection, isTransient } from "./connection.ts";

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 60_000;
/** How long a watch may be cut off before the connection is made anew. */
const REDIAL_AFTER_MS = 20_000;
/** The context that the local management cluster always has. */
const LOCAL_CONTEXT = "palette-sandbox";
/** How long a new cluster may take to show up in the watch. */
const SEEN_WITHIN_MS = 5_000;

/**
 * The live fleet of the connected management cluster. It watches while somebody holds it (a visible view, a
 * running command) and keeps the last fleet it saw when nobody does.
 */
export class FleetWatch implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #keys: ContextKeys;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: vscode.Disposable;
  #holders = 0;
  #watch: { readonly cluster: ManagementCluster; dispose(): void } | undefined;
  #starting = false;
  #retry: NodeJS.Timeout | undefined;
  #redial: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #fleet: Fleet | undefined;

  constructor(connection: Connection, keys: ContextKeys, log: Log) {
    this.#connection = connection;
    this.#keys = keys;
    this.#log = log;
    const following = connection.onDidChange((state) => {
      if (
        this.#watch !== undefined &&
        (state.kind !== "connected" || state.cluster !== this.#watch.cluster)
      ) {
        this.#stop();
      }
      if (
        state.kind === "none" ||
        (state.kind === "connecting" && this.#fleetOf !== state.choice.context + state.choice.path)
      ) {
        this.#fleet = undefined;
      }
      if (state.kind === "connected" || state.kind === "idle") {
        void this.#start();
      }
      this.#publish();
    });
    // The local management cluster may be used from then on.
    const trusting = vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#start());
    this.#subscription = vscode.Disposable.from(following, trusting);
    this.#publish();
  }

  #fleetOf: string | undefined;

  /** What was seen last; `undefined` before the first answer. */
  get fleet(): Fleet | undefined {
    return this.#fleet;
  }

  /** Keeps the watch running until the result is disposed. */
  hold(): vscode.Disposable {
    this.#holders += 1;
    void this.#start();
    return new vscode.Disposable(() => {
      this.#holders -= 1;
      if (this.#holders === 0) {
        this.#stop();
      }
    });
  }

  /** Gives the fleet, waiting for the first answer; `undefined` where there is none to be had. */
  first(): Promise<Fleet | undefined> {
    return this.#until((fleet) => fleet);
  }

  /** Gives a cluster as soon as the watch sees it; `undefined` where that is too long in coming. */
  async seen(ref: { readonly namespace: string; readonly name: string }): Promise<ClusterStatus | undefined> {
    const tooLong = Date.now() + SEEN_WITHIN_MS;
    const timer = setTimeout(() => this.#changed.fire(), SEEN_WITHIN_MS);
    const found = await this.#until(
      (fleet) =>
        fleet.clusters.find(({ name, namespace }) => name === ref.name && namespace === ref.namespace) ??
        (Date.now() >= tooLong ? "late" : undefined),
    );
    clearTimeout(timer);
    return found === "late" ? undefined : found;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#holders = 0;
    this.#stop();
    this.#changed.dispose();
  }

  async #until<T>(pick: (fleet: Fleet) => T | undefined): Promise<T | undefined> {
    const hold = this.hold();
    try {
      for (;;) {
        const picked = this.#fleet === undefined ? undefined : pick(this.#fleet);
        if (picked !== undefined || !this.#mayArrive()) {
          return picked;
        }
        await new Promise<void>((resolve) => {
          const once = this.onDidChange(() => {
            once.dispose();
            resolve();
          });
        });
      }
    } finally {
      hold.dispose();
    }
  }

  #mayArrive(): boolean {
    const { kind } = this.#connection.state;
    return kind !== "none" && kind !== "unreachable";
  }

  async #start(): Promise<void> {
    if (this.#holders === 0 || this.#watch !== undefined || this.#starting) {
      return;
    }
    this.#starting = true;
    clearTimeout(this.#retry);
    let wasLeft = false;
    try {
      if (this.#connection.state.kind === "none") {
        await this.#adoptLocal();
      }
      if (this.#connection.state.kind === "none") {
        return;
      }
      const cluster = await this.#connection.get(false);
      const kube = await loadKube();
      this.#retryMs = FIRST_RETRY_MS;
      const { state } = this.#connection;
      if (
        this.#holders > 0 &&
        this.#watch === undefined &&
        state.kind === "connected" &&
        state.cluster === cluster
      ) {
        this.#fleetOf = state.choice.context + state.choice.path;
        this.#watch = { cluster, dispose: kube.watchFleet(cluster, (fleet) => this.#saw(fleet)).dispose };
      } else {
        wasLeft = true;
      }
    } catch (error) {
      wasLeft = isCancelled(error);
      if (!wasLeft) {
        this.#log.warn(describeError(error));
      }
      if (isTransient(error) && this.#holders > 0) {
        this.#retry = setTimeout(() => void this.#start(), this.#retryMs);
        this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
      }
    } finally {
      this.#starting = false;
    }
    // Another connection may have been made before this one was given up; nobody says so a second time.
    if (wasLeft && this.#connection.state.kind === "connected") {
      void this.#start();
    }
  }

  async #adoptLocal(): Promise<void> {
    const starting = await this.#connection.adoptLocal();
    if (starting && this.#holders > 0) {
      this.#retry = setTimeout(() => void this.#start(), FIRST_RETRY_MS);
    }
  }

  #saw(fleet: Fleet): void {
    if (this.#watch === undefined) {
      return;
    }
    this.#fleet = fleet;
    this.#keys.set(
      CONTEXT.hasAvailableCluster,
      fleet.clusters.some(
        ({ available, deleting, imported, virtual }) =>
          available && !deleting && imported === undefined && virtual === undefined,
      ),
    );
    this.#keys.set(
      CONTEXT.hasImportedCluster,
      fleet.clusters.some((cluster) => cluster.available && cluster.imported !== undefined),
    );
    this.#keys.set(
      CONTEXT.hasVirtualCluster,
      fleet.clusters.some((cluster) => cluster.available && cluster.virtual !== undefined),
    );
    if (fleet.connection.state !== "stale") {
      clearTimeout(this.#redial);
      this.#redial = undefined;
    } else {
      // It may have come back under another address or with other credentials: its kubeconfig knows.
      this.#redial ??= setTimeout(() => {
        this.#redial = undefined;
        this.#connection.reset();
      }, REDIAL_AFTER_MS);
    }
    this.#publish();
  }

  /** Sets what welcome views and menus ask for, and tells those who show the fleet. */
  #publish(): void {
    const { kind } = this.#connection.state;
    const cutOff =
      kind === "unreachable" || (kind === "connected" && this.#fleet?.connection.state === "stale");
    const local = this.#connection.choice?.context === LOCAL_CONTEXT;
    this.#keys.set(
      CONTEXT.managementCluster,
      cutOff ? (local ? "localUnreachable" : "unreachable") : kind === "idle" ? "connecting" : kind,
    );
    this.#changed.fire();
  }

  #stop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#redial);
    this.#redial = undefined;
    this.#watch?.dispose();
    this.#watch = undefined;
  }
}
