import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, FrameLocator } from "playwright-core";
import { root } from "../../../scripts/bundles.ts";
import { launchBrowser, openWindow, STARTING_MS } from "../../workbench/browser.ts";
import { WorkbenchPage } from "../../workbench/page.ts";
import { temporaryPicture } from "../../workbench/pictures.ts";
import { kubectl } from "./kubectl.ts";
import { NpmStart } from "./npmStart.ts";

interface Folders {
  readonly temporary: string;
  /** A copy of the examples, which the window opens. */
  readonly workspace: string;
  /** Where `npm start` keeps everything. */
  readonly home: string;
}

export interface StartedWindowOptions {
  /** Files of the workspace beside the examples. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The environment of `npm start`, made once its folders are there. */
  readonly env?: (folders: Folders) => Promise<NodeJS.ProcessEnv>;
}

/** `npm start` and its window in a browser, as a person meets them. */
export class StartedWindow {
  readonly window: WorkbenchPage;
  /** The panel that is open. */
  readonly panel: FrameLocator;
  readonly folders: Folders;
  readonly start: NpmStart;
  /** As it was printed, for the examples themselves. */
  readonly address: URL;
  /** Kubeconfig of the management cluster. */
  readonly kubeconfig: string;
  readonly #browser: Browser;

  private constructor(
    browser: Browser,
    window: WorkbenchPage,
    folders: Folders,
    start: NpmStart,
    printed: { readonly address: URL; readonly kubeconfig: string },
  ) {
    this.#browser = browser;
    this.window = window;
    this.panel = window.page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
    this.folders = folders;
    this.start = start;
    this.address = printed.address;
    this.kubeconfig = printed.kubeconfig;
  }

  /** Opens a window on a copy of the examples. */
  static open(options: StartedWindowOptions = {}): Promise<StartedWindow> {
    return StartedWindow.#open(options, async () => {});
  }

  /** Opens a window that has a management cluster and no clusters yet. */
  static connected(options: StartedWindowOptions = {}): Promise<StartedWindow> {
    return StartedWindow.#open(options, async (on) => {
      await on.trust();
      await on.connect();
    });
  }

  /** Where something fails, all that was begun is ended, and what the window showed is kept as failed-start.png. */
  static async #open(
    { files = {}, viewport, env }: StartedWindowOptions,
    prepare: (on: StartedWindow) => Promise<void>,
  ): Promise<StartedWindow> {
    const temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    const folders = { temporary, workspace: join(temporary, "examples"), home: join(temporary, "home") };
    await cp(join(root, "examples"), folders.workspace, { recursive: true });
    await writeFiles(folders.workspace, files);
    const browser = await launchBrowser();
    const start = new NpmStart(folders.home, ["--port", "0"], await env?.(folders));
    try {
      const [, printed = ""] = await start.printed(/^Open (http:\/\/127\.0\.0\.1:\d+\/\S+)$/m);
      const [, kubeconfig = ""] = await start.printed(/--kubeconfig (\S+)/);
      const address = new URL(printed);
      const own = new URL(address);
      own.searchParams.set("folder", folders.workspace);
      const window = new WorkbenchPage(await openWindow(browser, own.href, viewport));
      const on = new StartedWindow(browser, window, folders, start, { address, kubeconfig });
      await prepare(on);
      return on;
    } catch (error) {
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        await page.screenshot({ path: temporaryPicture("failed-start") });
      }
      await end(browser, start, folders);
      throw error;
    }
  }

  /** Trusts the folder and waits for the tour, which opens by itself; nothing opens after it. */
  async trust(): Promise<void> {
    await this.window.trustFolder();
    const step = this.window.page.getByText("Know the four layers").first();
    await step.waitFor({ timeout: STARTING_MS });
  }

  /** Connects the management cluster that `npm start` runs, and waits until the Clusters view is there. */
  async connect(): Promise<void> {
    await this.window.command("Palette: Start Local Management Cluster");
    await this.window.page.getByText("No clusters yet.").first().waitFor({ timeout: STARTING_MS });
  }

  /** Runs kubectl on the management cluster. */
  management(...args: string[]): Promise<string> {
    return kubectl(this.folders.home, this.kubeconfig, ...args);
  }

  /** Ends the window and all that was started, as Ctrl-C does. */
  close(): Promise<void> {
    return end(this.#browser, this.start, this.folders);
  }
}

/** Writes files with their folders, and gives their paths. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  return Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      return path;
    }),
  );
}

async function end(browser: Browser, start: NpmStart, { temporary }: Folders): Promise<void> {
  await browser.close();
  await start.interrupt();
  await rm(temporary, { recursive: true, force: true });
}
