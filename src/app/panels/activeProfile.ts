import * as vscode from "vscode";
import { LANGUAGES } from "../ids.ts";

/** How long typing must rest before somebody looks at the text again. */
const TYPING_PAUSE_MS = 150;

/**
 * Follows the profile that the user works on: the one in the active editor, or the last one while it is still to be
 * seen beside another file. Tells when it is another one, when its text changed, and where the cursor is.
 */
export class ActiveProfile implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  readonly #onText: () => void;
  readonly #onCursor: () => void;
  #document: vscode.TextDocument | undefined;
  #typing: NodeJS.Timeout | undefined;

  constructor(onText: () => void, onCursor: () => void) {
    this.#onText = onText;
    this.#onCursor = onCursor;
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.#look()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#look()),
      vscode.workspace.onDidOpenTextDocument(() => this.#look()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === this.#document && contentChanges.length > 0) {
          clearTimeout(this.#typing);
          this.#typing = setTimeout(onText, TYPING_PAUSE_MS);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document === this.#document) {
          onCursor();
        }
      }),
    ];
    this.#document = this.#find();
  }

  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  /** Where the cursor is in it, if an editor shows it. */
  get cursor(): number | undefined {
    const editor = this.editor;
    return editor === undefined ? undefined : editor.document.offsetAt(editor.selection.active);
  }

  /** The editor that shows it: the active one before others. */
  get editor(): vscode.TextEditor | undefined {
    const active = vscode.window.activeTextEditor;
    return active?.document === this.#document
      ? active
      : vscode.window.visibleTextEditors.find(({ document }) => document === this.#document);
  }

  /** Shows it at some place, where it is open already, with the focus in the text. */
  async reveal(range: vscode.Range): Promise<void> {
    const document = this.#document;
    if (document !== undefined) {
      const column = this.editor?.viewColumn;
      const editor = await vscode.window.showTextDocument(document, {
        preview: false,
        ...(column === undefined ? {} : { viewColumn: column }),
        selection: new vscode.Range(range.start, range.start),
      });
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  dispose(): void {
    clearTimeout(this.#typing);
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #look(): void {
    const found = this.#find();
    if (found !== this.#document) {
      clearTimeout(this.#typing);
      this.#document = found;
      this.#onText();
    }
    this.#onCursor();
  }

  #find(): vscode.TextDocument | undefined {
    const editors = vscode.window.visibleTextEditors;
    const active = vscode.window.activeTextEditor?.document;
    if (active?.languageId === LANGUAGES.profile) {
      return active;
    }
    return editors.some(({ document }) => document === this.#document && isProfile(document))
      ? this.#document
      : editors.find(({ document }) => isProfile(document))?.document;
  }
}

function isProfile({ languageId }: vscode.TextDocument): boolean {
  return languageId === LANGUAGES.profile;
}
