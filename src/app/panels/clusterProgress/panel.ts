import * as vscode from "vscode";
import type { UsualTimes } from "../../../cluster/clouds/cloud.ts";
import type * as ClusterRoom from "../../../cluster/index.ts";
import type { ClusterRef } from "../../../kube/index.ts";
import {
  PROGRESS_TO_HOST,
  type ProgressEmpty,
  type ProgressToHost,
  type ProgressToView,
} from "../../../shared/clusterProgress.ts";
import { describeError } from "../../../shared/errors.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import { dispatch, readMessage } from "../../../shared/messages.ts";
import { diagnosticsText } from "../../../status/diagnostics.ts";
import { type ClusterDetail, progressOf } from "../../../status/progress.ts";
import { loadClusterRoom, loadKube } from "../../chunks.ts";
import type { ClusterChoice } from "../../connection/connection.ts";
import { isCancelled, showError } from "../../errors.ts";
import type { CommandId } from "../../ids.ts";
import { objectsText } from "../../objectsText.ts";
import { loadPage } from "../webviewPage.ts";
import { Following } from "./following.ts";
import type { ProgressParts } from "./panels.ts";

/** Nothing is said of waiting before this time; the log is offered after the second (mocks/README.md, States). */
const SILENT_MS = 500;
const OFFER_LOG_MS = 3_000;

/** What a panel is of, kept over a restart of the window. */
export interface ProgressKept extends ClusterRef {
  /** Context of the management cluster, and the file that it is in. */
  readonly context: string | undefined;
  readonly path: string | undefined;
}

/** One panel: a cluster from its first object on. It follows the cluster while it is visible. */
export class ClusterProgressPanel implements vscode.Disposable {
  readonly kept: ProgressKept;
  readonly #panel: vscode.WebviewPanel;
  readonly #parts: ProgressParts;
  readonly #subscriptions: vscode.Disposable[];
  #following: Following | undefined;
  #timers: NodeJS.Timeout[] = [];
  #isReady = false;
  #clouds: typeof ClusterRoom | undefined;
  #reading: Promise<void> | undefined;

