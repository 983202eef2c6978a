import { delimiter, join } from "node:path";
import { execPath } from "node:process";
import type { FrameLocator } from "playwright-core";
import { root } from "../../../scripts/bundles.ts";
import { run } from "../../../scripts/processes.ts";
import type { WorkbenchPage } from "../../workbench/page.ts";
import { kubectl } from "./kubectl.ts";
import { StartedWindow, writeFiles } from "./startedWindow.ts";

const minute = 60_000;
const WORKLOAD = "sandbox/workload.kubeconfig";

/** A window with its management cluster, beside the sandbox's second API server as somebody's cluster. */
export class WorkloadWindow {
  readonly window: WorkbenchPage;
  /** The panel that is open. */
  readonly panel: FrameLocator;
  readonly #on: StartedWindow;

  private constructor(on: StartedWindow) {
    this.#on = on;
    this.window = on.window;
    this.panel = on.panel;
  }

  /**
   * Opens the examples and `files`, and waits until the Clusters view is there. `kubeconfigs` stand in KUBECONFIG behind
   * that of the second cluster, as a person has them who knows those clusters already.
   */
  static async open({
    files,
    kubeconfigs = {},
  }: {
    readonly files?: Readonly<Record<string, string>>;
    readonly kubeconfigs?: Readonly<Record<string, string>>;
  } = {}): Promise<WorkloadWindow> {
    const on = await StartedWindow.connected({
      files,
      viewport: { width: 1500, height: 1100 },
      env: async ({ temporary, home }) => ({
        KUBECONFIG: [join(home, WORKLOAD), ...(await writeFiles(join(temporary, "kube"), kubeconfigs))].join(
          delimiter,
        ),
      }),
    });
    try {
      await run(execPath, [join(root, "src/cli/main.ts"), "sandbox", "up", "--workload"], {
        env: { ...process.env, PALETTE_HOME: on.folders.home },
      });
    } catch (error) {
      await on.close();
      throw error;
    }
    return new WorkloadWindow(on);
  }

  close(): Promise<void> {
    return this.#on.close();
  }

  /** Runs kubectl on the management cluster. */
  management(...args: string[]): Promise<string> {
    return this.#on.management(...args);
  }

  /** Runs kubectl on the second cluster. */
  workload(...args: string[]): Promise<string> {
    const { home } = this.#on.folders;
    return kubectl(home, join(home, WORKLOAD), ...args);
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
