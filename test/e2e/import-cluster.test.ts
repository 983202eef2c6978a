/**
 * Importing a cluster in two steps, on real parts: `npm start`, the second API server of the sandbox as somebody's
 * cluster, the panel, the Clusters view, and detaching. With PALETTE_SCREENSHOTS=1 it renews pictures.
 */
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { after, before, describe } from "node:test";
import type { Browser, FrameLocator } from "playwright-core";
import { root } from "../../scripts/bundles.ts";
import { run } from "../../scripts/processes.ts";
import { launchBrowser, openWindow } from "../workbench/browser.ts";
import { WorkbenchPage } from "../workbench/page.ts";
import { kubectl } from "./support/kubectl.ts";
import { NpmStart } from "./support/npmStart.ts";
import { axeViolations } from "./support/panelPage.ts";
import { stepsOf } from "./support/steps.ts";

const minute = 60_000;

describe("importing a cluster in two steps", { concurrency: false }, () => {
  let temporary: string;
  let home: string;
  let kubeconfig: string;
  let workload: string;
  let start: NpmStart;
  let browser: Browser;
  let window: WorkbenchPage;
  let page: FrameLocator;
  const kubeconfigBefore = process.env.KUBECONFIG;

  const step = stepsOf(() => window, "failed-import");

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    const workspace = join(temporary, "examples");
    await cp(join(root, "examples"), workspace, { recursive: true });
    browser = await launchBrowser();
    home = join(temporary, "home");
    workload = join(home, "sandbox/workload.kubeconfig");
    // As a person has it who knows the cluster already.
    process.env.KUBECONFIG = workload;
    start = new NpmStart(home, ["--port", "0"]);
    const [, address = ""] = await start.printed(/^Open (http:\/\/127\.0\.0\.1:\d+\/\S+)$/m);
    [, kubeconfig = ""] = await start.printed(/--kubeconfig (\S+)/);
    const url = new URL(address);
    url.searchParams.set("folder", workspace);
    window = new WorkbenchPage(await openWindow(browser, url.href, { width: 1500, height: 1100 }));
    page = window.page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
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
  });

  after(async () => {
    process.env.KUBECONFIG = kubeconfigBefore ?? "";
    await browser.close();
    await start.interrupt();
    await rm(temporary, { recursive: true, force: true });
  });

  step("shows what it found, and what it would write, before writing anything", async () => {
    await window.command("View: Close All Editors");
    // The profile stack is a page as well.
    await window.command("View: Toggle Primary Side Bar Visibility");
    await window.page.locator("iframe.webview.ready:visible").first().waitFor({ state: "detached" });
    await window.command("Palette: Import Cluster");
    await page.getByText("Found: AWS, 3 machines").waitFor({ timeout: minute });
    await page.getByText("Ready. Takes less than a minute.").waitFor();
    await page.getByText("SveltosCluster palette-workload").waitFor();
    assert.equal(await kubectl(home, kubeconfig, "get", "sveltosclusters", "-A", "-o", "name"), "");
    assert.deepEqual(await axeViolations((script) => page.locator("main").evaluate(script)), []);
  });

  step("imports it read-only, in under a minute, and shows it healthy in the tree", async () => {
    const name = page.getByLabel("Name", { exact: true });
    await name.fill("shop-eu");
    await name.press("Enter");
    await page.getByText("SveltosCluster shop-eu").waitFor();
    await page.getByRole("button", { name: "Import Cluster" }).click();
    await page.getByRole("heading", { name: "shop-eu is imported and healthy" }).waitFor({ timeout: minute });
    await window.command("View: Toggle Primary Side Bar Visibility");
    await window.page
      .getByRole("treeitem", { name: "Cluster shop-eu, Healthy: Imported, read-only" })
      .waitFor();
    await window.screenshot(join(tmpdir(), "palette-screenshots/imported.png"));
    const mode = ["-o", "jsonpath={.metadata.labels['palette-onboarding/import-mode']}"];
    assert.equal(await kubectl(home, kubeconfig, "get", "sveltoscluster", "shop-eu", ...mode), "read-only");
  });

  step("detaches it, and leaves nothing on either side", async () => {
    await window.command("Palette: Detach Cluster");
    await window.choose("Choose a cluster", "shop-eu");
    await window.page.getByRole("button", { name: "Detach", exact: true }).click();
    await window.page
      .getByText("shop-eu is detached. The cluster itself is as it was.")
      .first()
      .waitFor({ timeout: minute });
    assert.equal(await kubectl(home, kubeconfig, "get", "sveltosclusters", "-A", "-o", "name"), "");
    assert.doesNotMatch(await kubectl(home, workload, "get", "namespaces", "-o", "name"), /palette-system/);
    assert.doesNotMatch(await kubectl(home, workload, "get", "clusterroles", "-o", "name"), /palette-/);
  });
});
