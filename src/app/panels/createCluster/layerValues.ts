import * as vscode from "vscode";
import { describeError } from "../../../shared/errors.ts";

const SCHEME = "palette-values";

/** What one document of layer values stands for. */
export interface LayerValuesSource {
  /** The text to edit: the profile with the values of this cluster in their place. */
  read(): Promise<string>;
  /** Takes the edited text into the request. */
  write(text: string): Promise<void>;
}

/**
 * Values of one layer for one cluster, as documents to edit: the profile's language service works in them, and saving
 * takes them into the request. Nothing is written to disk.
 */
export class LayerValues implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #sources = new Map<string, LayerValuesSource>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #registration: vscode.Disposable;
  #clock = 1;

  constructor() {
    this.#registration = vscode.workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true });
  }

  /** Opens the values beside the form, with the cursor where `find` says. */
  async open(path: string, source: LayerValuesSource, find: (text: string) => number): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${path}` });
    this.#sources.set(uri.toString(), source);
    const document = await vscode.workspace.openTextDocument(uri);
    const position = document.positionAt(find(document.getText()));
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: false,
      selection: new vscode.Range(position, position),
    });
    editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.AtTop);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.#source(uri).read());
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    try {
      await this.#source(uri).write(new TextDecoder().decode(content));
    } catch (error) {
      // VS Code shows it at the editor, which stays as it is.
      throw new vscode.FileSystemError(describeError(error));
    }
    this.#clock += 1;
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const size = (await this.readFile(uri)).length;
    return { type: vscode.FileType.File, ctime: 0, mtime: this.#clock, size };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#sources.clear();
  }

  #source(uri: vscode.Uri): LayerValuesSource {
    const source = this.#sources.get(uri.toString());
    if (source === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return source;
  }
}
