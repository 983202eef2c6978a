import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import type { ContextKeys } from "../contextKeys.ts";
import { isCancelled, RemediableError } from "../errors.ts";
import { CONTEXT } from "../ids.ts";
import type { Log } from "../log.ts";
import { allowExec, assertTrusted } from "./consent.ts";
import { findLocalPlane } from "./localPlane.ts";

/** A management cluster as it is remembered: where to find it, never how to get in. */
export interface ClusterChoice {
  readonly path: string;
  readonly context: string;
}

export type ConnectionState =
  | { readonly kind: "none" }
  /** Remembered, and not tried yet. */
  | { readonly kind: "idle"; readonly choice: ClusterChoice }
  | { readonly kind: "connecting"; readonly choice: ClusterChoice }
  | { readonly kind: "connected"; readonly choice: ClusterChoice; readonly cluster: ManagementCluster }
  | { readonly kind: "unreachable"; readonly choice: ClusterChoice; readonly error: unknown };

const MEMENTO = "palette.managementCluster";
/** Set where the user disconnected: nothing is connected to then without a word. */
const LEFT_MEMENTO = "palette.managementClusterLeft";

/**
 * Owns the one connection to a management cluster: lazily made, shared by all, remembered by path and context. A client
 * that another one takes the place of is let go, not closed: who works with it comes to an end, undoing included.
 */
export class Connection implements vscode.Disposable {
  readonly #workspaceState: vscode.Memento;
  readonly #globalState: vscode.Memento;
  readonly #keys: ContextKeys;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<ConnectionState>();
  readonly onDidChange = this.#changed.event;
  #state: ConnectionState;
  #pending: Promise<ManagementCluster> | undefined;
  /** Aborted with the next choice: nobody waits for an answer to this one any more. */
  #turn = new AbortController();

  constructor(context: vscode.ExtensionContext, keys: ContextKeys, log: Log) {
    this.#workspaceState = context.workspaceState;
    this.#globalState = context.globalState;
    this.#keys = keys;
    this.#log = log;
    const choice =
      this.#workspaceState.get<ClusterChoice>(MEMENTO) ?? this.#globalState.get<ClusterChoice>(MEMENTO);
    this.#state = choice === undefined ? { kind: "none" } : { kind: "idle", choice };
    this.#publish();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get choice(): ClusterChoice | undefined {
    return this.#state.kind === "none" ? undefined : this.#state.choice;
  }

  /**
   * Gives the management cluster, connecting to the remembered one where needed. Only an `interactive` caller
   * (a command, never a view) may lead to a question. Throws `Prerequisite` where none is chosen or Cluster
   * API is missing, `Unreachable` where it does not answer.
   */
  async get(interactive = true): Promise<ManagementCluster> {
    if (this.#state.kind === "connected") {
      return this.#state.cluster;
    }
    if (this.#pending !== undefined) {
      return interactive ? this.#pending.catch((error) => this.#askAgain(error)) : this.#pending;
    }
    if (this.#state.kind === "none") {
      throw new RemediableError(
        "Prerequisite",
        "No management cluster is connected",
        { next: "Connect one, or start the local one." },
        [
          {
            title: "Connect",
            run: () => vscode.commands.executeCommand("palette.connectManagementCluster"),
          },
          {
            title: "Start Local One",
            run: () => vscode.commands.executeCommand("palette.startLocalManagementCluster"),
          },
        ],
      );
    }
    return this.#open(this.#state.choice, interactive);
  }

  /**
   * Chooses the local management cluster where none was ever chosen or left here: `npm start` and the command
   * line start it too. Gives true where it is only being started, and to ask again may help.
   */
  async adoptLocal(): Promise<boolean> {
    if (this.#state.kind !== "none" || this.#workspaceState.get(LEFT_MEMENTO) === true) {
      return false;
    }
    const { signal: turn } = this.#turn;
    const found = await findLocalPlane();
    if (found !== undefined && found !== "starting" && !turn.aborted) {
      this.#set({ kind: "idle", choice: found });
    }
    return found === "starting";
  }

