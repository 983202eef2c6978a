import * as vscode from "vscode";
import type { ManagementCluster, PublishedProfile } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { isMap } from "../../shared/records.ts";
import type { ClusterStatus } from "../../status/model.ts";
import { loadKube } from "../chunks.ts";
import { cancelled, RemediableError } from "../errors.ts";
import { LANGUAGES } from "../ids.ts";
import { BACK, type Choice, pick } from "../quickFlow.ts";
import type { ClusterNode } from "../views/clusterNodes.ts";
import { childNodes, clusterNodes, clusterRow } from "../views/clusterNodes.ts";
import type { App } from "./command.ts";

/** The uri that a command was invoked with: a Uri, its text from a code lens, or the file of a tree node. */
export function targetUri(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) {
    return target;
  }
  if (typeof target === "string" && target !== "") {
    return vscode.Uri.parse(target, true);
  }
  if (isMap(target) && target.kind === "file" && isMap(target.file)) {
    return target.file.uri instanceof vscode.Uri ? target.file.uri : undefined;
  }
  return undefined;
}

/** The uri that a command was invoked with, or that of the active editor where it holds `language`. */
export function targetOrActiveUri(target: unknown, language: string): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return targetUri(target) ?? (document?.languageId === language ? document.uri : undefined);
}

/** The profile that a command was invoked on, else the one in the active editor. Throws where there is none. */
export async function targetProfileDocument(target: unknown): Promise<vscode.TextDocument> {
  const uri = targetOrActiveUri(target, LANGUAGES.profile);
  if (uri === undefined) {
    throw new PaletteError("NotFound", "No cluster profile is open", {
      next: "Open a *.profile.yaml first.",
    });
  }
  return vscode.workspace.openTextDocument(uri);
}

/** Whether `uri` is a `*.cluster.yaml`. */
export function isClusterRequest(uri: vscode.Uri): boolean {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  return open === undefined ? /\.cluster\.ya?ml$/.test(uri.path) : open.languageId === LANGUAGES.cluster;
}

/** The published version whose row a command was invoked on. */
export function targetPublished(target: unknown): PublishedProfile | undefined {
  return isMap(target) && target.kind === "published" ? (target.profile as PublishedProfile) : undefined;
}

/** Whether a cluster was created here, with machines of its own, so that all of it is ours. */
function isCreated({ imported, virtual }: ClusterStatus): boolean {
  return imported === undefined && virtual === undefined;
}

/** Whether this management cluster can hand out the kubeconfig of a cluster. */
export function hasKubeconfig({ imported, virtual }: ClusterStatus): boolean {
  return imported === undefined && (virtual === undefined || virtual.state === "running");
}

/** The kubeconfig of a cluster that was created here, or of a virtual one. It is a credential. */
export async function kubeconfigText(management: ManagementCluster, cluster: ClusterStatus): Promise<string> {
  const kube = await loadKube();
  return cluster.virtual === undefined
    ? kube.kubeconfigOf(management, cluster)
    : kube.virtualKubeconfig(management, cluster);
}

/** Whether a cluster is a virtual one. */
export function isVirtual({ virtual }: ClusterStatus): boolean {
  return virtual !== undefined;
}

/** Whether a cluster is a virtual one that runs. */
export function isRunning({ virtual }: ClusterStatus): boolean {
  return virtual?.state === "running";
}

/** Whether a cluster is a virtual one that is paused. */
export function isPaused({ virtual }: ClusterStatus): boolean {
  return virtual?.state === "paused";
}

/** Whether a cluster was imported. */
export function isImported({ imported }: ClusterStatus): boolean {
  return imported !== undefined;
}

/** Whether a cluster was imported, and only to look at. */
export function isReadOnly({ imported }: ClusterStatus): boolean {
  return imported?.mode === "read-only";
}

/** Whether layers can be put on a cluster: all but those that were imported read-only, or are paused. */
export function takesLayers({ imported, virtual }: ClusterStatus): boolean {
  return imported?.mode !== "read-only" && virtual?.state !== "paused";
}

/** The cluster a command was invoked on, or the one that the user picks. Throws where there is none. */
export async function targetCluster(
  app: App,
  target: unknown,
  verb: string,
  fits: (cluster: ClusterStatus) => boolean = isCreated,
): Promise<ClusterStatus> {
  if (isMap(target) && target.kind === "cluster") {
    return (target as ClusterNode & { readonly kind: "cluster" }).cluster;
  }
  const management = await app.connection.get();
  const clusters = ((await app.fleet.first())?.clusters ?? []).filter(fits);
  if (clusters.length === 0) {
    throw noneOf(fits, management.name);
  }
  const cluster = await pick<ClusterStatus>(
    { title: verb, step: 1, totalSteps: 1, canGoBack: false },
    { placeholder: "Choose a cluster", choices: clusterChoices(clusters) },
  );
  if (cluster === BACK) {
    throw cancelled();
  }
  return cluster;
}

/** Clusters to choose from, virtual ones behind their hosts. */
export function clusterChoices(clusters: readonly ClusterStatus[]): Choice<ClusterStatus>[] {
  return clusterNodes(clusters)
    .flatMap((node) => [node, ...childNodes(node)])
    .flatMap((node) => {
      const row = clusterRow(node, { stale: false, namespaced: true });
      return node.kind === "cluster"
        ? [{ label: `$(${row.icon}) ${row.label}`, description: row.description, value: node.cluster }]
        : [];
    });
}

/** The error that no cluster fits, with the button that makes one. */
function noneOf(fits: (cluster: ClusterStatus) => boolean, management: string): RemediableError {
  const none = (what: string, title: string, command: string) =>
    new RemediableError("NotFound", `There is no ${what} on ${management}`, {}, [
      { title, run: () => vscode.commands.executeCommand(command) },
    ]);
  switch (fits) {
    case isImported:
      return none("imported cluster", "Import Cluster", "palette.importCluster");
    case isVirtual:
      return none("virtual cluster", "Create Virtual Cluster", "palette.createVirtualCluster");
    case isRunning:
      return none("running virtual cluster", "Create Virtual Cluster", "palette.createVirtualCluster");
    case isPaused:
      return new RemediableError("NotFound", `No virtual cluster on ${management} is paused`, {}, []);
    default:
      return none("cluster", "Create Cluster", "palette.createCluster");
  }
}