  constructor(panel: vscode.WebviewPanel, kept: ProgressKept, parts: ProgressParts) {
    this.#panel = panel;
    this.kept = kept;
    this.#parts = parts;
    panel.title = `Cluster: ${kept.name}`;
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
      panel.onDidChangeViewState(() => this.#follow()),
    ];
    loadPage(panel.webview, parts.extension, "clusterProgress", panel.title);
    this.#follow();
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#stop();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #follow(): void {
    if (!this.#panel.visible) {
      // A hidden page has forgotten everything, and says that it is ready when it is loaded again.
      this.#stop();
      return;
    }
    if (this.#following === undefined) {
      const { connection, fleet } = this.#parts;
      this.#following = new Following(
        connection,
        fleet,
        this.kept,
        () => !this.#isElsewhere,
        () => this.#show(),
      );
    }
  }

  #stop(): void {
    this.#following?.dispose();
    this.#following = undefined;
    this.#isReady = false;
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#timers = [];
  }

  #receive(value: unknown): void {
    const message = readMessage<ProgressToHost>(PROGRESS_TO_HOST, value);
    if (message === undefined) {
      this.#parts.log.warn("The panel of a cluster sent a message that is not understood.");
      return;
    }
    dispatch(message, {
      ready: () => this.#begin(),
      act: ({ action }) => this.#try(() => this.#act(action)),
      link: ({ index }) => this.#openLink(index),
      machine: ({ name }) => this.#try(() => this.#openObject("Machine", name)),
    });
  }

  #begin(): void {
    this.#isReady = true;
    this.#follow();
    this.#show();
    this.#timers = [SILENT_MS, OFFER_LOG_MS].map((ms) => setTimeout(() => this.#show(ms), ms));
  }

  /** What was seen of it; nothing while another management cluster is chosen, which may have one of the same name. */
  get #detail(): ClusterDetail | undefined {
    const state = this.#following?.state;
    return state?.kind === "seen" && !this.#isElsewhere ? state.detail : undefined;
  }

  get #isElsewhere(): boolean {
    const { choice } = this.#parts.connection;
    return this.kept.context !== undefined && !isOf(this.kept, choice);
  }

  /** Shows what is known; `waited` says how long nothing has been. */
  #show(waited = 0): void {
    if (!this.#isReady) {
      return;
    }
    const keep = this.kept;
    const detail = this.#detail;
    if (detail !== undefined) {
      this.#send({ type: "show", progress: progressOf(detail, this.#usualOf(detail)), keep });
      this.#parts.seen(this.kept, detail.status);
      return;
    }
    const empty = this.#emptiness(waited);
    if (empty !== undefined) {
      this.#send({ type: "empty", empty, keep });
    }
  }

  /** How long the cloud of a cluster that is being created usually takes, once that is read. */
  #usualOf({ status: { creating, cloudType } }: ClusterDetail): UsualTimes | undefined {
    if (!creating || cloudType === undefined) {
      return undefined;
    }
    this.#reading ??= loadClusterRoom().then((room) => {
      this.#clouds = room;
      this.#show();
    });
    return this.#clouds?.cloudOf(cloudType)?.usual;
  }

  #emptiness(waited: number): ProgressEmpty | undefined {
    const { name, namespace, context } = this.kept;
    const { choice } = this.#parts.connection;
    if (choice === undefined) {
      return {
        title: `${name} cannot be read`,
        text: "No management cluster is connected. Connect the one that it is on.",
        actions: ["retry"],
      };
    }
    if (this.#isElsewhere) {
      return {
        title: `${name} cannot be read`,
        text: `It is on ${context}, and ${choice.context} is connected. Connect ${context} to see it.`,
        actions: ["retry"],
      };
    }
    const state = this.#following?.state;
    switch (state?.kind) {
      case "absent":
        return state.before?.status.deleting
          ? { title: `${name} is deleted`, text: "Nothing of it is left.", actions: ["close"] }
          : {
              title: `${name} is not there`,
              text: `There is no cluster ${name} in ${namespace} on ${choice.context}. It may have been deleted.`,
              actions: ["close"],
            };
      case "unreachable":
        return {
          title: `${name} cannot be read`,
          text: isCancelled(state.error) ? "Not connected." : describeError(state.error),
          actions: ["retry", "showLog"],
        };
      default:
        return waited < SILENT_MS
          ? undefined
          : {
              title: `Reading ${name}`,
              text: `Waiting for ${choice.context}${waited < OFFER_LOG_MS ? "." : " for 3 s."}`,
              actions: waited < OFFER_LOG_MS ? [] : ["showLog"],
            };
    }
  }

  async #act(action: (ProgressToHost & { readonly type: "act" })["action"]): Promise<void> {
    const detail = this.#detail;
    switch (action) {
      case "retry":
        return this.#run(
          this.#parts.connection.choice === undefined
            ? "palette.connectManagementCluster"
            : "palette.refreshViews",
        );
      case "showLog":
        return this.#run("palette.showLog");
      case "close":
        this.#panel.dispose();
        return;
      default:
    }
    if (detail === undefined) {
      return;
    }
    const node = { kind: "cluster", cluster: detail.status };
    switch (action) {
      case "copyDiagnostics":
        return this.#copy(await this.#diagnostics(detail), "Diagnostics");
      case "copyMessage":
        return this.#copy(detail.status.cause?.source?.message ?? "", "Message");
      case "openSource": {
        const source = detail.status.cause?.source;
        return source === undefined ? undefined : this.#openObject(source.kind, source.name);
      }
      case "openYaml":
        return this.#run("palette.openClusterYaml", node);
      case "attachProfile":
        return this.#run("palette.attachProfile", node);
      case "openKubeconfig":
        return this.#run("palette.openKubeconfig", node);
      case "deleteCluster":
        return this.#run("palette.deleteCluster", node);
    }
  }

  async #diagnostics(detail: ClusterDetail): Promise<string> {
    const { connection, version } = this.#parts;
    const { state } = connection;
    const versions =
      state.kind === "connected"
        ? await (await loadKube())
            .versionsOf(state.cluster)
            .catch((error: unknown) => ({ "Management cluster": describeError(error) }))
        : {};
    return diagnosticsText(detail, {
      "Palette Onboarding": version,
      "VS Code": vscode.version,
      ...versions,
    });
  }

  async #copy(text: string, what: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`${what} of ${this.kept.name} copied`, 4_000);
  }

  /** Opens an object as it was seen last: that works without a connection too. */
  async #openObject(kind: string, name: string): Promise<void> {
    const detail = this.#detail;
    const found = detail?.objects.filter((object) => object.metadata.name === name) ?? [];
    const wanted = found.filter((object) => object.kind === kind);
    if (detail === undefined || wanted.length === 0) {
      return;
    }
    // What is behind a machine has its name, or refers to it.
    const related =
      kind === "Machine"
        ? detail.objects.filter(
            (object) =>
              !wanted.includes(object) &&
              object.metadata.ownerReferences?.some((owner) => owner.kind === kind && owner.name === name),
          )
        : [];
    const objects = [...wanted, ...related].map(withoutBookkeeping);
    await this.#parts.documents.show(
      `${this.kept.namespace}/${name}.${kind.toLowerCase()}.yaml`,
      await objectsText(objects, [`${kind} ${name} on ${detail.management}, as it was last seen.`]),
      { beside: true },
    );
  }

  #openLink(index: number): void {
    const url = this.#detail?.status.cause?.todo[index]?.link?.url;
    if (url !== undefined) {
      void vscode.env.openExternal(vscode.Uri.parse(url, true));
    }
  }

  async #run(command: CommandId, ...args: readonly unknown[]): Promise<void> {
    await vscode.commands.executeCommand(command, ...args);
  }

  #try(work: () => Promise<void>): void {
    work().catch((error: unknown) => showError(error, this.#parts.log));
  }

  #send(message: ProgressToView): void {
    void this.#panel.webview.postMessage(message);
  }
}

/** Whether a panel is of the management cluster that is chosen; two files may name two of them alike. */
export function isOf(
  { context, path }: Pick<ProgressKept, "context" | "path">,
  choice: ClusterChoice | undefined,
): boolean {
  return context === choice?.context && (path === undefined || path === choice?.path);
}

function withoutBookkeeping(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata as KubeObject["metadata"] & {
    readonly managedFields?: unknown;
  };
  return { ...object, metadata };
}
