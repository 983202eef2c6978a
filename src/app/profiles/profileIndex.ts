import * as vscode from "vscode";
import { loadProfileRoom } from "../chunks.ts";
import type { ContextKeys } from "../contextKeys.ts";
import { FOREIGN, isForeign } from "../foreign.ts";
import { CONTEXT, LANGUAGES } from "../ids.ts";
import { type ProfileSummary, summarize } from "./summary.ts";

const PATTERN = "**/*.profile.{yaml,yml}";
const MAX_FILES = 500;
const MAX_BYTES = 2_000_000;
const TYPING_PAUSE_MS = 300;

export interface ProfileFile {
  readonly uri: vscode.Uri;
  readonly summary: ProfileSummary;
}

/** The profile files of the workspace, open editors counting before what is on disk; kept current by file events. */
export class ProfileIndex implements vscode.Disposable {
  readonly #keys: ContextKeys;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #files = new Map<string, ProfileFile>();
  readonly #typing = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #started: Promise<void> | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(keys: ContextKeys) {
    this.#keys = keys;
  }

  /** The files, looked for with the first call; sorted by path. */
  async files(): Promise<readonly ProfileFile[]> {
    this.#started ??= this.#start();
    await this.#started;
    return [...this.#files.values()].sort((a, b) => a.uri.path.localeCompare(b.uri.path));
  }

  dispose(): void {
    for (const timer of this.#typing.values()) {
      clearTimeout(timer);
    }
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#changed.dispose();
  }

  async #start(): Promise<void> {
    const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
    // VS Code often speaks of a folder that comes with files in it, or goes with them, without speaking of the files.
    const folders = vscode.workspace.createFileSystemWatcher("**/*", false, true, false);
    this.#subscriptions.push(
      folders,
      folders.onDidCreate((uri) => this.#mayBeFolder(uri)),
      folders.onDidDelete((uri) => this.#forgetBelow(uri)),
      watcher,
      watcher.onDidCreate((uri) => this.#reread(uri)),
      watcher.onDidChange((uri) => this.#reread(uri)),
      watcher.onDidDelete((uri) => this.#forget(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#rescan()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === LANGUAGES.profile && document.uri.scheme !== "untitled") {
          this.#afterTyping(document.uri);
        }
      }),
    );
    await this.#scan();
  }

  async #rescan(): Promise<void> {
    this.#files.clear();
    await this.#scan();
  }

  async #scan(pattern: vscode.GlobPattern = PATTERN): Promise<void> {
    const uris = await vscode.workspace.findFiles(pattern, FOREIGN, MAX_FILES);
    await Promise.all(uris.map((uri) => this.#read(uri)));
    this.#publish();
  }

  /** One at a time: tens of thousands of files come at once when a branch is changed. */
  #mayBeFolder(uri: vscode.Uri): void {
    if (!isForeign(`${uri.path}/`)) {
      // VS Code searches nothing any more when a window closes.
      this.#looking = this.#looking.then(() => this.#lookInto(uri)).catch(() => undefined);
    }
  }

  /** Takes in what a new folder came with; nothing where it is a file, or gone again. */
  async #lookInto(uri: vscode.Uri): Promise<void> {
    const found = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (found?.type === vscode.FileType.Directory) {
      await this.#scan(new vscode.RelativePattern(uri, PATTERN));
    }
  }

  #afterTyping(uri: vscode.Uri): void {
    const key = uri.toString();
    if (this.#files.has(key)) {
      clearTimeout(this.#typing.get(key));
      this.#typing.set(
        key,
        setTimeout(() => {
          this.#typing.delete(key);
          void this.#reread(uri);
        }, TYPING_PAUSE_MS),
      );
    }
  }

  async #reread(uri: vscode.Uri): Promise<void> {
    if (isForeign(uri.path)) {
      return;
    }
    await this.#read(uri);
    // The tour's step is done when somebody wrote a valid profile, not where the workspace came with one.
    if (this.#files.get(uri.toString())?.summary.profile !== undefined) {
      this.#keys.set(CONTEXT.wroteValidProfile, true);
    }
    this.#publish();
  }

  async #read(uri: vscode.Uri): Promise<void> {
    const text = await readText(uri).catch(() => undefined);
    if (text === undefined) {
      this.#files.delete(uri.toString());
      return;
    }
    this.#files.set(uri.toString(), { uri, summary: summarize(await loadProfileRoom(), text) });
  }

  #forget(uri: vscode.Uri): void {
    this.#files.delete(uri.toString());
    this.#publish();
  }

  #forgetBelow(folder: vscode.Uri): void {
    const below = [...this.#files.keys()].filter((key) => key.startsWith(`${folder.toString()}/`));
    for (const key of below) {
      this.#files.delete(key);
    }
    if (below.length > 0) {
      this.#publish();
    }
  }

  #publish(): void {
    this.#keys.set(CONTEXT.hasProfile, this.#files.size > 0);
    this.#changed.fire();
  }
}

/** The text of `uri` as the user sees it: the open document with its unsaved changes, else the file. */
export async function readText(uri: vscode.Uri): Promise<string> {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  if (open !== undefined) {
    return open.getText();
  }
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_BYTES) {
    throw new Error(`${uri.path} is larger than ${MAX_BYTES} bytes`);
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
