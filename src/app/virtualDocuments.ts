import * as vscode from "vscode";

/** VS Code reads a changed document at once; line ends that it normalizes make no change to wait for. */
const REFRESH_WITHIN_MS = 2_000;

/**
 * Read-only documents that exist in memory only: previews, objects of a cluster, kubeconfigs. Nothing of
 * them is written to disk, and their text is forgotten when the last editor on them closes.
 */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  readonly #scheme: string;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.#texts.delete(document.uri.toString())),
      this.#changed,
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      "# This view was made by another window and is not kept. Open it again from the Palette view.\n"
    );
  }

  /** Makes `text` readable under `path` until the last editor on it closes, and gives its uri. */
  async provide(path: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: `/${path}` });
    this.#texts.set(uri.toString(), text);
    await this.#refresh(uri, text);
    return uri;
  }

  /** Shows `text` under `path` (its last part is the tab's title) and keeps the focus where `preserveFocus` says so. */
  async show(
    path: string,
    text: string,
    options: { readonly beside?: boolean; readonly preserveFocus?: boolean } = {},
  ): Promise<void> {
    const uri = await this.provide(path, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      preview: true,
      preserveFocus: options.preserveFocus ?? false,
      viewColumn:
        options.beside && vscode.window.activeTextEditor !== undefined
          ? vscode.ViewColumn.Beside
          : vscode.ViewColumn.Active,
    });
  }

  /** Has VS Code read an open document anew, and waits until it did. */
  async #refresh(uri: vscode.Uri, text: string): Promise<void> {
    const key = uri.toString();
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
    if (open === undefined || open.getText() === text) {
      return;
    }
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        listener.dispose();
        resolve();
      };
      const timer = setTimeout(done, REFRESH_WITHIN_MS);
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === key) {
          done();
        }
      });
      this.#changed.fire(uri);
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#texts.clear();
  }
}
