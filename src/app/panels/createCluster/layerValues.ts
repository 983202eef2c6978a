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
  readonly #scheme: string;
  #clock = 1;

  /** There is one provider of a scheme. */
  constructor(scheme = SCHEME) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  /** Opens values of `form`, whose id it is, beside it, with the cursor where `find` says. */
  async open(
    form: string,
    path: string,
    source: LayerValuesSource,
    find: (text: string) => number,
  ): Promise<void> {
    const uri = vscode.Uri.joinPath(this.#uri(form), path);
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

  /** The form is closed: what is typed into its documents after that cannot be saved. */
  drop(form: string): void {
    for (const key of this.#sources.keys()) {
      if (key.startsWith(`${this.#uri(form)}/`)) {
        this.#sources.delete(key);
      }
    }
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
    // VS Code looks at the folder of what it saves, and says then what it finds wrong there.
    if (!this.#sources.has(uri.toString()) && this.#isFolder(uri)) {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
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
      throw vscode.FileSystemError.Unavailable(
        "The form that these values belong to is closed. Open it again and edit the values there.",
      );
    }
    return source;
  }

  #isFolder(uri: vscode.Uri): boolean {
    return [...this.#sources.keys()].some((key) => key.startsWith(`${uri}/`));
  }

  #uri(form: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.#scheme, path: `/${form}` });
  }
}
