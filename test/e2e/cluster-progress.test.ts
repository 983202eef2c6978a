/** Clusters while they are created, in a real window of VS Code on real controllers: panels, tree, restart, end. */
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import type { Frame } from "playwright-core";
import { up } from "../../sandbox/index.ts";
import { root } from "../../scripts/bundles.ts";
import { run } from "../../scripts/processes.ts";
import { type TemporaryHome, temporaryHome } from "../engine/engines.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { DevWindow } from "./support/devWindow.ts";
import { axeViolations } from "./support/panelPage.ts";
import { stepsOf } from "./support/steps.ts";

const minute = 60_000;

describe("clusters while they are created", { concurrency: false }, () => {
  let temporary: string;
  let workspace: string;
  let home: TemporaryHome;
  let kubeconfig: string;
  let on: DevWindow;
  let window: WorkbenchPage;
  let panel: Frame;

  /** The notification that a cluster runs. */
  const told = (name: string) =>
    window.page.locator(".notifications-center .notification-list-item", {
      hasText: `Cluster ${name} is running, created in`,
    });

  /** Waits until the panel of a cluster is in front: other webviews are pages of their own too. */
  const lookAt = async (name: string) => {
    const deadline = Date.now() + minute;
    for (;;) {
      for (const frame of window.page.frames()) {
        const title = await frame.title().catch(() => "");
        if (
          title === `Cluster: ${name}` &&
          (await frame
            .locator("h1", { hasText: name })
            .count()
            .catch(() => 0)) > 0
        ) {
          panel = frame;
          return;
        }
      }
      assert.ok(Date.now() < deadline, `waited in vain for the panel of ${name}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  const step = stepsOf(() => window, "cluster-progress-failed");

  /** Creates a cluster as the command line does, which shows that panels follow whoever made it. */
  const create = async (name: string) => {
    const request = await readFile(join(workspace, "web-1.cluster.yaml"), "utf8");
    const file = join(workspace, `${name}.cluster.yaml`);
    await writeFile(file, request.replace("name: web-1", `name: ${name}`));
    const cli = join(root, "src/cli/main.ts");
    await run(process.execPath, [cli, "create", "-f", file, "--kubeconfig", kubeconfig]);
  };

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    workspace = join(temporary, "workspace");
    await cp(join(root, "examples"), workspace, { recursive: true });
    home = await temporaryHome();
    ({ kubeconfig } = await up());
    on = await DevWindow.open({
      workspace,
      temporary,
      viewport: { width: 1360, height: 1000 },
      env: { PALETTE_HOME: home.path },
    });
    window = on.window;
    const { origin } = new URL(window.page.url());
    await window.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  });

  after(async () => {
    await on?.close();
    await home?.end();
    await rm(temporary, { recursive: true, force: true });
  });

  step("opens the panel of a cluster and shows its steps, there and in the tree", async () => {
    await window.page.getByRole("tab", { name: "Palette" }).first().waitFor();
    await create("shop");
    await window.command("Palette: Focus on Clusters View");
    // Room for two clusters in the tree.
    for (const view of ["Profile Stack Section", "Profiles Section"]) {
      await window.page.getByRole("button", { name: view }).click();
    }
    await window
      .treeItem(/^\s*shop/)
      .first()
      .waitFor({ timeout: minute });
    await window.command("Palette: Show Cluster Progress");
    await window.choose("Choose a cluster", "shop");
    await window.tab("Cluster: shop").waitFor();
    await lookAt("shop");
    await panel.getByText(/Being created for/).waitFor();
    assert.equal(await panel.locator(".timeline > li").count(), 7);
    await panel.locator(".timeline > .none", { hasText: "Not applicable here." }).first().waitFor();
    await window.treeItem("Control plane initialized").first().waitFor();
    await window.widenSideBar(90);
    await window.picture("cluster-progress");
    const main = panel.locator("main");
    assert.deepEqual(await axeViolations((script) => main.evaluate(script)), []);
  });

  step("copies diagnostics that hold no secret", async () => {
    await panel.getByRole("button", { name: "Copy Diagnostics" }).click();
    await window.page.locator(".statusbar", { hasText: "Diagnostics of shop copied" }).waitFor();
    const text = await window.page.evaluate<string>("navigator.clipboard.readText()");
    assert.match(text, /^Cluster default\/shop on palette-sandbox/);
    assert.match(text, /Kubernetes of palette-sandbox: 1\.\d+/);
    assert.match(text, /\n {2}Cluster shop \(cluster\.x-k8s\.io\/v1beta2\)/);
    assert.match(text, /DevCluster shop/);
    assert.doesNotMatch(text, /BEGIN |client-key-data|eyJ|cloud-config/);
  });

  step("goes on where it was after a restart of the window", async () => {
    // VS Code's own way: it writes down which editors are open first. A reload of the page may come before that.
    await window.command("Developer: Reload Window");
    await window.tab("Cluster: shop").waitFor({ timeout: minute });
    await lookAt("shop");
    await panel.getByRole("heading", { name: "Machine pools" }).waitFor();
  });

  step("becomes an overview when the cluster runs", async () => {
    await panel.getByRole("heading", { name: "Overview" }).waitFor({ timeout: 5 * minute });
    await panel.getByText("Healthy", { exact: true }).waitFor();
    await panel.getByText("3 of 3 ready").first().waitFor();
    await window.picture("cluster-running");
  });

  step("says in one notification that one runs whose panel is hidden", async () => {
    await create("second");
    await window
      .treeItem(/^\s*second/)
      .first()
      .waitFor({ timeout: minute });
    await window.command("Palette: Show Cluster Progress");
    await window.choose("Choose a cluster", "second");
    await lookAt("second");
    await panel.getByText(/Being created for/).waitFor();
    // The panel of the first one stays in front, and of the second nobody sees anything.
    await window.tab("Cluster: shop").click();
    await lookAt("shop");
    await window
      .treeItem(/^\s*second\s*Available/)
      .first()
      .waitFor({ timeout: 5 * minute });
    // VS Code shows no toasts in windows that a test drives, and the list of notifications does not follow.
    const deadline = Date.now() + minute;
    do {
      assert.ok(Date.now() < deadline, "waited in vain for the notification");
      await window.command("Notifications: Show Notifications");
      await window.page.waitForTimeout(1000);
    } while ((await told("second").count()) === 0);
    assert.equal(await told("second").count(), 1);
    assert.equal(await told("shop").count(), 0, "the panel of the first one was looked at");
    await told("second").getByRole("button", { name: "Show Cluster" }).click();
    await lookAt("second");
    await panel.getByRole("heading", { name: "Overview" }).waitFor({ timeout: minute });
  });

  step("opens a machine's objects, as text", async () => {
    await panel.locator("tbody th.indent button").first().click();
    await window.tab(/second-.*\.machine\.yaml/).waitFor();
    await window.tab(/second-.*\.machine\.yaml/).click();
    await window.page.keyboard.press("Control+W");
    await window.tab("Cluster: second").click();
    await lookAt("second");
  });

  step("deletes the cluster after its name is typed, and says in the end that nothing is left", async () => {
    await panel.getByRole("button", { name: "Delete Cluster" }).click();
    await window.answer("Type second to confirm", "second");
    await panel.getByText(/Being deleted/).waitFor({ timeout: minute });
    await panel.getByRole("heading", { name: "second is deleted" }).waitFor({ timeout: 3 * minute });
    await panel.getByRole("button", { name: "Close" }).click();
    await window.tab("Cluster: second").waitFor({ state: "detached" });
  });
});
