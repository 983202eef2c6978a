import * as vscode from "vscode";
import { LANGUAGES } from "../../ids.ts";
import { difference } from "./difference.ts";

/**
 * The text of one request: of a document once there is one, before that in memory. The form and the editors beside it
 * change the same text; whoever reads it gets the newest.
 */
export class RequestText implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  #text: string;
  #document: vscode.TextDocument | undefined;

  constructor(text: string, document?: vscode.TextDocument) {
    this.#text = text;
    this.#document = document;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (changed === this.#document && contentChanges.length > 0) {
          this.#changed.fire();
        }
      }),
      vscode.workspace.onDidCloseTextDocument((closed) => void this.#closed(closed)),
    ];
  }

  get text(): string {
    return this.#document?.getText() ?? this.#text;
  }

  /** The document, if there is one. */
  get uri(): vscode.Uri | undefined {
    return this.#document?.uri;
  }

  /** The folder that relative names in the text start from. */
  get folder(): vscode.Uri | undefined {
    const uri = this.#document?.uri;
    return uri === undefined || uri.scheme === "untitled"
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(uri, "..");
  }

  /** Changes the text, as one edit of the document that can be undone there. */
  async replace(text: string): Promise<void> {
    const document = this.#document;
    if (document === undefined) {
      this.#text = text;
      this.#changed.fire();
      return;
    }
    const old = document.getText();
    if (old === text) {
      return;
    }
    const [start, end, middle] = difference(old, text);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(start), document.positionAt(end)),
      middle,
    );
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new Error(`${document.uri.path} was not changed: VS Code refused the edit`);
    }
  }

  /** Shows the text in an editor beside the form, where the language service works on it. */
  async showBeside(at?: number): Promise<void> {
    this.#document ??= await vscode.workspace.openTextDocument({
      language: LANGUAGES.cluster,
      content: this.#text,
    });
    const document = this.#document;
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
      preview: false,
    });
    if (at !== undefined) {
      const position = document.positionAt(at);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(
        new vscode.Range(position, position),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
    }
  }

  /** Saves the document, where there is a file. */
  async save(): Promise<boolean> {
    return (
      this.#document !== undefined &&
      this.#document.uri.scheme !== "untitled" &&
      (await this.#document.save())
    );
  }

  /** The text lives in `uri` from now on. */
  async moveTo(uri: vscode.Uri): Promise<void> {
    const old = this.#document;
    this.#document = await vscode.workspace.openTextDocument(uri);
    this.#changed.fire();
    if (old?.uri.scheme === "untitled") {
      await replaceEditor(old, this.#document);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  async #closed(closed: vscode.TextDocument): Promise<void> {
    if (closed !== this.#document) {
      return;
    }
    // An untitled document that was closed is gone; the form goes on with what it last held.
    this.#text = closed.getText();
    this.#document = undefined;
    if (closed.uri.scheme !== "untitled") {
      this.#document = await Promise.resolve(vscode.workspace.openTextDocument(closed.uri)).catch(
        () => undefined,
      );
    }
    this.#changed.fire();
  }
}

/** Shows `document` where the untitled one was, which is emptied first: nobody is asked whether to save it. */
async function replaceEditor(old: vscode.TextDocument, document: vscode.TextDocument): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const tab = tabs.find(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === old.uri.toString(),
  );
  if (tab !== undefined) {
    const edit = new vscode.WorkspaceEdit();
    edit.delete(old.uri, new vscode.Range(0, 0, old.lineCount, 0));
    await vscode.workspace.applyEdit(edit);
    const { viewColumn } = tab.group;
    await vscode.window.showTextDocument(document, { viewColumn, preview: false, preserveFocus: true });
    await vscode.window.tabGroups.close(tab, true);
  }
}