  /** Leaves the current management cluster, connects to `choice` and remembers it once it has answered. */
  async connect(choice: ClusterChoice, signal: AbortSignal): Promise<ManagementCluster> {
    const previous = this.choice;
    const turn = this.#leave();
    const cluster = await this.#open(choice, true, signal).catch((error: unknown) => {
      if (isCancelled(error) && !turn.aborted && (previous === undefined || !sameChoice(previous, choice))) {
        this.#set(previous === undefined ? { kind: "none" } : { kind: "idle", choice: previous });
      }
      throw error;
    });
    await this.#remember(choice);
    return cluster;
  }

  /** Connects anew to the same management cluster, its kubeconfig read anew. */
  async reconnect(): Promise<void> {
    if (this.#state.kind !== "none") {
      const { choice } = this.#state;
      this.#leave();
      await this.#open(choice, true);
    }
  }

  /** Forgets the management cluster and ends what is asked of it now; what it runs goes on. */
  async disconnect(): Promise<void> {
    this.#close();
    this.#set({ kind: "none" });
    await this.#remember(undefined);
  }

  /** Drops a connection that is not of use any more, so that the next `get` makes a new one. */
  reset(): void {
    if (this.#state.kind !== "none") {
      const { choice } = this.#state;
      this.#leave();
      this.#set({ kind: "idle", choice });
    }
  }

  dispose(): void {
    this.#close();
    this.#changed.dispose();
  }

  /** An attempt that was not allowed to ask may have failed for just that. */
  #askAgain(error: unknown): Promise<ManagementCluster> {
    if (isPaletteError(error, "Prerequisite") && this.#state.kind === "unreachable") {
      return this.get(true);
    }
    throw error;
  }

  #open(choice: ClusterChoice, interactive: boolean, signal?: AbortSignal): Promise<ManagementCluster> {
    const { signal: turn } = this.#turn;
    this.#set({ kind: "connecting", choice });
    const wanted = signal === undefined ? turn : AbortSignal.any([turn, signal]);
    const pending = this.#dial(choice, interactive, wanted).then(
      (cluster) => {
        if (turn.aborted) {
          cluster.close();
          throw new PaletteError("Cancelled", "Another management cluster was chosen meanwhile");
        }
        this.#pending = undefined;
        this.#log.info(`Connected to management cluster ${cluster.name}`);
        this.#set({ kind: "connected", choice, cluster });
        return cluster;
      },
      (error: unknown) => {
        if (!turn.aborted) {
          this.#pending = undefined;
          this.#set({ kind: "unreachable", choice, error });
        }
        throw error;
      },
    );
    this.#pending = pending;
    return pending;
  }

  async #dial(choice: ClusterChoice, interactive: boolean, signal: AbortSignal): Promise<ManagementCluster> {
    await assertTrusted(choice.path);
    const kube = await loadKube();
    const cluster = await kube.connect(choice, {
      allowExec: (exec) => allowExec(this.#globalState, choice, exec, interactive),
      signal,
    });
    try {
      const facts = await kube.checkManagement(cluster, { signal });
      if (facts.clusterApi === undefined) {
        throw new PaletteError("Prerequisite", `Cluster API is not installed on ${cluster.name}`, {
          next: "Install it there with clusterctl init, or choose another management cluster.",
        });
      }
      return cluster;
    } catch (error) {
      cluster.close();
      throw error;
    }
  }

  /** Lets the client go and gives up an attempt to get one. Gives what tells that the next choice is left too. */
  #leave(): AbortSignal {
    this.#turn.abort();
    this.#turn = new AbortController();
    this.#pending = undefined;
    return this.#turn.signal;
  }

  #close(): void {
    this.#leave();
    if (this.#state.kind === "connected") {
      this.#state.cluster.close();
    }
  }

  /** All at once, so that it does not mix with the next choice. */
  async #remember(choice: ClusterChoice | undefined): Promise<void> {
    await Promise.all([
      this.#workspaceState.update(MEMENTO, choice),
      this.#workspaceState.update(LEFT_MEMENTO, choice === undefined ? true : undefined),
      this.#globalState.update(MEMENTO, choice),
    ]);
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#publish();
    this.#changed.fire(state);
  }

  #publish(): void {
    const { kind } = this.#state;
    this.#keys.set(CONTEXT.connected, kind === "connected");
  }
}

function sameChoice(left: ClusterChoice, right: ClusterChoice): boolean {
  return left.path === right.path && left.context === right.context;
}

/** Whether trying again may help without anybody doing anything. */
export function isTransient(error: unknown): boolean {
  return isPaletteError(error, "Unreachable");
}
