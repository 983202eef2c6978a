import * as vscode from "vscode";
import { LANGUAGES } from "../ids.ts";

const OURS: readonly string[] = Object.values(LANGUAGES);

/**
 * Profiles and requests that are open as another language: somebody mapped them to YAML (`files.associations`), and a
 * YAML extension checks them with our schema. The server does not hear of such documents, speaks of their files as of
 * all in the workspace, and would say everything a second time. What it says waits here until they are closed.
 */
export class YieldedFiles implements vscode.Disposable {
  readonly #shown: () => vscode.DiagnosticCollection | undefined;
  readonly #waiting = new Map<string, readonly vscode.Diagnostic[]>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** @param shown where the problems of our server stand, while there is such a place */
  constructor(shown: () => vscode.DiagnosticCollection | undefined) {
    this.#shown = shown;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument(({ uri, languageId }) => {
        const said = shown()?.get(uri) ?? [];
        if (said.length > 0 && !OURS.includes(languageId)) {
          shown()?.set(uri, this.take(uri, said));
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#giveBack(uri)),
    ];
  }

  /** What to show of what the server says about a file. */
  take(uri: vscode.Uri, said: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
    const key = uri.toString();
    const yielded = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === key && !OURS.includes(document.languageId),
    );
    if (!yielded) {
      return said;
    }
    this.#waiting.set(key, said);
    return [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #giveBack(uri: vscode.Uri): void {
    const said = this.#waiting.get(uri.toString());
    if (said !== undefined) {
      this.#waiting.delete(uri.toString());
      this.#shown()?.set(uri, said);
    }
  }
}
