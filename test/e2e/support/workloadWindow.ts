import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execPath } from "node:process";
import type { Browser, FrameLocator } from "playwright-core";
import { root } from "../../../scripts/bundles.ts";
import { run } from "../../../scripts/processes.ts";
import { launchBrowser, openWindow } from "../../workbench/browser.ts";
import { WorkbenchPage } from "../../workbench/page.ts";
import { kubectl } from "./kubectl.ts";
import { NpmStart } from "./npmStart.ts";

const minute = 60_000;

/** `npm start` in a browser with its management cluster, beside the sandbox's second API server as somebody's cluster. */
export class WorkloadWindow {
  readonly window: WorkbenchPage;
  /** The panel that is open. */
  readonly panel: FrameLocator;
  readonly #browser: Browser;
  readonly #start: NpmStart;
  readonly #temporary: string;
  readonly #home: string;
  readonly #kubeconfig: string;
  readonly #kubeconfigBefore: string | undefined;

  private constructor(
    browser: Browser,
    start: NpmStart,
    window: WorkbenchPage,
    paths: { temporary: string; home: string; kubeconfig: string; kubeconfigBefore: string | undefined },
  ) {
    this.#browser = browser;
    this.#start = start;
    this.window = window;
    this.panel = window.page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
    this.#temporary = paths.temporary;
    this.#home = paths.home;
    this.#kubeconfig = paths.kubeconfig;
    this.#kubeconfigBefore = paths.kubeconfigBefore;
  }

  /**
   * Opens the examples and `files`, and waits until the Clusters view is there. `kubeconfigs` stand in KUBECONFIG behind
   * that of the second cluster, as a person has them who knows those clusters already.
   */
  static async open({
    files = {},
    kubeconfigs = {},
  }: {
    readonly files?: Readonly<Record<string, string>>;
    readonly kubeconfigs?: Readonly<Record<string, string>>;
  } = {}): Promise<WorkloadWindow> {
    const temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    const workspace = join(temporary, "examples");
    const home = join(temporary, "home");
    await cp(join(root, "examples"), workspace, { recursive: true });
    const write = async (folder: string, all: Readonly<Record<string, string>>): Promise<string[]> =>
      Promise.all(
        Object.entries(all).map(async ([name, text]) => {
          const path = join(folder, name);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, text);
          return path;
        }),
      );
    await write(workspace, files);
    const more = await write(join(temporary, "kube"), kubeconfigs);
    const browser = await launchBrowser();
    const kubeconfigBefore = process.env.KUBECONFIG;
    process.env.KUBECONFIG = [join(home, "sandbox/workload.kubeconfig"), ...more].join(delimiter);
    const start = new NpmStart(home, ["--port", "0"]);
    const [, address = ""] = await start.printed(/^Open (http:\/\/127\.0\.0\.1:\d+\/\S+)$/m);
    const [, kubeconfig = ""] = await start.printed(/--kubeconfig (\S+)/);
    const url = new URL(address);
    url.searchParams.set("folder", workspace);
    const window = new WorkbenchPage(await openWindow(browser, url.href, { width: 1500, height: 1100 }));
    await window.trustFolder();
    // The tour opens by itself; nothing opens after it.
    await window.page.getByText("Know the four layers").first().waitFor();
    await window.command("Palette: Start Local Management Cluster");
    await window.page
      .getByText("No clusters yet.")
      .first()
      .waitFor({ timeout: 3 * minute });
    process.env.PALETTE_HOME = home;
    await run(execPath, [join(root, "src/cli/main.ts"), "sandbox", "up", "--workload"]);
    return new WorkloadWindow(browser, start, window, { temporary, home, kubeconfig, kubeconfigBefore });
  }

  async close(): Promise<void> {
    process.env.KUBECONFIG = this.#kubeconfigBefore ?? "";
    await this.#browser.close();
    await this.#start.interrupt();
    await rm(this.#temporary, { recursive: true, force: true });
  }

  /** Runs kubectl on the management cluster. */
  management(...args: string[]): Promise<string> {
    return kubectl(this.#home, this.#kubeconfig, ...args);
  }

  /** Runs kubectl on the second cluster. */
  workload(...args: string[]): Promise<string> {
    return kubectl(this.#home, join(this.#home, "sandbox/workload.kubeconfig"), ...args);
  }

  /** Opens *Import Cluster* alone in the window, and waits until the second cluster is checked. */
  async openImport(): Promise<void> {
    await this.window.command("View: Close All Editors");
    // The profile stack is a page as well.
    await this.window.command("View: Toggle Primary Side Bar Visibility");
    await this.window.page.locator("iframe.webview.ready:visible").first().waitFor({ state: "detached" });
    await this.window.command("Palette: Import Cluster");
    await this.panel.getByText("Found: AWS, 3 machines").waitFor({ timeout: minute });
    await this.panel.getByText("Ready. Takes less than a minute.").waitFor();
  }

  /** Imports the cluster that the panel shows as `name`, and shows the Clusters view again. */
  async importAs(name: string): Promise<void> {
    const field = this.panel.getByLabel("Name", { exact: true });
    await field.fill(name);
    await field.press("Enter");
    await this.panel.getByText(`SveltosCluster ${name}`).waitFor();
    await this.panel.getByRole("button", { name: "Import Cluster" }).click();
    await this.panel
      .getByRole("heading", { name: `${name} is imported and healthy` })
      .waitFor({ timeout: minute });
    await this.window.command("View: Toggle Primary Side Bar Visibility");
  }
}
