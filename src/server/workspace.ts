import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type FileSystemWatcher, WatchKind } from "vscode-languageserver";

/** Folders that hold other people's files. */
const SKIPPED = new Set(["node_modules", ".git"]);
const NAME = /\.(?:profile|cluster)\.ya?ml$/;

/**
 * What a client watches for us: the files that `NAME` tells, and whatever comes or goes. That may be a folder, and
 * editors speak of a folder that is deleted, or made with all that is in it, often without its files.
 */
export const WATCHERS: FileSystemWatcher[] = [
  { globPattern: "**/*.{profile,cluster}.{yaml,yml}" },
  { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
];

/** So that a folder of any size costs little: what lies beyond is checked when it is opened. */
const LIMITS = { files: 500, folders: 20_000, bytes: 256 * 1024 };

/** How long to wait between two files, in milliseconds: requests of the editor go first. */
const PAUSE = 10;

interface Host {
  /** Whether an editor holds the file: then its text counts, not the one on disk. */
  isOpen(path: string): boolean;
  /** Says what is wrong with one text. */
  report(uri: string, text: string): void;
  /** Takes back what was said about a file. */
  forget(uri: string): void;
}

/**
 * Reports the problems of the profiles and cluster requests on disk that no editor holds. One file at a time, with
 * pauses; folders that cannot be read are left out.
 */
export class Workspace {
  readonly #host: Host;
  readonly #folders = new Set<string>();
  /** Paths of the files seen on disk. */
  readonly #files = new Set<string>();
  readonly #queue = new Set<string>();
  #working = false;
  /** What came or went and may be a folder. */
  readonly #came = new Set<string>();
  #following = false;
  #stopped = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Takes in the folder of `uri`, and every file below it. */
  async add(uri: string): Promise<void> {
    const folder = pathOf(uri);
    if (folder === undefined) {
      return;
    }
    this.#folders.add(folder);
    await this.#lookInto(folder);
  }

  /** Leaves the folder of `uri`, and clears what was said about its files. */
  remove(uri: string): void {
    const folder = pathOf(uri);
    if (folder === undefined || !this.#folders.delete(folder)) {
      return;
    }
    for (const path of this.#files) {
      if (!this.#covers(path)) {
        this.#forget(path);
      }
    }
  }

  /** Whether a file of ours lies in one of the folders. */
  has(uri: string): boolean {
    const path = pathOf(uri);
    return path !== undefined && NAME.test(basename(path)) && this.#covers(path);
  }

  /**
   * A file or a folder was written, made or deleted, or an editor was closed; nothing happens where it is none of the
   * workspace.
   */
  changed(uri: string): void {
    const path = pathOf(uri);
    if (path === undefined || !this.#covers(path)) {
      return;
    }
    if (NAME.test(basename(path))) {
      this.#check(path);
    } else {
      this.#came.add(path);
      void this.#followFolders();
    }
  }

  /** Checks every file again: something else is known beyond the texts. */
  renew(): void {
    for (const path of this.#files) {
      this.#check(path);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.clear();
    this.#came.clear();
  }

  /** Checks every file in a folder and below. Where there is none, nothing happens. */
  async #lookInto(folder: string): Promise<void> {
    let visited = 0;
    const waiting = [folder];
    for (let next = waiting.shift(); next !== undefined && !this.#stopped; next = waiting.shift()) {
      visited += 1;
      const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (entry.isFile() && NAME.test(entry.name)) {
          this.#check(join(next, entry.name));
        } else if (
          entry.isDirectory() &&
          !SKIPPED.has(entry.name) &&
          visited + waiting.length < LIMITS.folders
        ) {
          // A link to a folder is no directory here, so that there are no circles.
          waiting.push(join(next, entry.name));
        }
      }
    }
  }

  /** One at a time: tens of thousands of files come at once when a branch is changed, and requests go first. */
  async #followFolders(): Promise<void> {
    if (this.#following) {
      return;
    }
    this.#following = true;
    for (const path of this.#came) {
      this.#came.delete(path);
      // Of a folder that is gone, every file is checked, and not found.
      for (const file of this.#files) {
        if (isBelow(path, file)) {
          this.#check(file);
        }
      }
      await this.#lookInto(path);
    }
    this.#following = false;
  }

  /** Whether a path lies in one of the folders, and is none of other people's. */
  #covers(path: string): boolean {
    return [...this.#folders].some(
      (folder) =>
        isBelow(folder, path) &&
        !path
          .slice(folder.length)
          .split(sep)
          .some((part) => SKIPPED.has(part)),
    );
  }

  #check(path: string): void {
    if (this.#stopped || (!this.#files.has(path) && this.#files.size >= LIMITS.files)) {
      return;
    }
    this.#files.add(path);
    this.#queue.add(path);
    if (!this.#working) {
      this.#working = true;
      void this.#work();
    }
  }

  async #work(): Promise<void> {
    // A set gives what is added while it is walked too.
    for (const path of this.#queue) {
      await pause(PAUSE, undefined, { ref: false });
      this.#queue.delete(path);
      const text = await textOf(path);
      if (!this.#stopped && !this.#host.isOpen(path)) {
        if (text === undefined) {
          this.#forget(path);
        } else {
          this.#host.report(uriOf(path), text);
        }
      }
    }
    this.#working = false;
  }

  #forget(path: string): void {
    this.#queue.delete(path);
    if (!this.#host.isOpen(path)) {
      this.#host.forget(uriOf(path));
    }
    this.#files.delete(path);
  }
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path of a file on this machine; nothing for other uris. */
export function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Nothing where the file is gone, may not be read or is too long to be read unasked. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    return size > LIMITS.bytes ? undefined : await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
