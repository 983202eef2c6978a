import { join } from "node:path";
import type { Browser } from "playwright-core";
import { root } from "../../../scripts/bundles.ts";
import { installWorkbench } from "../../../scripts/workbench/install.ts";
import { calmSettings, serveWorkbench, type Workbench } from "../../../scripts/workbench/serve.ts";
import { launchBrowser, openWindow } from "../../workbench/browser.ts";
import { WorkbenchPage } from "../../workbench/page.ts";

export interface DevWindowOptions {
  /** The folder that the window opens. */
  readonly workspace: string;
  /** Where the window keeps what is its own. */
  readonly temporary: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly settings?: object;
  /** Whether the folder starts in Restricted Mode. */
  readonly restricted?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A window of VS Code with the extension as it is in the working tree, without a management cluster. */
export class DevWindow {
  readonly window: WorkbenchPage;
  readonly #browser: Browser;
  readonly #workbench: Workbench;

  private constructor(window: WorkbenchPage, browser: Browser, workbench: Workbench) {
    this.window = window;
    this.#browser = browser;
    this.#workbench = workbench;
  }

  static async open({
    workspace,
    temporary,
    viewport,
    settings = {},
    restricted = false,
    env = {},
  }: DevWindowOptions): Promise<DevWindow> {
    const workbench = await serveWorkbench({
      server: await installWorkbench(),
      data: join(temporary, "window"),
      port: 0,
      settings: { ...calmSettings, ...settings },
      workspaceTrust: restricted,
      testDriver: true,
      env: { ...process.env, PALETTE_HOME: join(temporary, "home"), ...env },
    });
    const browser = await launchBrowser();
    const on = { extensionDevelopmentPath: workbench.uri(root) };
    const address = workbench.address(workspace, Object.entries(on));
    const window = new WorkbenchPage(await openWindow(browser, address, viewport));
    return new DevWindow(window, browser, workbench);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#workbench.service.stop();
  }
}
